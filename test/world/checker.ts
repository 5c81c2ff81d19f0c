import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { World } from './world.ts';

export type Finding = { kind: string; where: string; seq?: number; detail: string };
export type CheckerResult = { findings: Finding[]; counts: Record<string, number> };

/** Longest report read, in bytes. */
const REPORT_BYTES_MAX = 64 * 1024 * 1024;

const main = fileURLToPath(new URL('../checker/main.ts', import.meta.url));

/**
 * Runs the independent checker as a process of its own on this world's streams.
 * @param settleMs how long the other side is given before its silence is a finding, in milliseconds; 0 for
 * a world that has come to rest.
 */
export const runChecker = async (world: World, acks?: string, settleMs?: number): Promise<CheckerResult> => {
  const args = [
    main,
    '--url',
    world.url.split(',')[0] ?? '',
    '--seed-file',
    join(world.keysDir, 'hub-auditor.nk'),
    '--mode',
    world.mode,
    '--json',
    ...(acks === undefined ? [] : ['--acks', acks]),
    ...(settleMs === undefined ? [] : ['--settle-ms', String(settleMs)]),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: REPORT_BYTES_MAX }).catch(
    (error) => {
      // Exit code 1 says that something was found; the report is on standard output all the same.
      if (error.code === 1 && error.stdout) return { stdout: String(error.stdout) };
      throw error;
    },
  );
  return JSON.parse(stdout) as CheckerResult;
};

/** The kinds of finding, with how many of each. */
export const kindsOf = (result: CheckerResult): Record<string, number> => {
  const kinds: Record<string, number> = {};
  for (const finding of result.findings) kinds[finding.kind] = (kinds[finding.kind] ?? 0) + 1;
  return kinds;
};
