import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processesOf, runStart, START_MS_MAX } from './start.ts';

type Play = {
  scenario: string;
  castOf?: number;
  expectations: { what: string; met: boolean }[];
  requests: { request: string; timers: Record<string, number>; tiers: { tier: number }[] }[];
  faults: string[];
};
type Ended = { mode: string; findings: unknown[]; doubleBookings: number; faults: string[] };

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const playAll = async (...names: string[]) => {
  const data = mkdtempSync(join(tmpdir(), 'muster-scenarios-'));
  folders.push(data);
  const asked = names.flatMap((name) => ['--scenario', name]);
  await using start = runStart(['--once', '--json', '--data', data, '--port', '0', ...asked]);
  const { code, stdout, stderr } = await start.ended;
  expect(processesOf(data)).toEqual([]);
  return { code, stderr, summary: JSON.parse(stdout) };
};

/** Every expectation of the play was judged and held. */
const holds = ({ scenario, castOf, expectations, faults }: Play): void => {
  expect({ scenario, castOf, faults }).toEqual({ scenario, castOf: undefined, faults: [] });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(expectations.length).toBeGreaterThan(3);
};

const timersOf = (play: Play | undefined, request: string): string[] =>
  Object.keys(play?.requests.find((each) => each.request === request)?.timers ?? {});

describe('the scenarios', { timeout: START_MS_MAX }, () => {
  it('of a nation hold, played side by side on one mesh', async () => {
    const names = ['summer-disorder', 'dvi', 'df-backlog', 'recall'];
    const { code, stderr, summary } = await playAll(...names);
    const { plays, findings, doubleBookings, faults } = summary as Ended & { plays: Play[] };
    expect(plays.map(({ scenario }) => scenario)).toEqual(names);
    for (const play of plays) holds(play);
    expect({ findings, doubleBookings, faults }).toEqual({ findings: [], doubleBookings: 0, faults: [] });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const [summer, , , recall] = plays;
    expect(timersOf(summer, 'manchester')).toContain('next wave');
    expect(timersOf(summer, 'preston')).toEqual(expect.arrayContaining(['answer time', 'consent overdue']));
    expect(timersOf(recall, 'search')).toContain('recall raised');
  });

  it('of an exercise holds beside the actual mode, is marked, and leaves that as it was', async () => {
    const { code, stderr, summary } = await playAll('exercise');
    const play = summary as Play & Ended & { exercise: boolean };
    holds(play);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(play).toMatchObject({ exercise: true, mode: 'exercise', findings: [], faults: [] });
    const told = stderr.split('\n').filter((line) => line.includes('port'));
    expect(told.length).toBeGreaterThan(3);
    expect(told.filter((line) => !line.includes('EXERCISE'))).toEqual([]);
  });
});
