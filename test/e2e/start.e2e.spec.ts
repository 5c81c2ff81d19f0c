import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { muster, processesOf, runStart, START_MS_MAX } from './start.ts';

/** A host of the scenario with one donor, who has something for some of its lines and nothing for another. */
const FEW = 'kent,essex';

/** The broker, the registry, the request broker and the adapters. */
const PROCESSES_OF_FORCES = 4;
/** Those, the gateway and the alerter. */
const PROCESSES = 6;

describe('npm start', { timeout: START_MS_MAX }, () => {
  let data = '';
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'muster-stay-'));
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));
  const start = (...args: string[]) => runStart(['--data', data, '--port', '0', '--forces', FEW, ...args]);

  /** Every event of the ledger, a line each. */
  const everything = async (): Promise<string[]> => {
    const watched = await muster(data, 'watch', '--as', 'npocc', '--after', '0', '--no-follow', '--json');
    expect(watched).toMatchObject({ code: 0 });
    return watched.stdout.trimEnd().split('\n');
  };

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
    await eventually(() => processesOf(data).length === PROCESSES_OF_FORCES, {
      deadlineMs: START_MS_MAX,
      everyMs: 1,
    });
    killed.signal('SIGKILL');
    const { stderr } = await killed.ended;
    expect(stderr).not.toContain('the mesh is up');
    const left = processesOf(data);
    expect(left).toHaveLength(PROCESSES_OF_FORCES);
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
    expect(first.said()).toMatch(/the mesh is up.*open to people/s);
    expect(first.said()).toContain('Called out of hours: nobody.');
    expect(readFileSync(join(data, 'logs', 'alerter.log'), 'utf8')).toContain('"watching"');
    expect(stdout).toContain('council/rccu was not asked for: no other force advertises CY.RCCU');
    expect(processesOf(data)).toEqual([]);
  });

  it('ends what a killed start left behind, and resumes', async () => {
    await using killed = start();
    await killed.says('was played on this folder before');
    await killed.says('open to people');
    const events = await everything();
    expect(events.length).toBeGreaterThan(0);
    killed.signal('SIGKILL');
    await killed.ended;
    expect(processesOf(data)).toHaveLength(PROCESSES);
    await using next = start();
    await next.says('was played on this folder before');
    expect(next.said()).toContain('left behind by a start that was killed');
    expect((await everything()).slice(0, events.length)).toEqual(events);
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
