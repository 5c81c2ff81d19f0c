import type { Clock } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from './service.ts';
import { homeDesk } from './testing/home.ts';
import { acceptOf, createOf, desk, inHours, inMs, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

const HOUR_MS = 3_600_000;
const donorDesk = { role: 'donor-desk', id: 'resources' } as const;

let world: World;
let inTime: Broker;
let kent: Org;
let essex: Org;

beforeAll(async () => {
  world = await startWorld();
  inTime = await world.replica();
  [kent, essex] = await Promise.all([world.as('kent'), world.as('essex')]);
});

afterAll(() => world[Symbol.asyncDispose]());

type Made = Partial<ReturnType<typeof offerOf>>;

/** Essex offers one unit to kent. */
const offer = async (id: string, over: Made = {}) => {
  await world.advertise('essex', `cap-${id}`);
  await kent.stored('request-create', createOf(`req-${id}`, ['essex']));
  await essex.stored('offer-make', { ...offerOf(`off-${id}`, 'kent', `req-${id}`, `cap-${id}`), ...over });
  return { host: 'kent', requestId: `req-${id}`, offerId: `off-${id}` };
};

const shown = async (id: string) => {
  const { offers } = await kent.answer('request-show', { host: 'kent', requestId: `req-${id}` });
  return offers.find(({ offerId }) => offerId === `off-${id}`);
};

const lapsesOf = async (id: string) => {
  const { events } = await kent.answer('events', { afterSeq: 0, requestId: `req-${id}`, limit: 1_000 });
  return events.filter(({ envelope }) => envelope.type === 'muster.offer.lapsed.v1');
};

describe('an offer that nobody has accepted', () => {
  it('is accepted only once its condition has come true', async () => {
    const { host, requestId, offerId } = await offer('if', { condition: 'the match ends quietly' });
    expect(await shown('if')).toMatchObject({ status: 'provisional', condition: 'the match ends quietly' });
    const early = await kent.refused('offer-accept', acceptOf('acc-early', requestId, offerId));
    expect(early.refused).toBe('offer-not-open');
    const met = { commandId: 'met-if', actor: donorDesk, host, requestId, offerId, note: 'it has ended' };
    await essex.stored('offer-condition-met', met);
    expect((await essex.stored('offer-condition-met', met)).repeated).toBe(true);
    await kent.stored('offer-accept', acceptOf('acc-if', requestId, offerId));
    expect(await shown('if')).toMatchObject({ status: 'accepted' });
  });

  it('is taken back by its donor, put right by a new one, and turned down by its host', async () => {
    const of = await offer('typo');
    const error = { reasonCode: 'entered-in-error', reason: 'another team was meant' } as const;
    const back = { commandId: 'back-typo', actor: donorDesk, ...of, ...error };
    await essex.stored('offer-withdraw', back);
    expect((await essex.stored('offer-withdraw', back)).repeated).toBe(true);
    expect(await shown('typo')).toMatchObject({ status: 'withdrawn' });
    const again = { ...offerOf('off-right', 'kent', 'req-typo', 'cap-typo'), corrects: of.offerId };
    await essex.stored('offer-make', again);
    const no = { actor: desk, requestId: 'req-typo', offerId: 'off-right', reason: 'a nearer team is free' };
    await kent.stored('offer-not-select', { ...no, commandId: 'no-right' });
    const { offers } = await essex.answer('request-show', { host: 'kent', requestId: 'req-typo' });
    expect(offers.map(({ status, corrects }) => [status, corrects])).toEqual([
      ['withdrawn', undefined],
      ['not-selected', 'off-typo'],
    ]);
  });

  it('is not turned down under the id of an acceptance in consequence of which others were', async () => {
    const { requestId, offerId } = await offer('two');
    await world.advertise('essex', 'cap-other');
    await essex.stored('offer-make', offerOf('off-other', 'kent', requestId, 'cap-other'));
    await kent.stored('offer-accept', acceptOf('acc-two', requestId, offerId));
    const no = { commandId: 'acc-two', actor: desk, requestId, offerId: 'off-other', reason: 'not needed' };
    expect((await kent.refused('offer-not-select', no)).refused).toBe('command-id-reused');
  });

  it('lapses by the timer of a live broker, which the desk sees coming', async () => {
    await offer('soon', { validUntil: inMs(600) });
    await eventually(async () => (await shown('soon'))?.status === 'lapsed');
    expect((await lapsesOf('soon')).map(({ data }) => data)).toMatchObject([
      { reasonCode: 'validity-passed', offerId: 'off-soon' },
    ]);
  });

  it('has no deadline left once its request has ended', async () => {
    await offer('ended', { validUntil: inHours(0.5) });
    const deadlines = async () => {
      const { items } = await kent.answer('handover', {});
      return items.find(({ id }) => id === 'req-ended')?.deadlines.map(({ name }) => name);
    };
    expect(await deadlines()).toContain('valid-off-ended');
    await kent.stored('request-cancel', {
      ...{ commandId: 'cancel-ended', actor: desk, requestId: 'req-ended' },
      ...{ reasonCode: 'resolved', reason: 'it is over' },
    });
    expect(await deadlines()).toBeUndefined();
  });
});

describe('an offer of a force that was not asked', () => {
  it('needs the name of the request, shows as unsolicited, and lets its force and nobody else see it', async () => {
    const surrey = await world.as('surrey');
    await world.advertise('essex', 'cap-unasked');
    await kent.stored('request-create', createOf('req-unasked', ['surrey']));
    const plain = offerOf('off-unasked', 'kent', 'req-unasked', 'cap-unasked');
    const made = { ...plain, unsolicited: true } as const;
    expect((await essex.refused('offer-make', plain)).refused).toBe('not-found');
    const wrong = await essex.refused('offer-make', { ...made, requestId: 'req-guess' });
    expect(wrong.refused).toBe('not-found');
    const show = { host: 'kent', requestId: 'req-unasked' };
    const before = await essex.caller.ask(world.mode, 'essex', 'request-show', show);
    expect(before).toMatchObject({ kind: 'refused', refusal: { refused: 'not-found' } });
    await essex.stored('offer-make', made);
    expect((await essex.stored('offer-make', made)).repeated).toBe(true);
    const seen = { offers: [{ offerId: 'off-unasked', status: 'made', unsolicited: true }] };
    expect(await kent.answer('request-show', show)).toMatchObject(seen);
    expect(await essex.answer('request-show', show)).toMatchObject(seen);
    expect((await surrey.answer('request-show', show)).offers).toEqual([]);
    const board = await kent.answer('board', {});
    const row = board.requests.find(({ requestId }) => requestId === 'req-unasked');
    expect(row?.lines).toMatchObject([{ asked: 1, offering: 0, unsolicited: 1, offered: 1 }]);
    await kent.stored('offer-accept', acceptOf('acc-unasked', 'req-unasked', 'off-unasked'));
    await homeDesk(essex, world.mode, 'essex', 'cap-unasked').read();
    await eventually(async () => {
      const { offers } = await kent.answer('request-show', show);
      return offers[0]?.status === 'committed';
    });
  });
});

describe('an acceptance that was made in error', () => {
  it('is taken back once, and the unit is lent again only after its home has answered', async () => {
    const { host, requestId, offerId } = await offer('wrong');
    await kent.stored('offer-accept', acceptOf('acc-wrong', requestId, offerId));
    const back = { actor: desk, requestId, offerId, reason: 'another force was meant' };
    const byOther = await essex.refused('acceptance-withdraw', { ...back, commandId: 'back-essex' });
    expect(byOther.refused).toBe('not-found');
    await kent.stored('acceptance-withdraw', { ...back, commandId: 'back-wrong' });
    expect((await kent.stored('acceptance-withdraw', { ...back, commandId: 'back-wrong' })).repeated).toBe(
      true,
    );
    expect((await kent.refused('acceptance-withdraw', { ...back, commandId: 'back-2' })).refused).toBe(
      'wrong-status',
    );
    expect(await shown('wrong')).toMatchObject({ status: 'lapsing', reasonCode: 'accepted-in-error' });
    expect((await lapsesOf('wrong')).map(({ data }) => data)).toMatchObject([
      { by: desk.id, reason: 'another force was meant' },
    ]);
    const again = offerOf('off-again', 'kent', requestId, 'cap-wrong');
    await essex.stored('offer-make', again);
    const taken = await kent.refused('offer-accept', acceptOf('acc-again', requestId, 'off-again'));
    expect(taken.refused).toBe('no-capacity');
    await homeDesk(essex, world.mode, 'essex', 'cap-wrong').read('person');
    await eventually(async () => (await shown('wrong'))?.status === 'lapsed');
    await kent.stored('offer-accept', acceptOf('acc-again', requestId, 'off-again'));
    const { corrections } = await kent.answer('request-show', { host, requestId });
    expect(corrections).toMatchObject([{ of: offerId, reason: 'another force was meant' }]);
  });
});

// Last, since from then on the broker's clock is ahead.
it('an offer whose time passed while every broker was down lapses once, before it can be accepted', async () => {
  const { requestId, offerId } = await offer('down', { validUntil: inHours(0.5) });
  await inTime.stop();
  const ahead: Clock = { now: () => Date.now() + 0.6 * HOUR_MS };
  await Promise.all([world.replica(ahead), world.replica(ahead)]);
  const late = await kent.refused('offer-accept', acceptOf('acc-down', requestId, offerId));
  expect(late.refused).toBe('offer-not-open');
  await eventually(async () => (await shown('down'))?.status === 'lapsed');
  expect(await lapsesOf('down')).toHaveLength(1);
});
