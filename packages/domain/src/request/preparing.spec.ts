import { describe, expect, test } from 'vitest';
import { requestViewFor } from '../access/requestView.ts';
import { statusOf } from '../testing/offered.ts';
import { approve, donorChief, donorDesk, prepare, refuseIt, ruled } from '../testing/prepared.ts';
import { at } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';
import { lineCounts } from './lines.ts';
import { openPreparations } from './prepared.ts';
import { answerKey } from './state.ts';

const answerOf = (scene: Scene) => scene.request().answers.get(answerKey('sussex', 'l1'))?.answer;
const waiting = (scene: Scene) => openPreparations(scene.request(), 'sussex').map(({ offerId }) => offerId);
const offersSeenBy = (scene: Scene, org: string) =>
  requestViewFor(scene.ledger, scene.request(), org).offers.map(({ status }) => status);

describe('an offer above what its force leaves to its policy', () => {
  test('is prepared and not made: nothing is offered, and the force has not answered', () => {
    const scene = ruled();
    expect(prepare(scene)).toMatchObject([
      {
        type: 'muster.offer.prepared.v1',
        data: { host: 'kent', requestId: 'r1', offerId: 'o1', quantity: 2, preparedBy: donorDesk.id },
      },
    ]);
    expect(scene.request().offers.size).toBe(0);
    expect(answerOf(scene)).toBe('waiting');
    expect(scene.refusalOf(acceptOf(scene))).toBe('not-found');
  });

  test('is made once another post has approved it, and says who did and not why', () => {
    const scene = ruled();
    prepare(scene, { condition: 'The match ends quietly' });
    const [approved, made] = scene.run(approve({ authorityRank: 'ACC' }));
    expect(approved).toMatchObject({
      type: 'muster.offer.approved.v1',
      data: {
        approval: { basis: 'person', post: donorChief.id, delegationId: 'del-1', authorityRank: 'ACC' },
      },
    });
    expect(made).toMatchObject({
      type: 'muster.offer.made.v1',
      data: { offerId: 'o1', quantity: 2, condition: 'The match ends quietly' },
    });
    expect(made?.data).toMatchObject({
      approval: { basis: 'delegated', post: donorChief.id, role: 'donor-approver', delegationId: 'del-1' },
    });
    expect(JSON.stringify(made)).not.toContain('threatAndRisk');
    expect(statusOf(scene)).toBe('provisional');
    expect(answerOf(scene)).toBe('offered');
    expect(waiting(scene)).toEqual([]);
  });

  test('is not made when its approver refuses, and the host hears of it only if told', () => {
    const scene = ruled();
    prepare(scene);
    expect(typesOf(scene.run(refuseIt()))).toEqual(['offer.refused']);
    expect(answerOf(scene)).toBe('waiting');
    prepare(scene, { commandId: 'o2' });
    const declined = scene.run(refuseIt({ commandId: 'no-2', offerId: 'o2', declineReason: 'own-demand' }));
    expect(typesOf(declined)).toEqual(['offer.refused', 'offer.declined']);
    expect(answerOf(scene)).toBe('declined');
  });

  test('is taken back by the desk that prepared it', () => {
    const scene = ruled();
    prepare(scene);
    scene.run(refuseIt({ actor: donorDesk, reason: 'Typed wrongly' }));
    expect(waiting(scene)).toEqual([]);
    expect(typesOf(prepare(scene, { commandId: 'o2', quantity: 1 }))).toEqual(['offer.made']);
  });

  test('is seen by its own force alone', () => {
    const scene = ruled();
    prepare(scene);
    expect(offersSeenBy(scene, 'sussex')).toEqual(['prepared']);
    for (const org of ['kent', 'surrey', 'npocc', 'ricc-south-east']) {
      expect(offersSeenBy(scene, org), org).toEqual([]);
    }
  });

  test('cut into several still is above it', () => {
    const scene = ruled();
    expect(typesOf(prepare(scene, { quantity: 1 }))).toEqual(['offer.made']);
    const second = { commandId: 'o2', capabilityId: 'psu-2', quantity: 1 };
    expect(typesOf(prepare(scene, second))).toEqual(['offer.prepared']);
  });

  test('leaves its line as it is until it is approved', () => {
    const scene = ruled();
    prepare(scene);
    const [line] = scene.request().lines;
    expect(line && lineCounts(scene.request(), line)).toMatchObject({ offered: 0, unfilled: 3 });
  });

  test('counts as silence when nobody has approved it by the answer time, and then never is', () => {
    const scene = ruled();
    prepare(scene);
    scene.setNow(at(2));
    const due = scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    expect(due[0]).toMatchObject({ data: { silent: [{ force: 'sussex' }, { force: 'surrey' }] } });
    expect(waiting(scene)).toEqual([]);
    expect(scene.refusalOf(approve())).toBe('answer-time-passed');
  });
});

const acceptOf = (scene: Scene) =>
  scene.commandOf('offer-accept', 'kent', {
    ...{ commandId: 'acc', requestId: 'r1', accept: [{ offerId: 'o1', quantity: 1 }] },
  });

test.each([
  [1, 'offer.made'],
  [2, 'offer.made'],
  [3, 'offer.prepared'],
] as const)('of two that a force leaves to its policy an offer of %i: %s', (quantity, type) => {
  expect(typesOf(prepare(ruled({}, 2), { quantity }))).toEqual([type]);
});

test('a force that has set no rule leaves every offer to its policy', () => {
  expect(typesOf(prepare(ruled({}, null), { quantity: 3 }))).toEqual(['offer.made']);
});

describe('a prepared offer is not approved', () => {
  test.each([
    ['by the post that prepared it', { actor: { ...donorChief, id: donorDesk.id } }, 'same-person'],
    ['by another role', { actor: { ...donorDesk, id: 'another-desk' } }, 'wrong-role'],
    ['by a post without a delegation', { actor: { ...donorChief, id: 'nobody' } }, 'no-delegation'],
    ['when there is none of that id', { offerId: 'o9' }, 'not-found'],
    ['when there is no such request', { requestId: 'r9' }, 'not-found'],
  ])('%s', (_, over, code) => {
    const scene = ruled();
    prepare(scene);
    expect(scene.refusalOf(approve(over))).toBe(code);
  });

  test.each([
    ['whose codes are others', { codes: ['CY'] }, {}],
    ['for fewer units', { maxQuantity: 1 }, {}],
    ['for less money', { maxCostPence: 1_000 }, { costEstimate: { amountPence: 1_001, basis: 'rates' } }],
    ['for another legal basis', { legalBases: ['PA96-S26' as const] }, {}],
  ])('under a delegation %s', (_, scope, over) => {
    const scene = ruled(scope);
    prepare(scene, over);
    expect(scene.refusalOf(approve())).toBe('over-scope');
  });

  test.each(['surrey', 'kent', 'npocc'])('by %s, which learns nothing of it', (org) => {
    const scene = ruled();
    prepare(scene);
    expect(scene.refusalOf(approve({}, org))).toBe('not-found');
    expect(scene.refusalOf(refuseIt({}, org))).toBe('not-found');
  });

  test('when the line needs no more, the advert is gone or the force has declined meanwhile', () => {
    const full = ruled();
    prepare(full);
    full.offer('s1', { quantity: 3 }, 'surrey');
    full.accept(['s1', 3]);
    expect(full.refusalOf(approve())).toBe('line-full');
    const gone = ruled();
    prepare(gone);
    const data = { force: 'sussex', capabilityId: 'psu-1', revision: 2, reasonCode: 'policy' as const };
    gone.store([{ type: 'muster.capability.withdrawn.v1', data }], 'sussex', 'w');
    expect(gone.refusalOf(approve())).toBe('advert-not-current');
    const declined = ruled();
    prepare(declined);
    declined.send('offer-decline', 'sussex', {
      ...{ commandId: 'd', host: 'kent', requestId: 'r1', lineIds: ['l1'], reasonCode: 'own-demand' },
    });
    expect(declined.refusalOf(approve())).toBe('already-answered');
  });

  test('when the request has ended', () => {
    const scene = ruled();
    prepare(scene);
    scene.send('request-cancel', 'kent', {
      ...{ commandId: 'end', requestId: 'r1', reasonCode: 'resolved', reason: 'Over' },
    });
    expect(scene.refusalOf(approve())).toBe('request-ended');
    expect(scene.refusalOf(refuseIt({ declineReason: 'other' }))).toBe('request-ended');
    expect(scene.refusalOf(refuseIt())).toBeUndefined();
  });
});

type Stage = 'prepared' | 'approved' | 'refused';
const WAY: Record<Stage, (scene: Scene) => void> = {
  prepared: () => undefined,
  approved: (scene) => void scene.run(approve({ commandId: 'first' })),
  refused: (scene) => void scene.run(refuseIt({ commandId: 'first' })),
};

describe.each(Object.entries(WAY))('an offer that is %s', (stage, go) => {
  test.each([
    ['approve', approve(), 'approved'],
    ['refuse', refuseIt(), 'refused'],
  ] as const)('%s', (_, command, to) => {
    const scene = ruled();
    prepare(scene);
    go(scene);
    if (stage !== 'prepared') {
      expect(scene.refusalOf(command)).toBe('wrong-status');
      return;
    }
    scene.run(command);
    expect(scene.request().preparations.get('sussex/o1')?.status).toBe(to);
  });
});

test('the same units are not prepared twice for a line, nor two offers under one id', () => {
  const scene = ruled();
  prepare(scene);
  const again = (commandId: string, over: object) =>
    scene.refusalOf({ ...approve(), ...prepareOf(commandId, over) });
  expect(again('o2', {})).toBe('already-answered');
  expect(again('o1', { capabilityId: 'psu-2' })).toBe('command-id-reused');
});

const prepareOf = (commandId: string, over: object) => {
  const base = { commandId, actor: donorDesk, classification: 'OFFICIAL' as const, quantity: 2 };
  const of = { host: 'kent', requestId: 'r1', lineId: 'l1', capabilityId: 'psu-1', estimatedArrival: at(3) };
  return { name: 'offer-make' as const, org: 'sussex', body: { ...base, ...of, ...over } };
};

test('who refuses one is its approver or its desk', () => {
  const scene = ruled();
  prepare(scene);
  expect(scene.refusalOf(refuseIt({ actor: { role: 'finance', id: 'f' } }))).toBe('wrong-role');
});
