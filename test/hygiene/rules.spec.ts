import { describe, expect, it } from 'vitest';
import type { Breach, SourceFile } from './files.ts';
import { importBreaches, undeclaredImports } from './imports.ts';
import {
  catalogBreaches,
  deadLinks,
  emptyGlobs,
  longFiles,
  manifestBreaches,
  servicesWithoutReadme,
  unmappedPackages,
} from './shape.ts';
import { clockBreaches, formBreaches, producerBreaches, wordBreaches } from './words.ts';

type Rule = (files: readonly SourceFile[]) => Breach[];
type Case = [name: string, rule: Rule, path: string, text: string];

const refused: Case[] = [
  [
    'contracts import the domain',
    importBreaches,
    'contracts/src/a.ts',
    "import { a } from '@muster/domain';",
  ],
  ['contracts read a file', importBreaches, 'contracts/src/a.ts', "import { readFileSync } from 'node:fs';"],
  [
    'the domain imports the mesh',
    importBreaches,
    'packages/domain/src/a.ts',
    "import type { M } from '@muster/mesh';",
  ],
  ['the domain does I/O', importBreaches, 'packages/domain/src/a.ts', "import { open } from 'node:fs';"],
  [
    'the mesh imports the domain',
    importBreaches,
    'packages/mesh/src/a.ts',
    "import { a } from '@muster/domain';",
  ],
  [
    'a service imports a service',
    importBreaches,
    'services/x/src/a.ts',
    "import { a } from '@muster/request-broker';",
  ],
  [
    'a service reaches into a service',
    importBreaches,
    'services/x/src/a.ts',
    "import { a } from '../../y/src/a.ts';",
  ],
  ...['packages/cli', 'packages/adapter-kit', 'packages/testkit', 'infra', 'test', 'contracts'].map(
    (folder): Case => [
      `${folder} imports a service`,
      importBreaches,
      `${folder}/src/a.ts`,
      "import { a } from '@muster/request-broker';",
    ],
  ),
  [
    'a test reaches into a service',
    importBreaches,
    'test/race/a.spec.ts',
    "import { a } from '../../services/x/src/a.ts';",
  ],
  [
    'a glob of tests that finds none',
    emptyGlobs,
    'vitest.config.ts',
    "include: ['contracts/{package,gone}/**/*.spec.ts']",
  ],
  [
    'a service imports test helpers',
    importBreaches,
    'services/x/src/a.ts',
    "import { a } from '@muster/testkit';",
  ],
  [
    'a package reaches past a face',
    importBreaches,
    'services/x/src/a.ts',
    "import { a } from '@muster/mesh/src/a.ts';",
  ],
  ['the checker imports the mesh', importBreaches, 'test/checker/a.ts', "import { a } from '@muster/mesh';"],
  [
    'the checker imports the contracts',
    importBreaches,
    'test/checker/a.ts',
    "import { a } from '@muster/contracts';",
  ],
  [
    'a dynamic import hides',
    importBreaches,
    'packages/domain/src/a.ts',
    "const a = await import('node:fs');",
  ],
  [
    'an import over several lines',
    importBreaches,
    'packages/domain/src/a.ts',
    "import {\n  a,\n} from 'pino';",
  ],
  ['a re-export hides', importBreaches, 'packages/domain/src/a.ts', "export { a } from '@muster/mesh';"],
  [
    'contracts in a browser',
    importBreaches,
    'services/console/src/a.tsx',
    "import { MODES } from '@muster/contracts';",
  ],
  [
    'a module of Node in a browser',
    importBreaches,
    'services/console/src/a.ts',
    "import { join } from 'node:path';",
  ],
  [
    'the domain in a browser',
    importBreaches,
    'services/console/src/a.ts',
    "import type { A } from '@muster/domain';",
  ],
  ['a clock in a view', clockBreaches, 'services/console/src/a.tsx', 'const now = Date.now();'],
  ['a default export', formBreaches, 'packages/x/src/a.ts', 'export default 1;'],
  ['an export of everything', formBreaches, 'packages/x/src/mod.ts', "export * from './a.ts';"],
  ['any as a type', formBreaches, 'packages/x/src/a.ts', 'const a = (b: any) => b;'],
  ['any as an argument', formBreaches, 'packages/x/src/a.ts', 'const a = new Set<any>();'],
  ['any in a union', formBreaches, 'packages/x/src/a.ts', 'type A = string | any;'],
  ['a cast to any', formBreaches, 'packages/x/src/a.ts', 'const a = b as any;'],
  ['an enum', formBreaches, 'packages/x/src/a.ts', 'export enum A { B }'],
  ['a clock', clockBreaches, 'services/x/src/a.ts', 'const now = Date.now();'],
  ['a date of now', clockBreaches, 'packages/domain/src/a.ts', 'const now = new Date();'],
  ['an id', clockBreaches, 'packages/adapter-kit/src/a.ts', 'const id = crypto.randomUUID();'],
  [
    'a client of streams',
    producerBreaches,
    'services/x/src/a.ts',
    "import { jetstream } from '@nats-io/jetstream';",
  ],
  ['a publish', producerBreaches, 'services/x/src/a.ts', "await mesh.js.publish('a', b);"],
  ['a plain publish', producerBreaches, 'packages/cli/src/a.ts', "mesh.nc.publish('a', b);"],
  [
    'a guard of its own',
    producerBreaches,
    'packages/mesh/src/dead/a.ts',
    "h.set('Nats-Expected-Last-Subject-Sequence', '0');",
  ],
  ['something unfinished', wordBreaches, 'README.md', `${'TO'}${'DO'}: later`],
  ['a path of one machine', wordBreaches, 'infra/a.yaml', 'folder: /home/someone/muster'],
  ['a host of a registry', wordBreaches, 'pnpm-lock.yaml', 'tarball: https://registry.example.org/a.tgz'],
  ['a range in the catalog', catalogBreaches, 'pnpm-workspace.yaml', 'catalog:\n  zod: ^4.6.7\n'],
  ['a package that the README leaves out', unmappedPackages, 'packages/x/package.json', '{}'],
  ['a service without README', servicesWithoutReadme, 'services/x/package.json', '{}'],
  ['a dead link', deadLinks, 'README.md', 'see [there](infra/nowhere.md)'],
  ['an undeclared import', undeclaredImports, 'contracts/src/a.ts', "import { z } from 'zod';"],
];

const allowed: Case[] = [
  [
    'types of the contracts in a browser',
    importBreaches,
    'services/console/src/a.tsx',
    "import type { Board } from '@muster/contracts';",
  ],
  ['the clock of a browser', clockBreaches, 'services/console/src/clock.ts', 'const now = Date.now();'],
  ['contracts import zod', importBreaches, 'contracts/src/a.ts', "import { z } from 'zod';"],
  ['a spec imports vitest', importBreaches, 'contracts/src/a.spec.ts', "import { it } from 'vitest';"],
  [
    'a comment speaks of imports',
    importBreaches,
    'contracts/src/a.ts',
    "// import { a } from '@muster/mesh';",
  ],
  ['a word that holds any', formBreaches, 'packages/x/src/a.ts', 'const many: Company = as.anything;'],
  ['a comment says any', formBreaches, 'packages/x/src/a.ts', '/** For all: any of them. */'],
  ['a date from an instant', clockBreaches, 'packages/domain/src/a.ts', 'const a = new Date(now);'],
  ['the clock in main', clockBreaches, 'services/x/src/main.ts', 'const clock = { now: () => Date.now() };'],
  [
    'types of the client',
    producerBreaches,
    'services/x/src/a.ts',
    "import type { JsMsg } from '@nats-io/jetstream';",
  ],
  [
    'the guard in append',
    producerBreaches,
    'packages/mesh/src/append/a.ts',
    "'Nats-Expected-Last-Subject-Sequence'",
  ],

  ['a relative folder', wordBreaches, 'README.md', `see packages/${'work'}/x and ./tmp/x`],
];

describe('the rules of the tree', () => {
  const files = (path: string, text: string): SourceFile[] => [
    { path: 'contracts/package.json', text: '{"name":"@muster/contracts"}' },
    { path, text },
  ];

  it.each(refused)('refuse %s', (_, rule, path, text) => {
    expect(rule(files(path, text))).not.toEqual([]);
  });

  it.each(allowed)('allow %s', (_, rule, path, text) => {
    expect(rule(files(path, text))).toEqual([]);
  });

  it('refuse a manifest with a version of its own, two faces, or another name', () => {
    const good = { name: '@muster/a', private: true, type: 'module', exports: { '.': './src/mod.ts' } };
    const breaches = (change: object) =>
      manifestBreaches([{ path: 'packages/a/package.json', text: JSON.stringify({ ...good, ...change }) }]);
    expect(breaches({})).toEqual([]);
    expect(breaches({ dependencies: { zod: '4.6.7' } })).toHaveLength(1);
    expect(breaches({ dependencies: { '@muster/b': '1.0.0' } })).toHaveLength(1);
    expect(breaches({ exports: { '.': './src/mod.ts', './a': './src/a.ts' } })).toHaveLength(1);
    expect(breaches({ name: 'a' })).toHaveLength(1);
    expect(breaches({ private: false })).toHaveLength(1);
  });

  it('count lines', () => {
    const file = { path: 'packages/a/src/a.ts', text: 'const a = 1;\n'.repeat(11) };
    expect(longFiles([file], 10)).toEqual([{ path: file.path, because: '11 lines' }]);
    expect(longFiles([file], 11)).toEqual([]);
  });
});
