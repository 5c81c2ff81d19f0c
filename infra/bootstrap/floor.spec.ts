import { expect, test } from 'vitest';
import { nodeTooOld } from './floor.mjs';

test.each(['20.0.0', '20.20.2', '24.21.0', '26.1.0'])('Node %s runs the bootstrap', (version) => {
  expect(nodeTooOld(version)).toBeUndefined();
});

test('an older Node is told what was found, what is needed and what to do', () => {
  expect(nodeTooOld('18.19.1')).toMatchInlineSnapshot(`
    "muster: this Node is too old to prepare the rest.
      found:  Node 18.19.1
      needed: Node 20 or newer, with npm (the Node that Muster runs on is fetched)
      do:     install it from https://nodejs.org or your package manager, then run the same command again"
  `);
});
