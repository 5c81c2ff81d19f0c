import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Ended, processesOf, runStart, START_MS_MAX } from './start.ts';

type Summary = {
  lines: { host: string; asked: number; wanted: number; committed: number; unfilled: number }[];
  requests: { status: string }[];
  eventsWritten: number;
  doubleBookings: number;
  findings: unknown[];
  faults: string[];
};

/** What a start has come to; where it has come to nothing, its own words are the fault. */
const summaryOf = ({ stdout, stderr }: Ended): Summary => {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
};

/** Said before the exit code is looked at, which alone does not tell what went wrong. */
const holds = (ended: Ended): Summary => {
  const summary = summaryOf(ended);
  const { faults, findings, doubleBookings } = summary;
  expect({ faults, findings, doubleBookings }).toEqual({ faults: [], findings: [], doubleBookings: 0 });
  expect(ended).toMatchObject({ code: 0 });
  return summary;
};

describe('npm start -- --once', { timeout: START_MS_MAX }, () => {
  const data = mkdtempSync(join(tmpdir(), 'muster-start-'));
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it('plays the national scenario, and everything of it holds', async () => {
    await using start = runStart(['--once', '--json', '--data', data, '--port', '0']);
    const summary = holds(await start.ended);
    expect(summary.lines).toHaveLength(13);
    expect(summary.lines.every((line) => line.committed + line.unfilled === line.wanted)).toBe(true);
    expect(summary.lines.some((line) => line.unfilled > 0)).toBe(true);
    expect(summary.requests.map((request) => request.status)).toEqual([
      'closed',
      'closed',
      'closed',
      'closed',
    ]);
    expect(processesOf(data)).toEqual([]);
  });

  it('goes on from the same state when it is started again', async () => {
    await using start = runStart(['--once', '--json', '--data', data, '--port', '0']);
    holds(await start.ended);
  });

  const blocks = (): string[] =>
    readdirSync(join(data, 'store', 'jetstream'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.includes('ASSISTANCE_ACTUAL') && file.endsWith('.blk'))
      .map((file) => join(data, 'store', 'jetstream', file));

  const refused = async (): Promise<string> => {
    await using start = runStart(['--once', '--data', data, '--port', '0']);
    const { code, stderr } = await start.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('--fresh');
    expect(processesOf(data)).toEqual([]);
    return stderr;
  };

  it('refuses a ledger in which one bit is another before the broker cuts it off there', async () => {
    const [block = ''] = blocks();
    const whole = readFileSync(block);
    const flipped = Buffer.from(whole);
    const middle = Math.floor(whole.length / 2);
    flipped[middle] = (flipped[middle] ?? 0) ^ 1;
    writeFileSync(block, flipped);
    expect(await refused()).toMatch(/store in .* is damaged:.*1\.blk is not what it was.*It was not opened/s);
    expect(readFileSync(block).equals(flipped)).toBe(true);
    writeFileSync(block, whole);
  });

  it('refuses a store that has lost records, and says what the broker may have done to it', async () => {
    // As after a start that was killed: nothing says what the files were, so the broker opens them.
    rmSync(join(data, 'blocks.json'));
    expect(blocks().length).toBeGreaterThan(0);
    for (const block of blocks()) truncateSync(block, 100);
    const stderr = await refused();
    expect(stderr).toMatch(/store in .* (is damaged|could not)/s);
    expect(stderr).not.toContain('It was not opened');
  });
});
