import { expect, test } from 'vitest';
import { lineCounts, requestStatus } from '../request/lines.ts';
import { at, line } from '../testing/samples.ts';
import { startScene, typesOf } from '../testing/scene.ts';

test('a request goes from need to return: asked, offered, reserved, confirmed, deployed, released, returned', () => {
  const scene = startScene();
  scene.advertise();
  expect(typesOf(scene.ask())).toEqual([
    'request.submitted',
    'request.issued',
    'request.notice',
    'request.notice',
  ]);
  expect(typesOf(scene.offer('o1', { quantity: 2 }))).toEqual(['offer.made']);
  expect(typesOf(scene.accept(['o1', 2]))).toEqual(['offer.accepted', 'booking.changed']);
  expect(lineCounts(scene.request(), line())).toEqual({
    offered: 0,
    reserved: 2,
    committed: 0,
    unfilled: 0,
  });
  expect(typesOf(scene.settle('sussex', 'psu-1'))).toEqual([
    'commitment.made',
    'booking.changed',
    'deployment.opened',
  ]);
  expect(requestStatus(scene.request())).toBe('filled');
  const ofDeployment = { donor: 'sussex', deploymentId: 'o1' };
  for (const status of ['MOBILISING', 'EN_ROUTE', 'ON_TASK'] as const) {
    scene.send('deployment-status', 'sussex', {
      commandId: status,
      ...ofDeployment,
      status,
      at: scene.now(),
    });
  }
  const released = scene.send('deployment-release', 'kent', {
    commandId: 'release',
    ...ofDeployment,
    reasonCode: 'task-complete',
  });
  expect(typesOf(released)).toEqual(['resource.released', 'booking.changed']);
  scene.setNow(at(3));
  scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
  const returned = scene.send('deployment-return', 'sussex', {
    commandId: 'return',
    ...ofDeployment,
    at: scene.now(),
    injuries: 0,
    welfareReferral: false,
  });
  expect(typesOf(returned)).toEqual([
    'deployment.returned',
    'booking.changed',
    'request.closed',
    'request.notice',
    'request.notice',
  ]);
  expect(requestStatus(scene.request())).toBe('closed');
  expect(scene.ledger.result('kent', 'r1')?.events).toHaveLength(4);
  expect(scene.ledger.view.bookings('sussex', 'psu-1')?.bookingVersion).toBe(4);
});
