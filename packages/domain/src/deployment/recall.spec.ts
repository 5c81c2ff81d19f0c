import { COMMANDS, type CommandBody } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { lineCounts } from '../request/lines.ts';
import { comeHome, ofDeployment, reach, recall, release, report, stateOf } from '../testing/deployed.ts';
import { actor, at, line } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';
import { RECALL_RAISE_MINUTES } from './recall.ts';

const due = { name: 'recall-due', donor: 'sussex', deploymentId: 'o1' } as const;
const answer = (scene: Scene, over: Partial<CommandBody<'return-answer'>> = {}, org = 'kent') =>
  scene.commandOf('return-answer', org, {
    commandId: 'answer',
    ...ofDeployment,
    answer: 'release',
    reason: 'Relief is here',
    ...over,
  });
const settle = (scene: Scene, over: Partial<CommandBody<'return-settle'>> = {}, org = 'npocc') =>
  scene.commandOf('return-settle', org, {
    commandId: 'settle',
    ...ofDeployment,
    decision: 'release',
    reason: 'Floods come first',
    ...over,
  });

const recalled = (by = at(6)): Scene => {
  const scene = reach('ON_TASK');
  scene.run(recall(scene, by));
  return scene;
};
const raised = (): Scene => {
  const scene = recalled();
  scene.setNow(at(1));
  scene.internal(due);
  return scene;
};

describe('a recall', () => {
  test('is raised after an hour, or when the units are wanted if that is sooner', () => {
    expect(RECALL_RAISE_MINUTES).toBe(60);
    expect(stateOf(recalled(at(6))).recall?.raiseAt).toBe(at(1));
    expect(stateOf(recalled(at(0.5))).recall?.raiseAt).toBe(at(0.5));
  });

  test('may not ask for a time that has passed', () => {
    const scene = reach('ON_TASK');
    expect(scene.refusalOf(recall(scene, at(-1)))).toBe('bad-time');
  });

  test('is the donor’s alone, and a third force learns nothing of it', () => {
    const scene = reach('ON_TASK');
    for (const [org, code] of [
      ['kent', 'not-permitted'],
      ['essex', 'not-found'],
    ] as const) {
      expect(scene.refusalOf({ ...recall(scene), org })).toBe(code);
    }
  });

  test('answered with release lets the units go and opens the line at once', () => {
    const scene = recalled();
    expect(lineCounts(scene.request(), line())).toMatchObject({ committed: 2, unfilled: 0 });
    expect(typesOf(scene.run(answer(scene)))).toEqual([
      'return.answered',
      'resource.released',
      'booking.changed',
    ]);
    expect(stateOf(scene)).toMatchObject({ status: 'RELEASED', since: at(0) });
    expect(stateOf(scene).recall).toBeUndefined();
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('released');
    expect(lineCounts(scene.request(), line())).toMatchObject({ committed: 0, unfilled: 2 });
  });

  test('may be answered with a release that takes effect later, up to when the units are wanted', () => {
    const scene = recalled(at(6));
    expect(scene.refusalOf(answer(scene, { releaseAt: at(6.1) }))).toBe('bad-time');
    expect(scene.refusalOf(answer(scene, { releaseAt: at(-1) }))).toBe('bad-time');
    const [, released] = scene.run(answer(scene, { releaseAt: at(6) }));
    expect(released?.data).toMatchObject({ releasedAt: at(6), reasonCode: 'recalled' });
    expect(stateOf(scene).status).toBe('RELEASED');
  });

  test('that the host keeps is raised all the same', () => {
    const scene = recalled();
    scene.run(answer(scene, { answer: 'keep' }));
    expect(stateOf(scene).recall?.kept).toBe('Relief is here');
    scene.setNow(at(1));
    expect(typesOf(scene.internal(due))).toEqual(['return.raised']);
  });

  test('is answered by the host only', () => {
    const scene = recalled();
    expect(scene.refusalOf(answer(scene, {}, 'sussex'))).toBe('not-permitted');
  });

  test('that is withdrawn lets the units go on from where they are by now', () => {
    const scene = reach('EN_ROUTE');
    scene.run(recall(scene));
    scene.setNow(at(0.25));
    scene.run(report(scene, 'STAGED'));
    expect(stateOf(scene).status).toBe('RECALL_PENDING');
    const withdraw = (org: string) =>
      scene.commandOf('return-withdraw', org, { commandId: 'w', ...ofDeployment, reason: 'Help came' });
    expect(scene.refusalOf(withdraw('kent'))).toBe('not-permitted');
    scene.run(withdraw('sussex'));
    expect(stateOf(scene)).toMatchObject({ status: 'STAGED', since: at(0.25) });
    scene.run(recall(scene));
    expect(stateOf(scene).status).toBe('RECALL_PENDING');
  });

  test('ends when the host releases the units for another reason', () => {
    const scene = recalled();
    scene.run(release(scene));
    expect(stateOf(scene)).toMatchObject({ status: 'RELEASED' });
    expect(stateOf(scene).recall).toBeUndefined();
    expect(lineCounts(scene.request(), line())).toMatchObject({ committed: 2 });
  });
});

describe('the time at which a recall is raised', () => {
  test('raises it once, to tier 3, and not before', () => {
    const scene = recalled();
    scene.setNow(at(0.99));
    expect(scene.internal(due)).toEqual([]);
    scene.setNow(at(30));
    expect(scene.internal(due)[0]?.data).toMatchObject({ tier: 3, raisedAt: at(30) });
    expect(scene.internal(due)).toEqual([]);
  });

  test('changes nothing once the units are let go, or when there is no such deployment', () => {
    const scene = recalled();
    scene.run(answer(scene));
    scene.setNow(at(2));
    expect(scene.internal(due)).toEqual([]);
    expect(scene.internal({ ...due, deploymentId: 'none' })).toEqual([]);
  });
});

describe('the national centre', () => {
  test('settles a recall once it was raised, and nobody else does', () => {
    const early = recalled();
    expect(early.refusalOf(settle(early))).toBe('wrong-status');
    const scene = raised();
    expect(scene.refusalOf(settle(scene, {}, 'ricc-south-east'))).toBe('not-permitted');
    expect(scene.refusalOf(settle(scene, { deploymentId: 'none' }))).toBe('not-found');
    expect(typesOf(scene.run(settle(scene)))).toEqual([
      'return.settled',
      'resource.released',
      'booking.changed',
    ]);
    expect(stateOf(scene).status).toBe('RELEASED');
  });

  test('lets units stay only with the consent of a post of the donor, which may recall again', () => {
    const { success, error } = COMMANDS['return-settle'].safeParse({
      ...{ commandId: 's', actor, ...ofDeployment, decision: 'stay', reason: 'Needed' },
    });
    expect(success).toBe(false);
    expect(error?.issues[0]?.path).toEqual(['consentedBy']);
    const scene = raised();
    scene.run(settle(scene, { decision: 'stay', consentedBy: 'duty-acc', instrument: 'PA96 s.24' }));
    expect(stateOf(scene)).toMatchObject({ status: 'ON_TASK' });
    expect(scene.refusalOf(recall(scene, at(3)))).toBeUndefined();
  });

  test('can still be spared: the host may release a raised recall by itself', () => {
    const scene = raised();
    scene.run(answer(scene));
    expect(stateOf(scene).status).toBe('RELEASED');
  });
});

test('the request stays open for the host after recalled units are home, until its last window ends', () => {
  const scene = recalled();
  scene.run(answer(scene));
  expect(typesOf(scene.run(comeHome(scene)))).toEqual(['deployment.returned', 'booking.changed']);
  scene.setNow(at(3));
  scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
  expect(scene.internal({ name: 'settle-request', host: 'kent', requestId: 'r1' })).toEqual([]);
  expect(scene.request().phase.kind).toBe('live');
  scene.setNow(at(16));
  scene.internal({ name: 'request-end-due', host: 'kent', requestId: 'r1' });
  expect(scene.request().phase.kind).toBe('expired');
});
