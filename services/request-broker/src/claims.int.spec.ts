import type { Clock } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from './service.ts';
import { homeDesk } from './testing/home.ts';
import { acceptOf, createOf, desk, inMs, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

const DAY_MS = 86_400_000;
const donorDesk = { role: 'donor-desk', id: 'resources' } as const;
const finance = (id: string) => ({ role: 'finance', id }) as const;
const PAY = { lineId: 'pay', category: 'pay', hours: 8, amountPence: 40_001 } as const;
const TRAVEL = { lineId: 'travel', category: 'travel', amountPence: 1_250 } as const;

let world: World;
let inTime: Broker[];
let kent: Org;
let essex: Org;

beforeAll(async () => {
  world = await startWorld();
  inTime = await Promise.all([world.replica(), world.replica()]);
  [kent, essex] = await Promise.all([world.as('kent'), world.as('essex')]);
});

afterAll(() => world[Symbol.asyncDispose]());

const name = (id: string) => ({ donor: 'essex', claimId: `off-${id}` });
const claimOf = (id: string, org = kent) => org.answer('claim-show', name(id));
const statusOf = async (id: string) => {
  const { items } = await kent.answer('deployment-list', { donor: 'essex' });
  return items.find(({ deploymentId }) => deploymentId === `off-${id}`)?.status;
};

/** Essex has lent one unit to kent, and it is home. */
const lentAndHome = async (id: string): Promise<void> => {
  await world.advertise('essex', `cap-${id}`);
  const home = homeDesk(essex, world.mode, 'essex', `cap-${id}`);
  await kent.stored('request-create', createOf(`req-${id}`, ['essex']));
  await essex.stored('offer-make', offerOf(`off-${id}`, 'kent', `req-${id}`, `cap-${id}`));
  await kent.stored('offer-accept', acceptOf(`acc-${id}`, `req-${id}`, `off-${id}`));
  await home.read();
  await eventually(() => statusOf(id));
  const of = { donor: 'essex', deploymentId: `off-${id}` };
  await kent.stored('deployment-release', {
    ...{ ...of, commandId: `rel-${id}`, actor: desk, reasonCode: 'task-complete' },
  });
  await essex.stored('deployment-return', {
    ...{ ...of, commandId: `back-${id}`, actor: donorDesk, at: inMs(0), injuries: 0, welfareReferral: false },
  });
};

const head = (id: string, step: string, post = 'finance-1') => ({
  ...{ ...name(id), commandId: `${step}-${id}`, actor: finance(post) },
});
const submitted = async (id: string): Promise<void> => {
  await essex.stored('claim-estimate', { ...head(id, 'estimate'), lines: [PAY] });
  await essex.stored('claim-record', { ...head(id, 'record'), lines: [PAY, TRAVEL] });
  await essex.stored('claim-submit', head(id, 'submit'));
};
const agreed = async (id: string): Promise<void> => {
  await submitted(id);
  await kent.stored('claim-check', head(id, 'check'));
  await kent.stored('claim-agree', head(id, 'agree', 'finance-lead'));
};
const pay = (id: string) =>
  kent.stored('claim-pay', {
    ...{ ...head(id, 'pay'), amountPence: 41_251, paidAt: inMs(0), paymentRef: 'BACS 1' },
  });
const debrief = (id: string) =>
  essex.stored('deployment-debrief', {
    ...{ donor: 'essex', deploymentId: `off-${id}`, commandId: `debrief-${id}`, actor: donorDesk },
    lessons: 'More water',
  });

describe('a claim', () => {
  it('goes from estimate over a query to payment, each step seen by both sides and repeated without effect', async () => {
    await lentAndHome('paid');
    await submitted('paid');
    await kent.stored('claim-query', {
      ...{ ...head('paid', 'query', 'finance-2'), reason: 'Which sheet?', lineIds: ['travel'] },
    });
    const answer = { ...head('paid', 'answer'), answer: 'Sheet 4', lines: [TRAVEL] };
    await essex.stored('claim-answer', answer);
    expect((await essex.stored('claim-answer', answer)).repeated).toBe(true);
    expect(await claimOf('paid', essex)).toMatchObject({ status: 'SUBMITTED', round: 2, totalPence: 41_251 });
    const agree = (post: string) => head('paid', `agree-${post}`, post);
    expect((await kent.refused('claim-agree', agree('finance-lead'))).refused).toBe('approval-needed');
    await kent.stored('claim-check', head('paid', 'check'));
    expect((await kent.refused('claim-agree', agree('finance-1'))).refused).toBe('same-person');
    expect((await kent.refused('claim-agree', agree('finance-2'))).refused).toBe('same-person');
    await kent.stored('claim-agree', agree('finance-lead'));
    await debrief('paid');
    expect(await statusOf('paid')).toBe('RETURNED');
    const { items } = await kent.answer('handover', {});
    expect(items.find(({ kind }) => kind === 'claim')).toMatchObject({
      ...{ id: 'off-paid', side: 'host', status: 'AGREED', deadlines: [{ name: 'due' }] },
    });
    await pay('paid');
    expect(await claimOf('paid')).toMatchObject({ status: 'PAID', totalPence: 41_251 });
    expect(await statusOf('paid')).toBe('CLOSED');
    const { events } = await essex.answer('events', { afterSeq: 0, requestId: 'req-paid', limit: 1_000 });
    const paid = events.find(({ envelope }) => envelope.type === 'muster.claim.paid.v1');
    expect(paid?.envelope).toMatchObject({ actor: 'kent/finance/finance-1', correlationId: 'req-paid' });
  });

  it('is for its two sides to see, and for those that look after them', async () => {
    const surrey = await world.as('surrey');
    expect((await surrey.answer('claim-list', {})).items).toEqual([]);
    expect((await surrey.refused('claim-check', head('paid', 'strange'))).refused).toBe('not-found');
    const { items } = await (await world.as('npocc')).answer('claim-list', { status: 'PAID' });
    expect(items.map(({ claimId }) => claimId)).toEqual(['off-paid']);
  });

  it('that is paid beside the debrief leaves its deployment closed, whichever is stored first', async () => {
    await lentAndHome('race');
    await agreed('race');
    await Promise.all([debrief('race'), pay('race')]);
    await eventually(async () => (await statusOf('race')) === 'CLOSED');
    const { events } = await kent.answer('events', { afterSeq: 0, requestId: 'req-race', limit: 1_000 });
    const closed = events.filter(({ envelope }) => envelope.type === 'muster.deployment.closed.v1');
    expect(closed).toHaveLength(1);
  });
});

const overdueOf = async (id: string) => {
  const { events } = await kent.answer('events', { afterSeq: 0, requestId: `req-${id}`, limit: 1_000 });
  return events.filter(({ envelope }) => envelope.type === 'muster.claim.overdue.v1');
};

// Last, since from then on the brokers' clocks are ahead.
it('a step whose time passed while every broker was down is told once, and the step can still be taken', async () => {
  await lentAndHome('late');
  await submitted('late');
  const { dueBy } = await claimOf('late');
  await Promise.all(inTime.map((broker) => broker.stop()));
  const ahead: Clock = { now: () => Date.now() + 29 * DAY_MS };
  await Promise.all([world.replica(ahead), world.replica(ahead)]);
  await eventually(async () => (await claimOf('late')).isOverdue);
  expect((await overdueOf('late')).map(({ data }) => data)).toMatchObject([{ status: 'SUBMITTED', dueBy }]);
  const { actions } = await kent.answer('board', {});
  expect(actions.find(({ item }) => item.id === 'off-late')).toMatchObject({
    ...{ kind: 'judge-claim', isMine: true, isLate: true },
  });
  await kent.stored('claim-check', head('late', 'check'));
  await kent.stored('claim-agree', head('late', 'agree', 'finance-lead'));
  expect(await claimOf('late')).toMatchObject({ status: 'AGREED', isOverdue: false });
  expect(await overdueOf('late')).toHaveLength(1);
});
