import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runStart } from './start.ts';

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
