import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the built files are made of, from the console's folder. The lock file stands for every library. */
const SOURCES = ['index.html', 'package.json', 'vite.config.ts', '../../pnpm-lock.yaml'];
const FOLDERS = ['src', 'public', 'build'];

const filesIn = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Changes whenever the built files could come out differently. */
export const fingerprint = (root: string): string => {
  const hash = createHash('sha256');
  const files = [
    ...SOURCES.map((name) => join(root, name)),
    ...FOLDERS.flatMap((folder) => filesIn(root, folder)),
  ];
  for (const file of files) hash.update(`\n${file.slice(root.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
};
