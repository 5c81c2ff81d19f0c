import { expect, it } from 'vitest';
import { differences, heldBecause } from './drift.ts';

it('sees what differs, whatever the order of subjects and however the server says "off"', () => {
  expect(
    differences(
      { subjects: ['b', 'a'], max_age: 0, storage: 'file', metadata: { x: '1' } },
      { subjects: ['a', 'b'], allow_atomic: false, storage: 'memory', metadata: { x: '2' } },
    ),
  ).toEqual([{ setting: 'storage', is: 'file', should: 'memory' }]);
});

it.each([
  ['a longer age', { setting: 'max_age', is: 10, should: 20 }],
  ['no limit any more', { setting: 'max_msgs', is: 10, should: -1 }],
  ['a guard put on', { setting: 'deny_purge', is: false, should: true }],
  ['a further subject', { setting: 'subjects', is: ['a'], should: ['a', 'b'] }],
  ['roll-ups switched off', { setting: 'allow_rollup_hdrs', is: true, should: false }],
])('lets a plan settle %s', (_, difference) => {
  expect(heldBecause(difference)).toBeUndefined();
});

it.each([
  ['a shorter age', { setting: 'max_age', is: 20, should: 10 }],
  ['a first limit', { setting: 'max_msgs', is: -1, should: 10 }],
  ['a guard taken off', { setting: 'deny_delete', is: true, should: false }],
  ['a subject given up', { setting: 'subjects', is: ['a', 'b'], should: ['a'] }],
  ['roll-ups switched on', { setting: 'allow_rollup_hdrs', is: false, should: true }],
  ['another store', { setting: 'storage', is: 'memory', should: 'file' }],
  ['another start', { setting: 'deliver_policy', is: 'new', should: 'all' }],
])('holds %s for a person', (_, difference) => {
  expect(heldBecause(difference)).toMatch(/\w/);
});
