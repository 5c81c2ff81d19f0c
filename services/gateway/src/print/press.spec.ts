import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@muster/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { openPress } from './press.ts';
import type { Sheet } from './sheet.ts';

/** Long enough that no press rests in a test that does not ask for it, in milliseconds. */
const NEVER_MS = 600_000;

const sheet: Sheet = { title: 'Board', mark: 'OFFICIAL', made: 'Made now.', lead: [], tables: [] };

const pressOf = (idleMsMax: number) => {
  const dir = mkdtempSync(join(tmpdir(), 'muster-press-'));
  const press = openPress(idleMsMax);
  onTestFinished(async () => {
    await press.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const print = async (name: string): Promise<string> => {
    await press.print(join(dir, name), sheet);
    return readFileSync(join(dir, `${name}.html`), 'utf8');
  };
  return { press, print };
};

it('ends its thread when there is nothing to print, and prints again when there is', async () => {
  const { press, print } = pressOf(1);
  expect(await print('kent')).toContain('Board');
  await eventually(() => !press.isRunning(), { what: 'the press rests' });
  expect(await print('essex')).toContain('Board');
});

it('keeps its thread for the sheets that follow', async () => {
  const { press, print } = pressOf(NEVER_MS);
  await Promise.all([print('kent'), print('essex')]);
  expect(press.isRunning()).toBe(true);
});

it('says which sheet could not be written, and prints the next', async () => {
  const { press, print } = pressOf(NEVER_MS);
  const belowFile = join(fileURLToPath(import.meta.url), 'kent', 'board');
  await expect(press.print(belowFile, sheet)).rejects.toThrow('ENOTDIR');
  expect(await print('kent')).toContain('Board');
});
