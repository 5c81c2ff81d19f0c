import { systemClock } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOf, inHours, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';
import type { TravelPort } from './travel/port.ts';

let world: World;
let kent: Org;
let essex: Org;
let centre: Org;

/** A table that knows every road to be three hours and a minute long. */
const roads: TravelPort = {
  times: async (from) => {
    const places = [...from].length;
    return () => ({ minutes: 181, source: 'osrm-table', because: `one of ${places}` });
  },
};
const keeper = { role: 'force-ict', id: 'register-keeper' } as const;
const chief = { role: 'approver', id: 'duty-acc' } as const;
const rationale = {
  information: 'two sites are down',
  threatAndRisk: 'no control room tonight',
  powersAndPolicy: 'section 24',
  options: 'wait, hire, ask',
  actionAndReview: 'ask; look again at six',
};

beforeAll(async () => {
  world = await startWorld();
  await world.replica(systemClock, roads);
  kent = await world.as('kent');
  essex = await world.as('essex');
  centre = await world.as('npocc');
  await kent.stored('delegation-grant', {
    ...{ commandId: 'del-1', actor: keeper, post: chief.id, role: 'approver', reason: 'yearly scheme' },
    scope: { codes: ['CY'], maxQuantity: 10, emergencies: true },
    ...{ validFrom: inHours(-1), validTo: inHours(48) },
  });
});

afterAll(() => world[Symbol.asyncDispose]());

const show = (org: Org, requestId: string) => org.answer('request-show', { host: 'kent', requestId });

describe('a request that people approve', () => {
  it('is a draft that nobody else sees, then waits, then goes out', async () => {
    await kent.stored('request-draft', createOf('appr-1', ['essex']));
    expect(await show(kent, 'appr-1')).toMatchObject({ status: 'draft' });
    const hidden = async (org: Org) => {
      const listed = await org.answer('request-list', { host: 'kent' });
      const told = await org.answer('events', { afterSeq: 0, requestId: 'appr-1', limit: 1_000 });
      return { requests: listed.items.map(({ requestId }) => requestId), events: told.events };
    };
    expect(await hidden(centre)).toEqual({ requests: [], events: [] });

    await kent.stored('request-submit', {
      commandId: 'appr-2',
      actor: { role: 'requester', id: 'duty-desk' },
      requestId: 'appr-1',
      approvalRoute: { kind: 'person' },
    });
    expect(await show(centre, 'appr-1')).toMatchObject({ status: 'awaiting-approval' });
    expect((await hidden(essex)).requests).toEqual([]);

    const approve = { commandId: 'appr-3', requestId: 'appr-1', rationale };
    const self = { ...approve, actor: { role: 'approver', id: 'duty-desk' } as const };
    expect(await kent.refused('request-approve', self)).toMatchObject({ refused: 'same-person' });
    await kent.stored('request-approve', { ...approve, actor: chief });
    expect(await show(essex, 'appr-1')).toMatchObject({ status: 'open', answers: [{ answer: 'waiting' }] });
    const { delegations } = await kent.answer('delegations', {});
    expect(delegations).toMatchObject([{ delegationId: 'del-1', isValid: true }]);
  });

  it('is corrected for all to see', async () => {
    await kent.stored('request-create', createOf('appr-4', ['essex']));
    const { lines } = createOf('unused', ['essex']);
    await kent.stored('request-amend', {
      ...{ commandId: 'appr-5', actor: { role: 'requester', id: 'duty-desk' }, requestId: 'appr-4' },
      lines: lines.map((line) => ({ ...line, quantity: 3 })),
      reason: 'typed a one for a three',
      corrects: { eventId: 'kent.appr-4.1', kind: 'mistyped-quantity' },
    });
    const seen = await show(essex, 'appr-4');
    expect(seen.lines[0]?.line.quantity).toBe(3);
    const { events } = await essex.answer('events', { afterSeq: 0, requestId: 'appr-4', limit: 1_000 });
    expect(events.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ notice: expect.objectContaining({ kind: 'amended' }) }),
    );
  });

  it('is in the register of its own organisation and its centres only', async () => {
    expect(await centre.answer('delegations', { org: 'kent' })).toMatchObject({ org: 'kent' });
    const asked = await essex.caller.ask(world.mode, 'essex', 'delegations', { org: 'kent' });
    expect(asked).toMatchObject({ kind: 'refused', refusal: { refused: 'not-permitted' } });
  });

  it('may be approved by word of mouth, with the written one due within the hour', async () => {
    await kent.stored('request-create', {
      ...createOf('appr-6', ['essex']),
      approvalRoute: { kind: 'oral', post: chief.id, at: inHours(-0.01), reason: 'going down now' },
    });
    const before = await show(kent, 'appr-6');
    expect(before).toMatchObject({ status: 'open', oral: { isOpen: true, isOverdue: false } });
    await kent.stored('request-approve', {
      ...{ commandId: 'appr-7', actor: chief, requestId: 'appr-6', rationale },
    });
    await eventually(async () => (await show(kent, 'appr-6')).oral?.isOpen === false);
    const told = await centre.answer('oral-approvals', { host: 'kent' });
    expect(told).toMatchObject({
      totals: { all: 1, inTime: 1, late: 0, awaited: 0 },
      items: [
        {
          ...{ requestId: 'appr-6', post: chief.id, words: 'going down now', isLate: false },
          written: { kind: 'approved', by: chief.id },
        },
      ],
    });
    expect(await kent.answer('oral-approvals', {})).toEqual({ ...told, asOf: expect.any(String) });
    expect(await centre.answer('oral-approvals', { to: inHours(-1) })).toMatchObject({ items: [] });
    expect(await essex.answer('oral-approvals', {})).toMatchObject({ totals: { all: 0 }, items: [] });
  });
});

it('the national centre sets the weights, once for each version, and everybody is ranked and told by them', async () => {
  const duty = { role: 'national-centre', id: 'npocc-duty' } as const;
  await centre.stored('delegation-grant', {
    ...{ commandId: 'del-2', actor: keeper, post: duty.id, role: duty.role, reason: 'yearly scheme' },
    scope: { codes: ['*'], maxQuantity: 1, emergencies: false },
    ...{ validFrom: inHours(-1), validTo: inHours(48) },
  });
  const { inForce } = await kent.answer('matching-policy', {});
  const body = {
    ...{ commandId: 'weigh-1', actor: duty, replaces: inForce.version, reason: 'minutes count for more' },
    weights: { ...inForce.weights, lateness: 9 },
  };
  expect(await kent.refused('matching-policy-set', body)).toMatchObject({ refused: 'not-permitted' });
  await centre.stored('matching-policy-set', body);
  expect(await centre.stored('matching-policy-set', body)).toMatchObject({ repeated: true });
  const late = await centre.refused('matching-policy-set', { ...body, commandId: 'weigh-2' });
  expect(late).toMatchObject({ refused: 'wrong-status', fields: [{ path: 'replaces' }] });
  const told = await essex.answer('matching-policy', {});
  expect(told).toMatchObject({ inForce: { weights: { lateness: 9 } }, earlier: [inForce] });

  await world.advertise('essex', 'weighed');
  await kent.stored('request-create', createOf('weighed-1', ['essex']));
  const ranked = await kent.answer('candidates', { requestId: 'weighed-1', lineId: 'a' });
  expect(ranked).toMatchObject({ policyVersion: told.inForce.version, candidates: [{ eligible: true }] });
  expect(ranked.candidates[0]).toMatchObject({
    travel: { minutes: 181, source: 'osrm-table', because: 'one of 1' },
    terms: expect.arrayContaining([expect.objectContaining({ term: 'lateness', weight: 9 })]),
  });
  const plan = await kent.answer('plan', { requestIds: ['weighed-1'] });
  expect(plan.assignments).toMatchObject([{ travel: { minutes: 181, source: 'osrm-table' } }]);
});

describe('an offer that people approve', () => {
  const resources = { role: 'donor-desk', id: 'resources' } as const;
  const approver = { role: 'donor-approver', id: 'essex-acc' } as const;
  const of = { host: 'kent', requestId: 'appr-offer', offerId: 'off-big' };

  it('is its own force’s alone until another post has let it out', async () => {
    await essex.stored('delegation-grant', {
      ...{ commandId: 'del-essex', actor: keeper, post: approver.id, role: approver.role },
      ...{ scope: { codes: ['CY'], maxQuantity: 1, emergencies: false }, reason: 'yearly scheme' },
      ...{ validFrom: inHours(-1), validTo: inHours(48) },
    });
    await essex.stored('approval-rules-set', {
      ...{ commandId: 'rules-essex', actor: keeper, reason: 'people decide on every offer' },
      rules: { requests: { personAbove: null }, offers: { personAbove: 0 } },
    });
    await world.advertise('essex', 'cap-big');
    await kent.stored('request-create', createOf('appr-offer', ['essex']));
    const make = { ...offerOf('off-big', 'kent', 'appr-offer', 'cap-big'), actor: resources };
    const prepared = await essex.stored('offer-make', make);
    expect(prepared.events.map(({ type }) => type)).toEqual(['muster.offer.prepared.v1']);
    expect((await essex.stored('offer-make', make)).repeated).toBe(true);
    expect((await show(essex, 'appr-offer')).offers).toMatchObject([{ status: 'prepared' }]);
    const { actions } = await essex.answer('board', {});
    expect(actions.find(({ kind }) => kind === 'approve-offer')).toMatchObject({ offerId: 'off-big' });
    for (const org of [kent, centre]) {
      expect((await show(org, 'appr-offer')).offers).toEqual([]);
      const { events } = await org.answer('events', { afterSeq: 0, requestId: 'appr-offer', limit: 1_000 });
      expect(events.filter(({ envelope }) => envelope.type.startsWith('muster.offer.'))).toEqual([]);
      const board = await org.answer('board', {});
      expect(board.actions.filter(({ kind }) => kind === 'approve-offer')).toEqual([]);
    }
    const approve = { commandId: 'ok-big', actor: approver, ...of, rationale };
    const self = { ...approve, actor: { ...approver, id: resources.id }, commandId: 'ok-self' };
    expect((await essex.refused('offer-approve', self)).refused).toBe('same-person');
    await essex.stored('offer-approve', approve);
    expect((await essex.stored('offer-approve', approve)).repeated).toBe(true);
    expect((await show(kent, 'appr-offer')).offers).toMatchObject([{ offerId: 'off-big', status: 'made' }]);
    const again = { ...make, commandId: 'ok-big' };
    expect((await essex.refused('offer-make', again)).refused).toBe('command-id-reused');
  });
});
