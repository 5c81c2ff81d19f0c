import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text file of the repository: its path from the root with forward slashes, and what is in it. */
export type SourceFile = { path: string; text: string };

/** What breaks a rule: where, and what is wrong there. */
export type Breach = { path: string; because: string };

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Folders that hold nothing of ours. */
const SKIPPED = new Set(['node_modules', '.git', '.muster', '.turbo', 'dist', 'coverage']);
const TEXT =
  /\.(tsx?|mts|mjs|js|json|ya?ml|md|csv|sh|conf|toml|scss|html)$|\/(LICENSE|Dockerfile|run|\.gitignore|\.gitattributes)$/;

const walk = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path);
    return entry.isFile() && TEXT.test(`/${path}`) ? [path] : [];
  });

/** Every text file of the tree, caches and dependencies left out. */
export const readTree = (): SourceFile[] =>
  walk('').map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

export const isTypeScript = (file: SourceFile): boolean => /\.tsx?$/.test(file.path);

/** Written by a program, and checked for drift instead. */
export const isGenerated = (path: string): boolean =>
  /\.gen\.ts$|^contracts\/(generated|baseline|fixtures)\/|^pnpm-lock\.yaml$/.test(path);

/** Code that runs only in tests: specs, and the helpers that nothing but specs import. */
export const isTest = (path: string): boolean =>
  /\.spec\.ts$|^test\/|^packages\/testkit\/|\/(testing|fixture|fixtures)\//.test(path);

/** The text with its comments blanked, line breaks kept. */
export const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');

/** One breach for every match of a pattern, with its line. */
export const matches = (file: SourceFile, pattern: RegExp, because: string, text = file.text): Breach[] =>
  [
    ...text.matchAll(new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`)),
  ].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return { path: `${file.path}:${line}`, because: `${because}: ${match[0].trim()}` };
  });
