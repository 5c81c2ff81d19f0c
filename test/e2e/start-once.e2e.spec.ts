import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { processesOf, runStart, START_MS_MAX } from './start.ts';

type Summary = {
  lines: { host: string; asked: number; wanted: number; committed: number; unfilled: number }[];
  requests: { status: string }[];
  eventsWritten: number;
  doubleBookings: number;
  findings: unknown[];
  faults: string[];
};

describe('npm start -- --once', { timeout: START_MS_MAX }, () => {
  const data = mkdtempSync(join(tmpdir(), 'muster-start-'));
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it('plays the national scenario, and everything of it holds', async () => {
    await using start = runStart(['--once', '--json', '--data', data, '--port', '0']);
    const { code, stdout, stderr } = await start.ended;
    const summary = JSON.parse(stdout) as Summary;
    expect(summary.faults).toEqual([]);
    expect(summary.findings).toEqual([]);
    expect(summary.doubleBookings).toBe(0);
    expect(summary.lines).toHaveLength(13);
    expect(summary.lines.every((line) => line.committed + line.unfilled === line.wanted)).toBe(true);
    expect(summary.lines.some((line) => line.unfilled > 0)).toBe(true);
    expect(summary.requests.map((request) => request.status)).toEqual([
      'closed',
      'closed',
      'closed',
      'closed',
    ]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(processesOf(data)).toEqual([]);
  });

  it('goes on from the same state when it is started again', async () => {
    await using start = runStart(['--once', '--json', '--data', data, '--port', '0']);
    const { code, stdout, stderr } = await start.ended;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect((JSON.parse(stdout) as Summary).faults).toEqual([]);
  });

  it('refuses a store that has lost records, and says what the broker may have done to it', async () => {
    const messages = join(data, 'store', 'jetstream');
    const blocks = readdirSync(messages, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.includes('ASSISTANCE_ACTUAL') && file.endsWith('.blk'))
      .map((file) => join(messages, file));
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) truncateSync(block, 100);
    await using start = runStart(['--once', '--data', data, '--port', '0']);
    const { code, stderr } = await start.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/store in .* (is damaged|could not)/s);
    expect(stderr).not.toContain('Nothing was changed');
    expect(stderr).toContain('--fresh');
    expect(processesOf(data)).toEqual([]);
  });
});
