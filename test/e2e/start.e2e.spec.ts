import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
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

/** A host of the scenario with one donor, who has something for some of its lines and nothing for another. */
const FEW = 'kent,essex';

/** The broker, the registry, the request broker, the adapters and the gateway. */
const PROCESSES = 5;

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
  const start = (...args: string[]) => runStart(['--data', data, '--port', '0', '--forces', FEW, ...args]);

  it('leaves no process behind when it is stopped while the services come up', async () => {
    await using early = start();
    await eventually(() => processesOf(data).length > 1, { deadlineMs: START_MS_MAX });
    early.signal('SIGINT');
    expect(await early.ended).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('the mesh is up'),
    });
    expect(processesOf(data)).toEqual([]);
  });

  it('ends what a start left behind that was killed while the services came up', async () => {
    await using killed = start();
    await eventually(() => processesOf(data).length === PROCESSES, { deadlineMs: START_MS_MAX, everyMs: 1 });
    killed.signal('SIGKILL');
    const { stderr } = await killed.ended;
    expect(stderr).not.toContain('the mesh is up');
    const left = processesOf(data);
    expect(left).toHaveLength(PROCESSES);
    await using next = start();
    await next.says('the mesh is up');
    expect(processesOf(data).filter((pid) => left.includes(pid))).toEqual([]);
    next.signal('SIGINT');
    expect((await next.ended).code).toBe(0);
    expect(processesOf(data)).toEqual([]);
  });

  it('plays with few forces, judging only what holds for any cast, and refuses a second start', async () => {
    await using first = start();
    await first.says('Ctrl-C stops everything');
    expect(processesOf(data)).toHaveLength(PROCESSES);
    await using second = start();
    expect(await second.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('already runs') });
    first.signal('SIGHUP');
    const { code, stdout } = await first.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('Everything holds');
    expect(stdout).toContain('Only 2 of 49 forces took part');
    expect(stdout).toContain('council/rccu was not asked for: no other force advertises CY.RCCU');
    expect(processesOf(data)).toEqual([]);
  });

  it('ends what a killed start left behind, and resumes', async () => {
    await using killed = start();
    await killed.says('was played on this folder before');
    killed.signal('SIGKILL');
    await killed.ended;
    expect(processesOf(data)).toHaveLength(PROCESSES);
    await using next = start();
    await next.says('was played on this folder before');
    expect(next.said()).toContain('left behind by a start that was killed');
    next.signal('SIGINT');
    expect((await next.ended).code).toBe(0);
    expect(processesOf(data)).toEqual([]);
  });

  it('keeps what a person put beside its own files when it begins again', async () => {
    writeFileSync(join(data, 'mine.txt'), 'keep');
    await using fresh = start('--fresh', '--scenario', join(data, 'none.yaml'));
    expect(await fresh.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('none.yaml') });
    expect(readFileSync(join(data, 'mine.txt'), 'utf8')).toBe('keep');
  });

  it('says which file is damaged when it cannot tell what was played', async () => {
    const plays = join(data, 'plays.json');
    writeFileSync(plays, '{"cyber-surge": {');
    await using damaged = start();
    const { code, stderr } = await damaged.ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`${plays} is not what a start writes`);
    expect(stderr).not.toMatch(/^\s+at /m);
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

  it.each([[[]], [['--fresh']]])('refuses a folder that holds other things, given %j', async (flags) => {
    const data = mkdtempSync(join(tmpdir(), 'muster-foreign-'));
    mkdirSync(join(data, 'keys'));
    writeFileSync(join(data, 'keys', 'mine.pem'), 'keep');
    const { code, stderr } = await refused(['--once', ...flags, '--data', data, '--port', '0']);
    expect(code).toBe(1);
    expect(stderr).toContain('was not made by a start');
    expect(stderr).toContain('--data');
    expect(readdirSync(data, { recursive: true })).toEqual(['keys', join('keys', 'mine.pem')]);
    expect(readFileSync(join(data, 'keys', 'mine.pem'), 'utf8')).toBe('keep');
    rmSync(data, { recursive: true, force: true });
  });
});
