import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkBlocks, noteBlocks } from './blocks.ts';
import { openDataDir } from './data-dir.ts';

const BLOCK = join('jetstream', 'HUB', 'streams', 'ASSISTANCE_ACTUAL', 'msgs', '1.blk');

/** A data folder whose ledger, of 1,000 bytes, was noted at a stop. */
const stoppedFolder = async (block = BLOCK) => {
  const root = mkdtempSync(join(tmpdir(), 'muster-blocks-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const dir = await openDataDir(root, false, () => undefined);
  const file = join(dir.store, block);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(1_000, 'a'));
  await noteBlocks(dir);
  return { dir, file };
};

const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
};

it('takes a ledger that is as it was, and one to which a start that was killed has added', async () => {
  const { dir, file } = await stoppedFolder();
  await expect(checkBlocks(dir)).resolves.toBeUndefined();
  appendFileSync(file, 'half a rec');
  writeFileSync(join(dirname(file), '2.blk'), 'more');
  await expect(checkBlocks(dir)).resolves.toBeUndefined();
});

it('refuses a ledger in which one bit is another, and says that nothing was opened', async () => {
  const { dir, file } = await stoppedFolder();
  flip(file, 400);
  await expect(checkBlocks(dir)).rejects.toThrow(
    /store in .* is damaged:\n {2}\S+1\.blk is not what it was in its first 1000 bytes\nIt was not opened.*--fresh/s,
  );
});

it('refuses a ledger that is shorter than it was, or gone', async () => {
  const { dir, file } = await stoppedFolder();
  truncateSync(file, 999);
  await expect(checkBlocks(dir)).rejects.toThrow('1.blk has 999 bytes, but had 1000');
  rmSync(file);
  await expect(checkBlocks(dir)).rejects.toThrow('1.blk is gone or cannot be read');
});

it('keeps to what it knew where damage came before the next stop', async () => {
  const { dir, file } = await stoppedFolder();
  flip(file, 400);
  appendFileSync(file, 'written since');
  await noteBlocks(dir);
  await expect(checkBlocks(dir)).rejects.toThrow('is not what it was');
});

it.each(['CAPABILITY_ACTUAL', 'ASSISTANCE_EXERCISE'])(
  'leaves %s to the broker, which may begin it anew',
  async (stream) => {
    const { dir, file } = await stoppedFolder(BLOCK.replace('ASSISTANCE_ACTUAL', stream));
    rmSync(file);
    await expect(checkBlocks(dir)).resolves.toBeUndefined();
  },
);

it('goes on where its own note is damaged: the streams are looked at in any case', async () => {
  const { dir, file } = await stoppedFolder();
  writeFileSync(dir.file('blocks.json'), '{"');
  flip(file, 400);
  await expect(checkBlocks(dir)).resolves.toBeUndefined();
});
