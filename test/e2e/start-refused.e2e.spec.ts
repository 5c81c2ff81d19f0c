import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runStart, START_MS_MAX } from './start.ts';

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

  const belowFile = (): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'muster-file-')), 'a-file');
    writeFileSync(file, '');
    return join(file, 'below');
  };

  it.each([
    ['below a file', belowFile],
    ['where the file system takes no folders', () => '/proc/muster/data'],
  ])('says that a data folder %s cannot be written', async (_where, folder) => {
    const { code, stderr } = await refused(['--once', '--data', folder()]);
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

/** One force asks another and expects to have what nobody has lent yet. */
const UNMET = `name: unmet
about: Kent asks Essex, and nobody accepts the answer.
cast: [kent, essex]
answerWithinSeconds: 60
confirmWithinMinutes: 5
requests:
  - key: help
    host: kent
    urgency: EXPECTED
    threat: CYBER
    legalBasis: PA96-S24
    costCategory: SPECIALIST_STAFF
    demand: Own unit fully committed.
    desk: Force incident manager
    ask: { kind: forces, forces: [essex] }
    lines: [{ id: a, code: CY.FCCU, quantity: 1, startsInHours: 30, forHours: 8 }]
steps: [{ do: ask, request: help }]
expect: { checks: [{ request: help, line: a, committed: 1 }] }
`;

describe('a start whose scenario does not come to what it expects', () => {
  it('ends with 1 and names it', { timeout: START_MS_MAX }, async () => {
    const data = mkdtempSync(join(tmpdir(), 'muster-unmet-'));
    const file = join(data, '..', `${basename(data)}.yaml`);
    writeFileSync(file, UNMET);
    await using start = runStart(['--once', '--json', '--data', data, '--port', '0', '--scenario', file]);
    const { code, stdout } = await start.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      scenario: 'unmet',
      findings: [],
      expectations: [{ met: false }],
      faults: [expect.stringContaining('committed is 0, expected 1')],
    });
    for (const path of [data, file]) rmSync(path, { recursive: true, force: true });
  });
});
