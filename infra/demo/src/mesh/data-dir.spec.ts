import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataDir, openDataDir, readMeshFile, writeMeshFile } from './data-dir.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-dir-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const quiet = (): void => undefined;
const GONE = { name: 'nats-server', pid: 0, mark: 'gone' };

const stopped = (dir: DataDir, url: string, children: (typeof GONE)[]): void =>
  writeMeshFile(dir, {
    url,
    keysDir: dir.keys,
    isGiven: false,
    supervisor: process.pid,
    children,
    streams: {},
  });

describe('a data folder', () => {
  it('is made, and known again by the next start', async () => {
    const dir = await openDataDir(join(root, 'new'), false, quiet);
    expect(existsSync(dir.store)).toBe(true);
    await expect(openDataDir(dir.root, false, quiet)).resolves.toMatchObject({ root: dir.root });
  });

  it('forgets its own files and begins again', async () => {
    const dir = await openDataDir(root, false, quiet);
    writeFileSync(join(dir.store, 'old'), '');
    stopped(dir, 'nats://127.0.0.1:1', []);
    await openDataDir(root, true, quiet);
    expect(existsSync(join(dir.store, 'old'))).toBe(false);
    expect(readMeshFile(root)).toBeUndefined();
  });

  it('is not forgotten while something listens where its broker was left', async () => {
    const dir = await openDataDir(root, false, quiet);
    writeFileSync(join(dir.store, 'old'), '');
    await using server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    stopped(dir, `nats://127.0.0.1:${port}`, [GONE]);
    await expect(openDataDir(root, true, quiet)).rejects.toThrow(/still listens on .*--data/);
    expect(existsSync(join(dir.store, 'old'))).toBe(true);
    stopped(dir, `nats://127.0.0.1:${port}`, []);
    await openDataDir(root, true, quiet);
    expect(existsSync(join(dir.store, 'old'))).toBe(false);
  });
});
