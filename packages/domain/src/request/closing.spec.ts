import { describe, expect, test } from 'vitest';
import { finish, given } from '../testing/lending.ts';
import { at, line } from '../testing/samples.ts';
import { startScene, typesOf } from '../testing/scene.ts';
import { answersOf, requestStatus } from './lines.ts';

const name = { host: 'kent', requestId: 'r1' };
const answerTime = { name: 'answer-time-due', ...name } as const;
const confirmTime = { name: 'confirm-due', ...name, offerId: 'o1' } as const;

describe('a request closes', () => {
  test('with the last return when the answer time has passed, and its open offers end', () => {
    const scene = given();
    scene.offer('o2', {}, 'surrey');
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    scene.setNow(at(2));
    scene.internal(answerTime);
    expect(typesOf(finish(scene))).toEqual([
      'deployment.returned',
      'booking.changed',
      'offer.not_selected',
      'request.closed',
      'request.notice',
      'request.notice',
      'request.notice',
    ]);
  });

  test('at the answer time when its units were home before', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    finish(scene);
    expect(requestStatus(scene.request())).toBe('part-filled');
    scene.setNow(at(2));
    scene.internal(answerTime);
    expect(requestStatus(scene.request())).toBe('closed');
  });

  test('before the answer time when every line has all it asked for and nothing is on offer', () => {
    const scene = startScene();
    scene.advertise();
    scene.ask({ lines: [line({ quantity: 1 })] });
    scene.offer('o1');
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    finish(scene);
    expect(requestStatus(scene.request())).toBe('closed');
    expect(answersOf(scene.request()).map(({ answer }) => answer)).toEqual(['offered', 'expired']);
  });

  test('not while a unit is away or a reservation waits', () => {
    const scene = given();
    scene.offer('o2', {}, 'surrey');
    scene.accept(['o1', 1], ['o2', 1]);
    scene.settle('sussex', 'psu-1');
    scene.setNow(at(0.4));
    finish(scene);
    scene.setNow(at(2));
    scene.internal(answerTime);
    expect(requestStatus(scene.request())).toBe('part-filled');
    scene.internal({ ...confirmTime, offerId: 'o2' });
    expect(requestStatus(scene.request())).toBe('closed');
  });
});

test('two returns decided side by side leave the request open, until it is asked whether it is done', () => {
  const scene = given();
  scene.offer('o2', {}, 'surrey');
  scene.accept(['o1', 1], ['o2', 1]);
  for (const donor of ['sussex', 'surrey']) scene.settle(donor, 'psu-1');
  scene.setNow(at(2));
  scene.internal(answerTime);
  const close = { name: 'settle-request', ...name } as const;
  expect(scene.internal(close)).toEqual([]);
  const back = (donor: string, deploymentId: string) => {
    const ofReturn = { at: scene.now(), injuries: 0, welfareReferral: false };
    const body = { commandId: `b-${deploymentId}`, donor, deploymentId, ...ofReturn };
    return scene.attempt(scene.commandOf('deployment-return', donor, body));
  };
  for (const [donor, deploymentId] of [['sussex', 'o1'] as const, ['surrey', 'o2'] as const]) {
    scene.send('deployment-release', 'kent', {
      commandId: `x-${deploymentId}`,
      donor,
      deploymentId,
      reasonCode: 'stood-down',
    });
  }
  const both = [back('sussex', 'o1'), back('surrey', 'o2')];
  for (const [index, decision] of both.entries()) {
    if ('refused' in decision) throw new Error(decision.because);
    scene.store(decision.events, index === 0 ? 'sussex' : 'surrey', `b-o${index + 1}`);
  }
  expect(requestStatus(scene.request())).toBe('filled');
  expect(typesOf(scene.internal(close))[0]).toBe('request.closed');
  expect(scene.internal(close)).toEqual([]);
});
