import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { DataDir } from '../mesh/data-dir.ts';

const play = z.object({
  /** Begins every command id of this play, so that going on after a stop repeats nothing. */
  runId: z.string(),
  /** The play's beginning; windows are counted from it. Epoch milliseconds. */
  startedAt: z.number(),
  finished: z.boolean(),
});
export type Play = z.infer<typeof play>;

const plays = z.record(z.string(), play);

const read = (dir: DataDir): Record<string, Play> => {
  const path = dir.file('plays.json');
  return existsSync(path) ? plays.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
};

/** The last play of this scenario on this folder, if there was one. */
export const lastPlay = (dir: DataDir, scenario: string): Play | undefined => read(dir)[scenario];

export const savePlay = (dir: DataDir, scenario: string, of: Play): void =>
  writeFileSync(
    dir.file('plays.json'),
    `${JSON.stringify({ ...read(dir), [scenario]: of }, undefined, 2)}\n`,
  );

/** A play that begins now; its id is short and sorts by time. */
export const newPlay = (now: number): Play => ({ runId: now.toString(36), startedAt: now, finished: false });
