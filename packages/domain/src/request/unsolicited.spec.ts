import type { CommandBody } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { maySeeRequest } from '../access/requests.ts';
import { requestViewFor } from '../access/requestView.ts';
import { waitingOf } from '../board/board.ts';
import { reachStage } from '../testing/asked.ts';
import { audit } from '../testing/audit.ts';
import { check, LIVE, NOT_SENT, OVER } from '../testing/cells.ts';
import { approve, donorChief, prepare, refuseIt, ruled } from '../testing/prepared.ts';
import { at, line } from '../testing/samples.ts';
import { offerBody, type Scene, startScene, typesOf } from '../testing/scene.ts';
import { lineCounts } from './lines.ts';

const unsolicited = { unsolicited: true } as const;
type Over = Partial<CommandBody<'offer-make'>>;

/** Kent asks surrey for three units; sussex, which has three, was not asked. */
const asked = (over: Partial<CommandBody<'request-create'>> = {}): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey', 'kent']) scene.advertise({ force });
  scene.ask({
    lines: [line({ quantity: 3 })],
    recipients: { kind: 'forces', forces: ['surrey'] },
    ...over,
  });
  return scene;
};

const offer = (over: Over = {}, org = 'sussex') =>
  ({ name: 'offer-make', org, body: offerBody('o1', { quantity: 2, ...unsolicited, ...over }) }) as const;
const answers = (scene: Scene, org = 'kent') =>
  requestViewFor(scene.ledger, scene.request(), org).answers.map(({ force, answer, ...said }) => ({
    ...{ force, answer },
    ...(said.unsolicited && { unsolicited: true }),
  }));

describe('a force that was not asked', () => {
  test('may offer all the same, which holds nothing and is shown for what it is', () => {
    const scene = asked();
    expect(scene.refusalOf(offer({ unsolicited: undefined }))).toBe('not-found');
    expect(scene.run(offer())).toMatchObject([
      { type: 'muster.offer.made.v1', data: { donor: 'sussex', quantity: 2, unsolicited: true } },
    ]);
    expect(lineCounts(scene.request(), line({ quantity: 3 }))).toMatchObject({ offered: 2, reserved: 0 });
    expect(requestViewFor(scene.ledger, scene.request(), 'kent').offers).toMatchObject([
      { offerId: 'o1', status: 'made', unsolicited: true },
    ]);
    expect(answers(scene)).toEqual([
      { force: 'surrey', answer: 'waiting' },
      { force: 'sussex', answer: 'offered', unsolicited: true },
    ]);
  });

  test('sees the request from then on, of the answers its own only, and is told of its end', () => {
    const scene = asked();
    expect(maySeeRequest('sussex', scene.request())).toBe(false);
    scene.run(offer());
    expect(maySeeRequest('sussex', scene.request())).toBe(true);
    expect(maySeeRequest('essex', scene.request())).toBe(false);
    expect(answers(scene, 'sussex')).toEqual([{ force: 'sussex', answer: 'offered', unsolicited: true }]);
    const told = scene.send('request-cancel', 'kent', {
      ...{ commandId: 'x', requestId: 'r1', reasonCode: 'resolved', reason: 'Over' },
    });
    expect(told.filter(({ type }) => type.endsWith('notice.v1')).map(({ data }) => data)).toMatchObject([
      { force: 'surrey' },
      { force: 'sussex' },
    ]);
  });

  test('lends what it offered like any other: accepted, confirmed by its own ledger, committed', () => {
    const scene = asked();
    scene.run(offer());
    scene.accept(['o1', 2]);
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('reserved');
    scene.settle('sussex', 'psu-1');
    expect(scene.request().offers.get('o1')).toMatchObject({ status: 'committed', unsolicited: true });
    expect(audit(scene.stored)).toEqual([]);
  });

  test('may withdraw, offer from another capability, and be turned down for good', () => {
    const scene = asked();
    scene.advertise({ capabilityId: 'psu-2' });
    scene.run(offer());
    expect(scene.refusalOf(offer({ commandId: 'o2' }))).toBe('already-answered');
    scene.run(offer({ commandId: 'o2', capabilityId: 'psu-2', quantity: 1 }));
    scene.send('offer-withdraw', 'sussex', {
      ...{ commandId: 'w', host: 'kent', requestId: 'r1', offerId: 'o2' },
      ...{ reasonCode: 'own-demand', reason: 'Needed' },
    });
    expect(scene.refusalOf(offer({ commandId: 'o3', unsolicited: undefined }))).toBe('not-asked');
    scene.send('ask-withdraw', 'kent', { commandId: 'n', requestId: 'r1', force: 'sussex', reason: 'No' });
    expect(scene.request().offers.get('o1')?.status).toBe('not-selected');
    expect(scene.refusalOf(offer({ commandId: 'o4' }))).toBe('not-asked');
  });

  test('offers after the answer time too, also for a line that nobody is left to fill', () => {
    const scene = asked({ escalation: 'by-hand' });
    scene.setNow(scene.request().answerBy);
    const passed = scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    expect(typesOf(passed)).toContain('request.unfilled');
    scene.run(offer({ quantity: 3 }));
    expect(answers(scene)).toEqual([
      { force: 'surrey', answer: 'expired' },
      { force: 'sussex', answer: 'offered', unsolicited: true },
    ]);
    scene.accept(['o1', 3]);
    scene.settle('sussex', 'psu-1');
    expect(requestViewFor(scene.ledger, scene.request(), 'kent').status).toBe('filled');
  });

  test('is not among those who were asked when a line stays unfilled', () => {
    const scene = asked({ escalation: 'by-hand' });
    scene.run(offer());
    scene.setNow(scene.request().answerBy);
    const passed = scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    expect(passed.find(({ type }) => type === 'muster.request.unfilled.v1')?.data).toMatchObject({
      ...{ missing: 1, asked: ['surrey'], offered: [], silent: ['surrey'] },
    });
  });
});

const ofBedfordshire = offer({ commandId: 'u1', quantity: 1, estimatedArrival: at(5) }, 'bedfordshire');

test.each([...LIVE])(
  'a request that is %s takes an unsolicited offer while it needs units, and stays what it is',
  (stage) => {
    const cell = stage === 'filled' ? '!line-full' : stage;
    check(stage, cell, { command: () => ofBedfordshire });
  },
);

describe('of a request that a force was not told of it learns nothing', () => {
  test.each([
    ['another request', { requestId: 'r9' }],
    ['another host', { host: 'durham' }],
    ['another line', { lineId: 'l9' }],
    ['another kind of unit', { capabilityId: 'dog-1' }],
    ['a capability that it has not', { capabilityId: 'none' }],
  ])('by naming %s', (_, over) => {
    const scene = asked();
    scene.advertise({ capabilityId: 'dog-1', code: 'SE.DOG' });
    expect(scene.refusalOf(offer(over))).toBe('not-found');
  });

  test.each([...NOT_SENT, 'awaiting-approval', ...OVER] as const)('while it is %s', (stage) => {
    expect(reachStage(stage).refusalOf(ofBedfordshire)).toBe('not-found');
  });

  test('and no centre offers, nor the host itself', () => {
    const scene = asked();
    expect(scene.refusalOf(offer({}, 'npocc'))).toBe('not-permitted');
    expect(scene.refusalOf(offer({}, 'kent'))).toBe('not-found');
  });
});

describe('a force that was asked', () => {
  test('answers that, and offers nothing unsolicited for the same line, in time or later', () => {
    const scene = asked();
    expect(scene.refusalOf(offer({}, 'surrey'))).toBe('invalid');
    scene.setNow(scene.request().answerBy);
    expect(scene.refusalOf(offer({}, 'surrey'))).toBe('answer-time-passed');
  });

  test('does not take back its decline by it', () => {
    const scene = asked();
    scene.send('offer-decline', 'surrey', {
      ...{ commandId: 'd', host: 'kent', requestId: 'r1', lineIds: ['l1'], reasonCode: 'own-demand' },
    });
    expect(scene.refusalOf(offer({}, 'surrey'))).toBe('already-answered');
  });

  test('may offer unsolicited for another line, whose need it sees', () => {
    const scene = asked({ lines: [line({ quantity: 3 }), line({ lineId: 'l2' })] });
    scene.send('request-ask', 'kent', {
      ...{ commandId: 'more', requestId: 'r1', lineIds: ['l1'], answerBy: at(3) },
      recipients: { kind: 'forces', forces: ['sussex'] },
    });
    scene.run(offer({ lineId: 'l2' }));
    expect(answers(scene, 'sussex')).toEqual([
      { force: 'sussex', answer: 'waiting' },
      { force: 'sussex', answer: 'offered', unsolicited: true },
    ]);
    expect(scene.refusalOf(offer({ commandId: 'o2', lineId: 'l9' }))).toBe('not-found');
  });
});

/** Sussex leaves one unit to its policy, and was not asked. */
const ruledAndNotAsked = (): Scene => {
  const scene = ruled();
  scene.ask({
    ...{ commandId: 'r2', lines: [line({ quantity: 3 })] },
    recipients: { kind: 'forces', forces: ['surrey'] },
  });
  prepare(scene, { requestId: 'r2', ...unsolicited });
  return scene;
};
const r2 = { requestId: 'r2' };
const waits = (scene: Scene, org: string) =>
  waitingOf(org, scene, scene.now())
    .filter(({ kind, requestId }) => kind === 'approve-offer' && requestId === 'r2')
    .map(({ waitsFor, by }) => ({ waitsFor, by }));

describe('an unsolicited offer above what its force leaves to its policy', () => {
  test('waits for another post of that force, which sees what it is for, and nobody else knows of it', () => {
    const scene = ruledAndNotAsked();
    const request = scene.request('r2');
    expect(request.offers.size).toBe(0);
    expect(waits(scene, 'sussex')).toEqual([{ waitsFor: ['sussex'], by: undefined }]);
    expect(waits(scene, 'kent')).toEqual([]);
    expect(maySeeRequest('sussex', request)).toBe(true);
    expect(maySeeRequest('essex', request)).toBe(false);
    expect(requestViewFor(scene.ledger, request, 'kent').answers).toHaveLength(1);
  });

  test('is made once that post approves, also when the time of those who were asked has passed', () => {
    const scene = ruledAndNotAsked();
    expect(scene.refusalOf(approve({ ...r2, actor: { ...donorChief, id: 'resource-desk' } }))).toBe(
      'same-person',
    );
    scene.setNow(scene.request('r2').answerBy);
    scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r2' });
    expect(waits(scene, 'sussex')).toHaveLength(1);
    const [, made] = scene.run(approve(r2));
    expect(made?.data).toMatchObject({ unsolicited: true, approval: { basis: 'delegated' } });
  });

  test('is refused like any other, and there is nothing to decline', () => {
    const scene = ruledAndNotAsked();
    expect(scene.refusalOf(refuseIt({ ...r2, declineReason: 'own-demand' }))).toBe('not-asked');
    scene.run(refuseIt(r2));
    expect(maySeeRequest('sussex', scene.request('r2'))).toBe(false);
  });
});
