import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Output } from './outputs.ts';

export type Written = { written: string[]; kept: string[]; removed: string[] };

const write = (root: string, { path, text }: Output): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** Files in a folder and below it, as paths from the root; none when there is no such folder. */
export const filesIn = (root: string, folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length))
        .map((path) => path.replaceAll('\\', '/'))
        .sort()
    : [];

/** Writes what derives, removes what no longer does, and leaves every lasting file that is already there as it is. */
export const writeOutputs = (
  root: string,
  derived: readonly Output[],
  lasting: readonly Output[],
): Written => {
  const current = new Set(derived.map((output) => output.path));
  const removed = filesIn(root, 'generated').filter((path) => !current.has(path));
  for (const path of removed) rmSync(join(root, path));
  const fresh = lasting.filter((output) => !existsSync(join(root, output.path)));
  for (const output of [...derived, ...fresh]) write(root, output);
  return {
    written: [...derived, ...fresh].map((output) => output.path),
    kept: lasting.filter((output) => !fresh.includes(output)).map((output) => output.path),
    removed,
  };
};
