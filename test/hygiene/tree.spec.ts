import { describe, expect, it } from 'vitest';
import { readTree } from './files.ts';
import { importBreaches, undeclaredImports } from './imports.ts';
import {
  catalogBreaches,
  deadLinks,
  emptyGlobs,
  LINES_LISTED,
  LINES_MAX,
  longFiles,
  manifestBreaches,
  servicesWithoutReadme,
  unmappedPackages,
} from './shape.ts';
import { clockBreaches, formBreaches, producerBreaches, wordBreaches } from './words.ts';

const tree = readTree();

describe('the tree', () => {
  it('is read', () => {
    const paths = tree.map((file) => file.path);
    expect(paths).toContain('contracts/src/registry.ts');
    expect(paths.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it('imports in the allowed directions only', () => expect(importBreaches(tree)).toEqual([]));
  it('declares what it imports', () => expect(undeclaredImports(tree)).toEqual([]));
  it('writes to streams in the mesh package only', () => expect(producerBreaches(tree)).toEqual([]));
  it('reads the clock and makes ids at the edges only', () => expect(clockBreaches(tree)).toEqual([]));
  it('keeps to named exports, erasable syntax and known types', () => expect(formBreaches(tree)).toEqual([]));
  it('holds nothing unfinished, and no path or host of one machine', () =>
    expect(wordBreaches(tree)).toEqual([]));
  it('takes every version from the catalog', () => expect(manifestBreaches(tree)).toEqual([]));
  it('pins every version of the catalog', () => expect(catalogBreaches(tree)).toEqual([]));
  it('has every package in the map of the README', () => expect(unmappedPackages(tree)).toEqual([]));
  it('has a README in every service', () => expect(servicesWithoutReadme(tree)).toEqual([]));
  it('names only tests that exist', () => expect(emptyGlobs(tree)).toEqual([]));
  it('links to files that exist', () => expect(deadLinks(tree)).toEqual([]));

  it(`has no source file of more than ${LINES_MAX} lines`, () => {
    const listed = longFiles(tree, LINES_LISTED).map(({ path, because }) => `${path}: ${because}`);
    if (listed.length > 0) console.log(`over ${LINES_LISTED} lines:\n${listed.join('\n')}`);
    expect(longFiles(tree, LINES_MAX)).toEqual([]);
  });
});
