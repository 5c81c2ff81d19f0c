import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** How long a process that is told to end may take before it is killed, in milliseconds. */
const END_GRACE_MS = 10_000;
/** Time between two looks at a process that is to end, in milliseconds. */
const LOOK_EVERY_MS = 50;

/** Tells a process's command line; undefined when there is no such process or nobody can tell. */
export type Tell = (pid: number) => string | undefined;

/** Where the kernel shows processes as files. */
export const tellByProc: Tell = (pid) => {
  const file = `/proc/${pid}/cmdline`;
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It ended, maybe while we looked.
    return undefined;
  }
};

/** Everywhere else, such as on macOS. */
export const tellByPs: Tell = (pid) => {
  try {
    process.kill(pid, 0);
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    // Both throw when there is no such process, or none of this user's.
    return undefined;
  }
};

const tell: Tell = existsSync('/proc/self/cmdline') ? tellByProc : tellByPs;

/** True when this process runs and its command line holds the mark. */
export const isOurs = (pid: number, mark: string): boolean => pid > 0 && (tell(pid)?.includes(mark) ?? false);

/** Ends a process that an earlier start left behind; resolves when it is gone. */
export const endLeftover = async (pid: number, mark: string): Promise<void> => {
  if (!isOurs(pid, mark)) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + END_GRACE_MS;
  while (isOurs(pid, mark)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};
