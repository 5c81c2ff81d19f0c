import { type Breach, isTest, isTypeScript, type SourceFile, withoutComments } from './files.ts';

/** An import as written: what is named, and whether only types are taken. */
export type Import = { from: string; isTypeOnly: boolean };

const STATIC = /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]/g;
const DYNAMIC = /\bimport\s*\(\s*['"]([^'"\n]+)['"]/g;

export const importsOf = (text: string): Import[] => {
  const code = withoutComments(text);
  return [
    ...[...code.matchAll(STATIC)].map((match) => ({
      from: match[2] ?? '',
      isTypeOnly: match[1] !== undefined,
    })),
    ...[...code.matchAll(DYNAMIC)].map((match) => ({ from: match[1] ?? '', isTypeOnly: false })),
  ];
};

/** The package that a file belongs to, as its folder; undefined for files of the root. */
export const packageOf = (path: string): string | undefined =>
  /^(contracts|infra|test|(?:packages|services)\/[^/]+)\//.exec(path)?.[1];

/** What the code of a package may import; its tests may also take {@link FOR_TESTS}. `*` allows whatever it declares. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contracts: ['zod'],
  'packages/domain': ['@muster/contracts', 'ts-pattern'],
  'packages/mesh': ['@muster/contracts', '*'],
  'packages/adapter-kit': ['@muster/contracts', '@muster/domain', '@muster/mesh', '*'],
  'packages/claim-pack': ['@muster/contracts', '@muster/domain', '*'],
  'packages/cli': [
    '@muster/contracts',
    '@muster/domain',
    '@muster/mesh',
    '@muster/adapter-kit',
    '@muster/claim-pack',
    '*',
  ],
  'packages/testkit': ['@muster/contracts', '@muster/mesh', '@muster/domain', '*'],
  'services/console': ['@muster/contracts', '*'],
  'services/gateway': ['@muster/contracts', '@muster/domain', '@muster/mesh', '@muster/claim-pack', '*'],
  services: ['@muster/contracts', '@muster/domain', '@muster/mesh', '@muster/adapter-kit', '*'],
  infra: ['@muster/contracts', '@muster/domain', '@muster/mesh', '@muster/adapter-kit', '*'],
  test: [
    '@muster/contracts',
    '@muster/domain',
    '@muster/mesh',
    '@muster/adapter-kit',
    '@muster/testkit',
    '*',
  ],
};
/** Second faces of packages: their test helpers. */
const TEST_FACES: readonly string[] = ['@muster/mesh/testing', '@muster/adapter-kit/testing'];
const FOR_TESTS = ['@muster/testkit', ...TEST_FACES, 'vitest', 'fast-check', '*'];
const GENERATORS = ['csv-parse', 'yaml', 'zod', '@muster/contracts'];

const bare = (from: string): string => {
  const [scope = '', name = ''] = from.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
};

const isOurs = (name: string): boolean => name.startsWith('@muster/');

const allowedFor = (path: string, folder: string): readonly string[] => {
  const own = MAY_IMPORT[folder] ?? MAY_IMPORT[folder.split('/')[0] ?? ''] ?? [];
  // The checker must share no code with what it judges; its tests may start a broker.
  if (path.startsWith('test/checker/')) return path.endsWith('.spec.ts') ? ['@muster/testkit', '*'] : ['*'];
  if (path.startsWith('contracts/src/generate/') && !isTest(path)) return [...own, ...GENERATORS, 'node:'];
  return isTest(path) ? [...own, ...FOR_TESTS] : own;
};

const isAllowed = (name: string, allowed: readonly string[]): boolean => {
  if (allowed.includes(name)) return true;
  if (name.startsWith('node:')) return allowed.includes('*') || allowed.includes('node:');
  return allowed.includes('*') && !isOurs(name);
};

const resolved = (path: string, from: string): string => {
  const parts = path.split('/').slice(0, -1);
  for (const part of from.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
};

/** What a browser loads: of ours it takes types only, since everything else of ours is there for servers. */
const isForBrowsers = (path: string): boolean => path.startsWith('services/console/src/');

const breachOf = (file: SourceFile, folder: string, { from, isTypeOnly }: Import): string | undefined => {
  if (from.startsWith('.')) {
    const target = resolved(file.path, from);
    if (!target.startsWith(`${folder}/`)) return `imports ${from}, which is outside of its package`;
    if (!/\.(tsx?|json|mjs|scss)$/.test(from)) return `imports ${from} without a file ending`;
    return undefined;
  }
  const name = from.startsWith('node:') || TEST_FACES.includes(from) ? from : bare(from);
  if (isOurs(name) && name !== from) return `imports ${from}, which goes past the public face of ${name}`;
  if (isForBrowsers(file.path) && !isTest(file.path) && isOurs(name) && !isTypeOnly) {
    return `imports more than types from ${from}`;
  }
  if (isForBrowsers(file.path) && !isTest(file.path) && name.startsWith('node:'))
    return `may not import ${from}`;
  return isAllowed(name, allowedFor(file.path, folder)) ? undefined : `may not import ${from}`;
};

// It holds imports as text, to try the rules on.
const isTried = (file: SourceFile): boolean =>
  isTypeScript(file) && file.path !== 'test/hygiene/rules.spec.ts';

/** Imports that go against the direction in which packages may depend on each other. */
export const importBreaches = (files: readonly SourceFile[]): Breach[] =>
  files.filter(isTried).flatMap((file) => {
    const folder = packageOf(file.path);
    if (folder === undefined) return [];
    return importsOf(file.text).flatMap((each) => {
      const because = breachOf(file, folder, each);
      return because === undefined ? [] : [{ path: file.path, because }];
    });
  });

type Manifest = { dependencies?: Record<string, string>; devDependencies?: Record<string, string> };

/** Imports of packages that the importing package does not declare. */
export const undeclaredImports = (files: readonly SourceFile[]): Breach[] => {
  const manifests = new Map<string, Manifest>(
    files
      .filter((file) => /(^|\/)package\.json$/.test(file.path))
      .map((file) => [file.path, JSON.parse(file.text)]),
  );
  const dev = manifests.get('package.json')?.devDependencies ?? {};
  return files.filter(isTried).flatMap((file) => {
    const folder = packageOf(file.path);
    const manifest = manifests.get(`${folder}/package.json`);
    if (folder === undefined || !manifest) return [];
    const known = new Set(Object.keys({ ...dev, ...manifest.dependencies, ...manifest.devDependencies }));
    return importsOf(file.text)
      .map((each) => each.from)
      .filter((from) => !from.startsWith('.') && !from.startsWith('node:') && !known.has(bare(from)))
      .map((from) => ({
        path: file.path,
        because: `imports ${from}, which ${folder}/package.json does not declare`,
      }));
  });
};
