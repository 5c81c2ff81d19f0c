import { describe, expect, test } from 'vitest';
import { heldBy } from '../booking/held.ts';
import { lineCounts } from '../request/lines.ts';
import { settledAfter } from '../request/timers.ts';
import { abort, comeHome, deployed, ofDeployment, reach, release, stateOf } from '../testing/deployed.ts';
import { at, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';

const forfeit = (scene: Scene, org = 'sussex', deploymentId = 'o1') =>
  scene.commandOf('deployment-forfeit', org, {
    commandId: 'forfeit',
    ...ofDeployment,
    deploymentId,
    reasonCode: 'equipment-failure',
    reason: 'The carrier broke down',
    replacementOffered: true,
  });

const taken = (scene: Scene): number =>
  heldBy(scene.ledger.view.bookings('sussex', 'psu-1')?.bookings.values() ?? [], 'pool', scene.now()).length;

describe('a forfeit', () => {
  test('of units that never left frees them at once, opens the line and closes the deployment', () => {
    const scene = deployed();
    expect(typesOf(scene.run(forfeit(scene)))).toEqual([
      'deployment.forfeited',
      'booking.changed',
      'deployment.closed',
    ]);
    expect(stateOf(scene)).toMatchObject({
      status: 'CLOSED',
      earlyEnd: { kind: 'forfeited', by: 'sussex', reasonCode: 'equipment-failure' },
    });
    expect(taken(scene)).toBe(0);
    expect(lineCounts(scene.request(), line())).toMatchObject({ committed: 0, unfilled: 2 });
    expect(scene.request().phase.kind).toBe('live');
  });

  test('of units on their way keeps them taken until they are reported home', () => {
    const scene = reach('EN_ROUTE');
    expect(typesOf(scene.run(forfeit(scene)))).toEqual(['deployment.forfeited', 'booking.changed']);
    expect(stateOf(scene).status).toBe('ABORTED');
    expect(taken(scene)).toBe(1);
    expect(lineCounts(scene.request(), line()).unfilled).toBe(2);
    expect(typesOf(scene.run(comeHome(scene)))).toEqual([
      'deployment.returned',
      'booking.changed',
      'deployment.closed',
    ]);
    expect(stateOf(scene).status).toBe('CLOSED');
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('returned');
  });

  test('is the donor’s, an abort the host’s', () => {
    const scene = deployed();
    expect(scene.refusalOf(forfeit(scene, 'kent'))).toBe('not-permitted');
    expect(scene.refusalOf({ ...abort(scene), org: 'sussex' })).toBe('not-permitted');
    expect(scene.refusalOf(forfeit(scene, 'essex'))).toBe('not-found');
  });

  test('lets the same line be filled again', () => {
    const scene = deployed();
    scene.run(forfeit(scene));
    scene.advertise({ force: 'surrey' });
    scene.offer('o2', { quantity: 2 }, 'surrey');
    scene.accept(['o2', 2]);
    scene.settle('surrey', 'psu-1');
    expect(lineCounts(scene.request(), line()).committed).toBe(2);
  });
});

test('an abort says who called it off and why, and opens the line', () => {
  const scene = reach('STAGED');
  expect(scene.run(abort(scene))[0]?.data).toMatchObject({ abortedBy: 'kent', reasonCode: 'not-needed' });
  expect(stateOf(scene).earlyEnd).toEqual({ kind: 'aborted', by: 'kent', reasonCode: 'not-needed' });
  expect(lineCounts(scene.request(), line()).unfilled).toBe(2);
});

test('what a line keeps when others are taken back is not sent home by rule, even below its minimum', () => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey', 'essex']) scene.advertise({ force });
  scene.ask({
    lines: [line({ quantity: 3, minimumQuantity: 2 })],
    recipients: { kind: 'forces', forces: ['sussex', 'surrey', 'essex'] },
  });
  scene.offer('o1');
  scene.offer('o2', {}, 'surrey');
  scene.offer('o3', {}, 'essex');
  scene.accept(['o1', 1], ['o2', 1], ['o3', 1]);
  for (const force of ['sussex', 'surrey']) scene.settle(force, 'psu-1');
  scene.run(forfeit(scene));
  scene.settle('essex', 'psu-1', { policy: 'person' });
  scene.tellHub(
    scene.atHome('essex', 'psu-1', { kind: 'refuse', bookingId: 'o3', reasonCode: 'own-demand' }),
  );
  scene.setNow(at(2));
  scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
  expect(scene.internal({ name: 'settle-request', host: 'kent', requestId: 'r1' })).toEqual([]);
  expect(scene.ledger.view.deployment('surrey', 'o2')?.status).toBe('COMMITTED');
});

test('the request is looked at again after units were taken back, and not after an ordinary release', () => {
  const settled = (scene: Scene, command: Parameters<Scene['run']>[0]) =>
    scene.run(command).flatMap((event) => settledAfter(event, scene.ledger.view));
  const back = reach('EN_ROUTE');
  expect(settled(back, forfeit(back))).toEqual([{ host: 'kent', requestId: 'r1' }]);
  const done = reach('ON_TASK');
  expect(settled(done, release(done))).toEqual([]);
});

test('a request whose line was opened again ends with its window, not with the return of the rest', () => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force });
  scene.ask();
  scene.offer('o1');
  scene.offer('o2', {}, 'surrey');
  scene.accept(['o1', 1], ['o2', 1]);
  for (const force of ['sussex', 'surrey']) scene.settle(force, 'psu-1');
  scene.run(forfeit(scene));
  scene.setNow(at(2));
  scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
  const surrey = { donor: 'surrey', deploymentId: 'o2' };
  scene.send('deployment-release', 'kent', { commandId: 'x', ...surrey, reasonCode: 'task-complete' });
  const ofReturn = { at: scene.now(), injuries: 0, welfareReferral: false };
  scene.send('deployment-return', 'surrey', { commandId: 'y', ...surrey, ...ofReturn });
  expect(scene.request().phase.kind).toBe('live');
  scene.setNow(at(16));
  scene.internal({ name: 'request-end-due', host: 'kent', requestId: 'r1' });
  expect(scene.request().phase.kind).toBe('closed');
});

test('an ordinary release ends without an early end', () => {
  const scene = reach('ON_TASK');
  scene.run(release(scene));
  expect(stateOf(scene).earlyEnd).toBeUndefined();
});
