import type { Command } from '@muster/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandBy, r1, reachStage } from '../testing/asked.ts';
import { at, line } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';
import { lineCounts } from './lines.ts';
import { settledAfter } from './timers.ts';

const SEED = 20261209;
const RUNS = 1_500;

/** All three units that kent wants are on offer when answers are due, so nobody further is asked. */
const covered = (): Scene => {
  const scene = reachStage('open', { escalation: 'automatic' });
  scene.offer('o1', { quantity: 2 }, 'essex');
  scene.setNow(at(2));
  const passed = scene.internal({ name: 'answer-time-due', ...r1 });
  expect(typesOf(passed)).not.toContain('request.escalation_asked');
  return scene;
};

/** What the broker does of itself after these events, and after what comes of that. */
const goesOn = (scene: Scene, events: ReturnType<Scene['run']>): string[] => {
  const next = events
    .flatMap((event) => settledAfter(event, scene.ledger.view))
    .flatMap((name) => scene.internal({ name: 'settle-request', ...name }));
  return next.length === 0 ? [] : [...typesOf(next), ...goesOn(scene, next)];
};

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

type Act = (scene: Scene, n: number) => ReturnType<Scene['run']>;

const tried =
  (command: (scene: Scene, id: string, offer: { offerId: string; donor: string }) => Command): Act =>
  (scene, n) => {
    const offers = [...scene.request().offers.values()];
    const offer = offers[n % offers.length];
    const sent = offer && command(scene, `c-${scene.stored.length}`, offer);
    return sent && scene.refusalOf(sent) === undefined ? scene.run(sent) : [];
  };
const because = { reason: 'So it is' };

/** What host, donors, home ledgers and timers may do with a request whose answer time has passed. */
const ACTS: readonly Act[] = [
  ...[1, 2].map((quantity) =>
    tried((scene, commandId, { offerId }) =>
      commandBy(scene, 'kent', 'offer-accept', {
        ...{ commandId, requestId: 'r1', accept: [{ offerId, quantity }] },
      }),
    ),
  ),
  tried((scene, commandId, { offerId, donor }) =>
    commandBy(scene, donor, 'offer-withdraw', {
      ...{ commandId, ...r1, offerId, reasonCode: 'own-demand', ...because },
    }),
  ),
  tried((scene, commandId, { offerId }) =>
    commandBy(scene, 'kent', 'offer-not-select', { commandId, requestId: 'r1', offerId, ...because }),
  ),
  tried((scene, commandId, { offerId }) =>
    commandBy(scene, 'kent', 'acceptance-withdraw', { commandId, requestId: 'r1', offerId, ...because }),
  ),
  ...[2, 3, 6].map((quantity) =>
    tried((scene, commandId) =>
      commandBy(scene, 'kent', 'request-amend', {
        ...{ commandId, requestId: 'r1', lines: [line({ quantity })], ...because },
      }),
    ),
  ),
  tried((scene, commandId, { donor }) =>
    commandBy(scene, 'kent', 'ask-withdraw', { commandId, requestId: 'r1', force: donor, ...because }),
  ),
  tried((scene, commandId, { donor, offerId: deploymentId }) =>
    commandBy(scene, donor, 'deployment-forfeit', {
      ...{ commandId, donor, deploymentId, reasonCode: 'own-demand', replacementOffered: false, ...because },
    }),
  ),
  tried((scene, commandId, { donor, offerId: deploymentId }) =>
    commandBy(scene, 'kent', 'deployment-abort', {
      ...{ commandId, donor, deploymentId, reasonCode: 'not-needed', ...because },
    }),
  ),
  tried((scene, commandId, { donor, offerId: deploymentId }) =>
    commandBy(scene, donor, 'return-request', {
      ...{ commandId, donor, deploymentId, by: at(6), reasonCode: 'own-demand', ...because },
    }),
  ),
  tried((scene, commandId, { donor, offerId: deploymentId }) =>
    commandBy(scene, 'kent', 'return-answer', {
      ...{ commandId, donor, deploymentId, answer: 'release', ...because },
    }),
  ),
  tried((scene, commandId) =>
    commandBy(scene, 'bedfordshire', 'offer-make', {
      ...{ commandId, ...r1, lineId: 'l1', capabilityId: 'psu-1', quantity: 1, estimatedArrival: at(8) },
      ...{ unsolicited: true },
    }),
  ),
  (scene, n) => scene.settle(n % 2 === 0 ? 'essex' : 'norfolk', 'psu-1'),
  (scene, n) => scene.settle(n % 2 === 0 ? 'essex' : 'norfolk', 'psu-1', { policy: 'person' }),
  (scene, n) => {
    const accepted = [...scene.request().offers.values()].filter(({ status }) => status === 'accepted');
    const one = accepted[n % accepted.length];
    const confirmBy = one && 'accepted' in one ? one.accepted.confirmBy : undefined;
    if (!one || confirmBy === undefined || confirmBy >= line().to) return [];
    if (confirmBy > scene.now()) scene.setNow(confirmBy);
    return scene.internal({ name: 'confirm-due', ...r1, offerId: one.offerId });
  },
];

/** A line that nothing covers, nothing is asked for and no record of being unfilled stands for. */
const isOverlooked = (scene: Scene): boolean => {
  const request = scene.request();
  if (request.phase.kind !== 'live' || !request.answerTimePassed || request.reach.asked) return false;
  return request.lines.some((each) => {
    const { unfilled, offered } = lineCounts(request, each);
    return unfilled > offered && scene.now() < each.to && !request.unfilled.has(each.lineId);
  });
};

test('whatever comes after the answer time, no line is short with nobody to look at it', () => {
  const acts = fc.array(fc.record({ act: fc.nat(ACTS.length - 1), n: fc.nat(9) }), {
    minLength: 1,
    maxLength: 16,
  });
  fc.assert(
    fc.property(acts, (steps) => {
      const scene = covered();
      for (const { act, n } of steps) {
        goesOn(scene, ACTS[act]?.(scene, n) ?? []);
        expect(isOverlooked(scene)).toBe(false);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
});
