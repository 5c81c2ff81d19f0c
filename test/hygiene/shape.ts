import { existsSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Breach, isGenerated, ROOT, type SourceFile } from './files.ts';

/** Longest source file, in lines; longer ones are refused. */
export const LINES_MAX = 400;
/** Files beyond this many lines are listed, so that someone looks at them. */
export const LINES_LISTED = 300;

const isCode = (file: SourceFile): boolean => /\.(tsx?|mjs|scss)$/.test(file.path) && !isGenerated(file.path);
const linesOf = (file: SourceFile): number => file.text.split('\n').length - 1;

/** Source files longer than a number of lines, longest first. */
export const longFiles = (files: readonly SourceFile[], linesMax: number): Breach[] =>
  files
    .filter((file) => isCode(file) && linesOf(file) > linesMax)
    .sort((a, b) => linesOf(b) - linesOf(a))
    .map((file) => ({ path: file.path, because: `${linesOf(file)} lines` }));

const manifest = z.object({
  name: z.string(),
  private: z.literal(true),
  type: z.literal('module'),
  exports: z.unknown().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

const FACE = { '.': './src/mod.ts' };

/** Libraries show one module; two also show their test helpers, and a command line tool shows nothing. */
const faceOf = (path: string): object | undefined => {
  if (!/^(contracts|packages\/[^/]+)\/package\.json$/.test(path) || path.startsWith('packages/cli/'))
    return undefined;
  return /^packages\/(mesh|adapter-kit)\//.test(path)
    ? { ...FACE, './testing': './src/testing/mod.ts' }
    : FACE;
};

/** Package manifests: private modules with one public face, and every version from the catalog. */
export const manifestBreaches = (files: readonly SourceFile[]): Breach[] =>
  files
    .filter((file) => /(^|\/)package\.json$/.test(file.path) && !isGenerated(file.path))
    .flatMap((file) => {
      const read = manifest.safeParse(JSON.parse(file.text));
      if (!read.success) return [{ path: file.path, because: z.prettifyError(read.error) }];
      const { name, exports, dependencies, devDependencies } = read.data;
      const breach = (because: string): Breach => ({ path: file.path, because });
      const versions = Object.entries({ ...dependencies, ...devDependencies })
        .filter(([of, version]) => version !== (of.startsWith('@muster/') ? 'workspace:*' : 'catalog:'))
        .map(([of, version]) => breach(`${of} is "${version}"`));
      const face = faceOf(file.path);
      const isNamed = file.path === 'package.json' || name.startsWith('@muster/');
      return [
        ...versions,
        ...(isDeepStrictEqual(exports, face) ? [] : [breach(`must export ${JSON.stringify(face)}`)]),
        ...(isNamed ? [] : [breach(`is named ${name}`)]),
      ];
    });

const workspace = z.object({ catalog: z.record(z.string(), z.union([z.string(), z.number()])) });

/** Catalog versions that are a range. */
export const catalogBreaches = (files: readonly SourceFile[]): Breach[] =>
  files
    .filter((file) => file.path === 'pnpm-workspace.yaml')
    .flatMap((file) =>
      Object.entries(workspace.parse(parse(file.text)).catalog)
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
        .map(([of, version]) => ({ path: file.path, because: `${of} is "${version}"` })),
    );

/** Services that do not say what they are. */
export const servicesWithoutReadme = (files: readonly SourceFile[]): Breach[] => {
  const paths = new Set(files.map((file) => file.path));
  return [...paths]
    .filter((path) => /^services\/[^/]+\/package\.json$/.test(path))
    .map((path) => path.replace('package.json', 'README.md'))
    .filter((path) => !paths.has(path))
    .map((path) => ({ path, because: 'is missing' }));
};

/** Packages that the map of folders in the README leaves out. */
export const unmappedPackages = (files: readonly SourceFile[]): Breach[] => {
  const readme = files.find(({ path }) => path === 'README.md')?.text ?? '';
  return files.flatMap(({ path }) => {
    const [, folder = '', name = ''] = /^((?:[^/]+\/)?([^/]+))\/package\.json$/.exec(path) ?? [];
    const isNamed = folder === '' || readme.includes(`\`${folder}`) || readme.includes(`\`${name}\``);
    return isNamed ? [] : [{ path, because: 'is not in the map of folders of the README' }];
  });
};

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;

/** Links in Markdown that lead to no file. */
export const deadLinks = (files: readonly SourceFile[]): Breach[] =>
  files
    .filter((file) => file.path.endsWith('.md'))
    .flatMap((file) =>
      [...file.text.matchAll(LINK)]
        .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
        .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
        .filter((link) => !existsSync(join(ROOT, dirname(file.path), decodeURIComponent(link))))
        .map((link) => ({ path: file.path, because: `links to ${link}` })),
    );

const GLOB = /'([^'\s]*\/[^'\s]*\.spec\.ts)'/g;
const BRACES = /\{([^{}]+)\}/;

/** A glob of several alternatives as one glob each. */
const alternatives = (glob: string): string[] => {
  const [braces, inner = ''] = BRACES.exec(glob) ?? [];
  if (braces === undefined) return [glob];
  return inner.split(',').flatMap((part) => alternatives(glob.replace(braces, part)));
};

/** Globs of the test configurations that find no spec: what they were to run would be left out in silence. */
export const emptyGlobs = (files: readonly SourceFile[]): Breach[] =>
  files
    .filter(({ path }) => /^vitest\.([a-z]+\.)?config\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(GLOB)]
        .flatMap(([, glob = '']) => alternatives(glob))
        .filter((glob) => !files.some((file) => matchesGlob(file.path, glob)))
        .map((glob) => ({ path, because: `${glob} finds nothing` })),
    );
