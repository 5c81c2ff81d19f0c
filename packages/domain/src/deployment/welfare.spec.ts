import { DEPLOYMENT_STATUSES } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { abort, debrief, deployed, ofDeployment, reach, release, stateOf } from '../testing/deployed.ts';
import { at } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';
import { SECONDMENT_DAYS } from './secondment.ts';

const homeWith = (scene: Scene, welfare: object = {}) =>
  scene.commandOf('deployment-return', 'sussex', {
    ...{ commandId: 'home', ...ofDeployment, at: scene.now(), ...welfare },
  });

const answer = (scene: Scene, org = 'sussex') =>
  scene.commandOf('welfare-answer', org, {
    ...{ commandId: 'welfare', ...ofDeployment, injuries: 1, welfareReferral: true },
  });

/** The units are home, and nobody has said how their people are. */
const back = (): Scene => {
  const scene = reach('ON_TASK');
  scene.run(release(scene));
  scene.run(homeWith(scene));
  return scene;
};

describe('a return that leaves welfare open', () => {
  test('frees the units at once and stays open until somebody has answered', () => {
    const scene = back();
    expect(stateOf(scene)).toMatchObject({ status: 'RETURNED', welfare: { isOpen: true } });
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('returned');
    scene.run(debrief(scene));
    expect(stateOf(scene).status).toBe('RETURNED');
    expect(typesOf(scene.run(answer(scene)))).toEqual(['deployment.welfare_answered', 'deployment.closed']);
    expect(stateOf(scene)).toMatchObject({
      status: 'CLOSED',
      welfare: { isOpen: false, injuries: 1, welfareReferral: true },
    });
  });

  test('of units that were called off on the road closes with the answer, without a debrief', () => {
    const scene = reach('EN_ROUTE');
    scene.run(abort(scene));
    scene.run(homeWith(scene));
    expect(stateOf(scene).status).toBe('RETURNED');
    scene.run(answer(scene));
    expect(stateOf(scene).status).toBe('CLOSED');
  });

  test('is answered by the donor, once', () => {
    const scene = back();
    expect(scene.refusalOf(answer(scene, 'kent'))).toBe('not-permitted');
    scene.run(answer(scene));
    expect(scene.refusalOf(answer(scene))).toBe('wrong-status');
  });
});

test('a return that says how the people are leaves nothing open', () => {
  const scene = reach('ON_TASK');
  scene.run(release(scene));
  scene.run(homeWith(scene, { injuries: 0, welfareReferral: false }));
  expect(stateOf(scene).welfare).toEqual({ isOpen: false, injuries: 0, welfareReferral: false });
  expect(scene.refusalOf(answer(scene))).toBe('wrong-status');
});

test.each(DEPLOYMENT_STATUSES)(
  'welfare is not answered when the units are %s and nothing is open',
  (status) => {
    const scene = reach(status);
    expect(scene.refusalOf(answer(scene))).toBe('wrong-status');
  },
);

const review = (scene: Scene, org = 'sussex') =>
  scene.commandOf('secondment-review', org, {
    ...{ commandId: `review-${org}`, ...ofDeployment },
    ...{ outcome: 'becomes-secondment' as const, reason: 'The inquiry goes on' },
  });

/** Kent keeps the units until so many hours from the start. */
const kept = (hours: number): Scene => {
  const scene = deployed();
  scene.send('extension-ask', 'kent', {
    ...{ commandId: 'ext', ...ofDeployment, newEnd: at(hours), reason: 'Not done' },
  });
  scene.send('extension-answer', 'sussex', {
    ...{ commandId: 'yes', ...ofDeployment, extensionId: 'ext', answer: 'accept' },
  });
  return scene;
};

describe('units that are away for more than eight weeks in all', () => {
  const FROM = 4;
  const LIMIT = FROM + SECONDMENT_DAYS * 24;

  test('are looked at as soon as an extension goes beyond that, once', () => {
    const scene = kept(LIMIT + 1);
    const types = typesOf(scene.settle('sussex', 'psu-1'));
    expect(types).toContain('deployment.secondment_review');
    expect(stateOf(scene).secondment).toEqual({ raisedAt: scene.now() });
    scene.setNow(at(LIMIT));
    expect(scene.internal({ name: 'secondment-due', ...ofDeployment })).toEqual([]);
  });

  test('are not looked at up to that', () => {
    const scene = kept(LIMIT);
    expect(typesOf(scene.settle('sussex', 'psu-1'))).not.toContain('deployment.secondment_review');
  });

  test('are looked at too when nobody planned it and they are overdue', () => {
    const scene = reach('ON_TASK');
    expect(scene.internal({ name: 'secondment-due', ...ofDeployment })).toEqual([]);
    scene.setNow(at(LIMIT + 1));
    const raised = scene.internal({ name: 'secondment-due', ...ofDeployment });
    expect(typesOf(raised)).toEqual(['deployment.secondment_review']);
  });

  test('have their review recorded by either side or the national centre, once', () => {
    for (const org of ['sussex', 'kent', 'npocc']) {
      const scene = kept(LIMIT + 1);
      expect(scene.refusalOf(review(scene, org))).toBe('wrong-status');
      scene.settle('sussex', 'psu-1');
      scene.run(review(scene, org));
      expect(stateOf(scene).secondment?.outcome).toBe('becomes-secondment');
      expect(scene.refusalOf(review(scene, org))).toBe('wrong-status');
      expect(scene.refusalOf(review(scene, 'dorset'))).toBe('not-found');
    }
  });
});
