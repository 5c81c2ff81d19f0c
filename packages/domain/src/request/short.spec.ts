import { describe, expect, test } from 'vitest';
import { r1, reachStage } from '../testing/asked.ts';
import { at } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';
import { settledAfter } from './timers.ts';

/** All three units that kent wants are on offer when answers are due, so nobody further is asked. */
const covered = (): Scene => {
  const scene = reachStage('open', { escalation: 'automatic' });
  scene.offer('o1', { quantity: 2 }, 'essex');
  scene.setNow(at(2));
  const passed = scene.internal({ name: 'answer-time-due', ...r1 });
  expect(typesOf(passed)).not.toContain('request.escalation_asked');
  return scene;
};

/** What the broker does of itself after these events. */
const goesOn = (scene: Scene, events: ReturnType<Scene['run']>): string[] =>
  typesOf(
    events
      .flatMap((event) => settledAfter(event, scene.ledger.view))
      .flatMap((name) => scene.internal({ name: 'settle-request', ...name })),
  );

describe('a line that was covered by offers when answers were due', () => {
  test('is short when its host takes a part of one only, and the request goes on to others', () => {
    const scene = covered();
    expect(goesOn(scene, scene.accept(['o1', 1]))).toEqual(['request.escalation_asked']);
  });

  test('stays covered when all that is on offer is taken', () => {
    const scene = covered();
    expect(goesOn(scene, scene.accept(['o1', 2]))).toEqual([]);
  });

  test('is short when an offer is withdrawn', () => {
    const scene = covered();
    const withdrawn = scene.send('offer-withdraw', 'essex', {
      ...{ commandId: 'w', ...r1, offerId: 'o1', reasonCode: 'own-demand', reason: 'Needed' },
    });
    expect(goesOn(scene, withdrawn)).toEqual(['request.escalation_asked']);
  });
});
