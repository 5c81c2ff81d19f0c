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

/** Two units are on offer for the three that kent wants, nobody further is asked, and kent has seen that. */
const nobodyLeft = (): Scene => {
  const scene = reachStage('open', { escalation: 'by-hand' });
  scene.offer('o1', {}, 'essex');
  scene.setNow(at(2));
  scene.internal({ name: 'answer-time-due', ...r1 });
  scene.run(commandBy(scene, 'kent', 'unfilled-acknowledge', { ...r1, lineId: 'l1', note: 'Seen' }));
  expect([...scene.request().unfilled.values()]).toMatchObject([{ missing: 1, isAcknowledged: true }]);
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

describe('a line that its host knows to be short', () => {
  const lent = (): Scene => {
    const scene = nobodyLeft();
    scene.accept(['o1', 1], ['o2', 1]);
    for (const donor of ['essex', 'norfolk']) scene.settle(donor, 'psu-1');
    return scene;
  };
  const forfeit = (scene: Scene) =>
    scene.send('deployment-forfeit', 'essex', {
      ...{ commandId: 'f', donor: 'essex', deploymentId: 'o1', reasonCode: 'own-demand' },
      ...{ reason: 'Floods', replacementOffered: false },
    });

  test('is told of anew when it loses units', () => {
    const scene = lent();
    expect(goesOn(scene, forfeit(scene))).toEqual(['request.unfilled']);
    expect([...scene.request().unfilled.values()]).toMatchObject([{ missing: 2, isAcknowledged: false }]);
  });

  test('also when it had all that it needs meanwhile', () => {
    const scene = lent();
    const offer = { quantity: 1, estimatedArrival: at(6), unsolicited: true } as const;
    scene.offer('u1', offer, 'bedfordshire');
    scene.accept(['u1', 1]);
    scene.settle('bedfordshire', 'psu-1');
    expect(goesOn(scene, forfeit(scene))).toEqual(['request.unfilled']);
    expect([...scene.request().unfilled.values()]).toMatchObject([{ missing: 1, isAcknowledged: false }]);
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

/** A line that is short by more than anybody was told of, and that nobody further is asked for. */
const isOverlooked = (scene: Scene): boolean => {
  const request = scene.request();
  if (request.phase.kind !== 'live' || !request.answerTimePassed || request.reach.asked) return false;
  return request.lines.some((each) => {
    const { unfilled, offered } = lineCounts(request, each);
    const told = request.unfilled.get(each.lineId)?.missing ?? 0;
    return unfilled - offered > told && scene.now() < each.to;
  });
};

test('whatever comes after the answer time, no line is short with nobody to look at it', () => {
  const acts = fc.array(fc.record({ act: fc.nat(ACTS.length - 1), n: fc.nat(9) }), {
    minLength: 1,
    maxLength: 16,
  });
  fc.assert(
    fc.property(fc.constantFrom(covered, nobodyLeft), acts, (begin, steps) => {
      const scene = begin();
      for (const { act, n } of steps) {
        goesOn(scene, ACTS[act]?.(scene, n) ?? []);
        expect(isOverlooked(scene)).toBe(false);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
});
