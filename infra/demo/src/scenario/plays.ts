import { existsSync, readFileSync } from 'node:fs';
import type { Mode } from '@muster/contracts';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { type DataDir, writeWhole } from '../mesh/data-dir.ts';
import type { Scenario, ScenarioRequest } from './schema.ts';

const HOUR_MS = 3_600_000;

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
  if (!existsSync(path)) return {};
  try {
    return plays.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new StartError(
      `${path} is not what a start writes. Move it away, and the scenario is played anew; or begin again with --fresh.`,
    );
  }
};

const nameIn = (scenario: string, mode: Mode): string =>
  mode === 'actual' ? scenario : `${scenario} (${mode})`;

/**
 * The last play of this scenario on this folder, if there was one.
 * @throws StartError when the file that says so is damaged.
 */
export const lastPlay = (dir: DataDir, scenario: string, mode: Mode): Play | undefined =>
  read(dir)[nameIn(scenario, mode)];

export const savePlay = (dir: DataDir, scenario: string, mode: Mode, of: Play): void =>
  writeWhole(dir.file('plays.json'), { ...read(dir), [nameIn(scenario, mode)]: of });

/** The full hour after a play's start, in epoch milliseconds. */
export const fullHour = (startedAt: number): number => Math.ceil(startedAt / HOUR_MS) * HOUR_MS;

type Start = Pick<ScenarioRequest['lines'][number], 'startsInHours' | 'startsInSeconds'>;

/** When a line's window begins, in epoch milliseconds; `asked` is when its request goes out. */
export const windowStart = (
  startedAt: number,
  { startsInHours = 0, startsInSeconds }: Start,
  asked = startedAt,
): number =>
  startsInSeconds === undefined
    ? fullHour(startedAt) + startsInHours * HOUR_MS
    : asked + startsInSeconds * 1_000;

/** The id of a play's request. */
export const requestIdOf = ({ runId }: Play, key: string): string => `${runId}-${key}`;

/** A play that begins now; its id is short and sorts by time. */
const newPlay = (now: number): Play => ({ runId: now.toString(36), startedAt: now, finished: false });

export type NextPlay =
  | { kind: 'new' | 'go-on'; play: Play }
  /** The last play was interrupted so long ago that its first window, begun at `began`, cannot be asked for. */
  | { kind: 'too-late'; play: Play; last: Play; began: number };

/** What a start plays after the last play, if there was one: that one to its end, or a new one. */
export const nextPlay = (last: Play | undefined, scenario: Scenario, now: number): NextPlay => {
  if (!last || last.finished) return { kind: 'new', play: newPlay(now) };
  // A window that begins soon after it is asked for has no fixed beginning.
  const lines = scenario.requests
    .flatMap((request) => request.lines)
    .filter(({ startsInSeconds }) => startsInSeconds === undefined);
  const began = Math.min(...lines.map((line) => windowStart(last.startedAt, line)));
  if (began > now) return { kind: 'go-on', play: last };
  return { kind: 'too-late', play: newPlay(now), last, began };
};
