import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Mode } from '@muster/contracts';
import { z } from 'zod';
import type { CheckerReport } from './summary.ts';

const report = z.object({
  findings: z.array(z.object({ kind: z.string(), where: z.string(), detail: z.string() })),
});

/** Longest report read, in bytes. */
const REPORT_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Runs the independent checker as a process of its own, with the auditor's read-only credentials.
 * @throws Error with the checker's own words when it cannot do its work.
 */
export const runChecker = async (of: {
  repository: string;
  mode: Mode;
  url: string;
  keysDir: string;
  acknowledged: string;
  stopped: AbortSignal;
}): Promise<CheckerReport> => {
  const args = [
    join(of.repository, 'test', 'checker', 'main.ts'),
    '--url',
    of.url,
    '--seed-file',
    join(of.keysDir, 'hub-auditor.nk'),
    '--mode',
    of.mode,
    '--acks',
    of.acknowledged,
    '--json',
  ];
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, args, {
    maxBuffer: REPORT_BYTES_MAX,
    signal: of.stopped,
  }).catch((error) => {
    // Exit code 1 says that something was found; the report is on standard output all the same.
    if (error.code === 1 && error.stdout) return { stdout: String(error.stdout) };
    throw new Error(`the checker failed: ${error.stderr || error.message}`);
  });
  return report.parse(JSON.parse(stdout));
};
