import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import { endLeftover, isOurs, type Tell, tellByProc, tellByPs } from './liveness.ts';

const MARK = '--data=/somewhere';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', MARK]);
const pid = child.pid ?? 0;
const exited = once(child, 'exit');
afterAll(() => child.kill('SIGKILL'));

const ways: [string, Tell][] = [
  ['ps', tellByPs],
  ...(process.platform === 'linux' ? [['proc', tellByProc] as [string, Tell]] : []),
];

describe('a process that an earlier start left behind', () => {
  it.each(ways)('is known by its command line, told by %s', (_, tell) => {
    expect(tell(pid)).toContain(MARK);
  });

  it('is not taken for ours without the mark', () => {
    expect(isOurs(pid, '--data=/elsewhere')).toBe(false);
    expect(isOurs(0, '')).toBe(false);
  });

  it('is gone after its end, and nothing tells of it any more', async () => {
    await endLeftover(pid, MARK);
    await exited;
    expect(isOurs(pid, MARK)).toBe(false);
    for (const [, tell] of ways) expect(tell(pid)).toBeUndefined();
  });
});
