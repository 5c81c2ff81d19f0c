import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processesOf, runStart, START_MS_MAX } from './start.ts';

type Summary = {
  lines: { host: string; asked: number; wanted: number; committed: number; unfilled: number }[];
  requests: { status: string }[];
  eventsWritten: number;
  doubleBookings: number;
  findings: unknown[];
  faults: string[];
};

/** A small country: hosts of the scenario and enough donors to fill something. */
const FEW = ['greater-manchester', 'lancashire', 'merseyside', 'cheshire', 'west-yorkshire'].join(',');

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

  it('refuses a store that has lost records, and changes nothing', async () => {
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
    expect(stderr).toContain('--fresh');
    expect(processesOf(data)).toEqual([]);
  });
});

describe('npm start', { timeout: START_MS_MAX }, () => {
  let data = '';
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'muster-stay-'));
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it('stays up, refuses a second start on its folder, and leaves no process behind on Ctrl-C', async () => {
    await using start = runStart(['--data', data, '--port', '0', '--forces', FEW]);
    await start.says('Ctrl-C stops everything');
    expect(processesOf(data)).toHaveLength(4);
    await using second = runStart(['--data', data, '--port', '0', '--forces', FEW]);
    expect(await second.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('already runs') });
    start.interrupt();
    expect((await start.ended).code).toBe(0);
    expect(processesOf(data)).toEqual([]);
  });

  it('ends what a killed start left behind, and resumes', async () => {
    await using killed = runStart(['--data', data, '--port', '0', '--forces', FEW]);
    await killed.says('was played on this folder before');
    await eventually(() => processesOf(data).length === 4);
    killed.kill9();
    await killed.ended;
    expect(processesOf(data)).toHaveLength(4);
    await using start = runStart(['--data', data, '--port', '0', '--forces', FEW]);
    await start.says('was played on this folder before');
    expect(start.said()).toContain('left behind by a start that was killed');
    start.interrupt();
    expect((await start.ended).code).toBe(0);
    expect(processesOf(data)).toEqual([]);
  });
});

describe('a start that cannot be', () => {
  const refused = async (args: readonly string[]): Promise<{ code: number | null; stderr: string }> => {
    await using start = runStart(args);
    return await start.ended;
  };

  it('says which port is in use and what to do', async () => {
    const data = mkdtempSync(join(tmpdir(), 'muster-port-'));
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stderr } = await refused(['--once', '--data', data, '--port', String(port)]);
    taken.close();
    rmSync(data, { recursive: true, force: true });
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(stderr).toContain('--port');
  });

  it('says that the data folder cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'muster-file-')), 'a-file');
    writeFileSync(file, '');
    const { code, stderr } = await refused(['--once', '--data', join(file, 'below')]);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be written');
    expect(stderr).toContain('--data');
  });

  it('names every field at fault of a scenario', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'muster-scenario-')), 'bad.yaml');
    writeFileSync(file, 'name: bad\nrequests: []\n');
    const { code, stderr } = await refused(['--once', '--scenario', file]);
    expect(code).toBe(1);
    for (const field of ['requests', 'about', 'answerWithinSeconds', 'expect'])
      expect(stderr).toContain(field);
  });

  it.each([
    [['--port', 'x'], '--port x'],
    [['--forces', 'narnia'], 'narnia'],
    [['--frech'], '--frech'],
  ])('refuses %j as usage', async (args, said) => {
    const { code, stderr } = await refused(args);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  it('keeps its state apart from what else is in the folder', async () => {
    const data = mkdtempSync(join(tmpdir(), 'muster-fresh-'));
    writeFileSync(join(data, 'mine.txt'), 'keep');
    await refused(['--once', '--fresh', '--data', data, '--scenario', join(data, 'none.yaml')]);
    expect(readFileSync(join(data, 'mine.txt'), 'utf8')).toBe('keep');
    rmSync(data, { recursive: true, force: true });
  });
});
