import type { CommandBody } from '@muster/contracts';
import { expect, test } from 'vitest';
import { comeHome, ofDeployment, reach, release, stateOf } from '../testing/deployed.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';

const propose = (scene: Scene, org: string, over: Partial<CommandBody<'control-propose'>> = {}) =>
  scene.commandOf('control-propose', org, {
    commandId: 'p1',
    ...ofDeployment,
    to: 'host',
    at: scene.now(),
    ...over,
  });
const confirm = (scene: Scene, org: string, proposalId = 'p1') =>
  scene.commandOf('control-confirm', org, {
    commandId: `confirm-${proposalId}`,
    ...ofDeployment,
    proposalId,
  });

test.each([
  ['sussex', 'kent'],
  ['kent', 'sussex'],
])('control that %s proposes moves when %s confirms, and not before', (one, other) => {
  const scene = reach('ON_TASK');
  scene.run(propose(scene, one));
  expect(stateOf(scene).control).toMatchObject({ with: 'donor', proposed: { by: one, to: 'host' } });
  expect(scene.refusalOf(confirm(scene, one))).toBe('not-permitted');
  const [moved] = scene.run(confirm(scene, other));
  expect(moved?.data).toMatchObject({ toForce: 'kent', proposedBy: one, confirmedBy: other });
  expect(stateOf(scene).control).toEqual({ with: 'host', since: scene.now() });
});

test('units may be on task before control has moved, and are shown so', () => {
  expect(stateOf(reach('ON_TASK'))).toMatchObject({ status: 'ON_TASK', control: { with: 'donor' } });
});

test('a later proposal takes the place of an earlier one, which nobody can confirm any more', () => {
  const scene = reach('STAGED');
  scene.run(propose(scene, 'sussex'));
  scene.run(propose(scene, 'sussex', { commandId: 'p2', at: at(1) }));
  expect(scene.refusalOf(confirm(scene, 'kent'))).toBe('wrong-status');
  scene.run(confirm(scene, 'kent', 'p2'));
  expect(stateOf(scene).control).toEqual({ with: 'host', since: at(1) });
});

test('nothing is confirmed that was not proposed, and nothing moves to where it is', () => {
  const scene = reach('ON_TASK');
  expect(scene.refusalOf(confirm(scene, 'kent'))).toBe('wrong-status');
  expect(scene.refusalOf(propose(scene, 'kent', { to: 'donor' }))).toBe('wrong-status');
  expect(scene.refusalOf(propose(scene, 'essex'))).toBe('not-found');
  expect(scene.refusalOf(propose(scene, 'kent', { at: at(-2) }))).toBe('bad-time');
});

test('a proposal that the units have passed by is not confirmed', () => {
  const scene = reach('ON_TASK');
  scene.run(propose(scene, 'sussex'));
  scene.run(release(scene));
  expect(scene.refusalOf(confirm(scene, 'kent'))).toBe('wrong-status');
});

test('the return moves control home, whoever had it', () => {
  const scene = reach('ON_TASK');
  scene.run(propose(scene, 'sussex'));
  scene.run(confirm(scene, 'kent'));
  scene.run(release(scene));
  expect(stateOf(scene).control.with).toBe('host');
  scene.setNow(at(1));
  scene.run(comeHome(scene));
  expect(stateOf(scene).control).toEqual({ with: 'donor', since: at(1) });
});
