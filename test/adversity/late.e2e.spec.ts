import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roster } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Desk } from './desk.ts';
import {
  acceptOf,
  askForOne,
  bookingOf,
  DRILL_MS_MAX,
  type Drill,
  openOffers,
  startDrill,
  startOf,
  untilClock,
  viewOf,
} from './drill.ts';
import type { HomeDesk } from './home.ts';
import { hold, toBrokers } from './news.ts';

/** Time that home has to confirm in these drills, in milliseconds. */
const CONFIRM_WITHIN_MS = 6_000;
/**
 * The same where a second donor confirms while news is held back: its reservation must not lapse as well before
 * news flows again, for which the server takes up to a heartbeat of five seconds.
 */
const CONFIRM_WITHIN_TWO_MS = 15_000;
/** How long before the lapse home confirms, in milliseconds. */
const BEFORE_LAPSE_MS = 1_000;

let world: World;
let drill: Drill;
let kent: Desk;
let sussex: Desk;
let essex: HomeDesk;

beforeAll(async () => {
  ({ world, drill } = await startDrill([
    { force: 'essex', roster: roster([{ id: 'unit' }]), confirm: 'person' },
    { force: 'surrey', roster: roster([{ id: 'unit' }]), answer: 'person' },
  ]));
  kent = await drill.desk('kent');
  sussex = await drill.desk('sussex');
  essex = await drill.home('essex');
});

afterAll(() => world[Symbol.asyncDispose]());

/** Kent reserves the unit; essex confirms one second before that lapses, and nobody hears of it. */
const confirmedUnheard = async (
  requestId: string,
  day: number,
  from: readonly string[],
  confirmWithinMs: number,
) => {
  const offer = await askForOne(kent, { requestId, from, day, confirmWithinMs });
  const news = await hold(world, toBrokers(world));
  await kent.stored('offer-accept', acceptOf(requestId, offer));
  const view = await viewOf(kent, requestId);
  const confirmBy = view.offers.find(({ offerId }) => offerId === offer.offerId)?.confirmBy ?? '';
  await essex.untilSeen('unit', offer.offerId);
  // Read beforehand, so that a busy machine does not use up the last second with looking.
  const confirm = await essex.aloneWith('unit');
  await untilClock(Date.parse(confirmBy) - BEFORE_LAPSE_MS);
  const input = { kind: 'confirm', bookingId: offer.offerId } as const;
  expect(await confirm(`confirm-${requestId}`, input)).toBe('stored');
  return { offer, news, booking: bookingOf(offer) };
};

const outcomesOf = (offerId: string): string[] =>
  drill.history
    .of('muster.commitment.made.v1')
    .filter((made) => made.offerId === offerId)
    .map(({ outcome }) => outcome);

describe('home confirms one second before the hub lets go, and the news comes late', {
  timeout: DRILL_MS_MAX,
}, () => {
  it('uses the unit when the line still needs it', async () => {
    const { booking, news, offer } = await confirmedUnheard('late-used', 10, ['essex'], CONFIRM_WITHIN_MS);
    await drill.history.untilPath(booking, ['reserved', 'lapsing']);
    const [line] = (await viewOf(kent, 'late-used')).lines;
    expect(line).toMatchObject({ reserved: 0, committed: 0, unfilled: 1 });

    await news.release();
    await drill.history.untilPath(booking, ['reserved', 'lapsing', 'confirmed']);
    expect(outcomesOf(offer.offerId)).toEqual(['used']);
    expect(await viewOf(kent, 'late-used')).toMatchObject({ status: 'filled', lines: [{ committed: 1 }] });
    expect(await drill.findings()).toEqual([]);
  });

  it('sends the unit home when the line was filled meanwhile, and it can be lent again', async () => {
    // Asked before the unit was taken, so that its offer stands.
    const other = await askForOne(sussex, { requestId: 'late-other', from: ['essex'], day: 20 });
    const { booking, news, offer } = await confirmedUnheard(
      'late-spare',
      20,
      ['essex', 'surrey'],
      CONFIRM_WITHIN_TWO_MS,
    );
    await drill.history.untilPath(booking, ['reserved', 'lapsing']);
    const surrey = await drill.desk('surrey');
    await surrey.stored('offer-make', {
      commandId: 'late-surrey',
      host: 'kent',
      requestId: 'late-spare',
      lineId: 'a',
      capabilityId: 'unit',
      quantity: 1,
      estimatedArrival: startOf(20),
    });
    const [second] = await openOffers(kent, 'late-spare', 1);
    expect(second?.donor).toBe('surrey');
    if (second) await kent.stored('offer-accept', acceptOf('late-spare', second));
    // The line has let go of the unit; nobody else gets it before home has said what it did with it.
    expect((await sussex.refused('offer-accept', acceptOf('late-other', other))).refused).toBe('no-capacity');

    await news.release();
    await drill.history.untilPath(booking, ['reserved', 'lapsing', 'confirmed', 'released', 'returned']);
    expect(outcomesOf(offer.offerId)).toEqual(['released']);
    await drill.history.untilPath({ ...booking, donor: 'surrey', bookingId: 'late-surrey' }, [
      'reserved',
      'confirmed',
    ]);
    await sussex.stored('offer-accept', acceptOf('late-other', other));
    expect(await drill.findings()).toEqual([]);
  });
});

describe('the host takes its request back', { timeout: DRILL_MS_MAX }, () => {
  it('releases what home confirms at the same time', async () => {
    const offer = await askForOne(kent, { requestId: 'cancel-late', from: ['essex'], day: 30 });
    const booking = bookingOf(offer);
    await using news = await hold(world, toBrokers(world));
    await kent.stored('offer-accept', acceptOf('cancel-late', offer));
    await essex.untilSeen('unit', offer.offerId);
    const confirm = { kind: 'confirm', bookingId: offer.offerId } as const;
    const cancel = { requestId: 'cancel-late', reasonCode: 'resolved', reason: 'over' } as const;
    expect(await essex.decide('unit', 'confirm-cancel-late', confirm)).toBeUndefined();
    await kent.stored('request-cancel', { ...cancel, commandId: 'cancel-1' });
    await drill.history.untilPath(booking, ['reserved', 'lapsing']);

    await news.release();
    await drill.history.untilPath(booking, ['reserved', 'lapsing', 'confirmed', 'released', 'returned']);
    expect(outcomesOf(offer.offerId)).toEqual(['released']);
    expect(await drill.findings()).toEqual([]);
  });

  it('frees what home had not confirmed', async () => {
    const offer = await askForOne(kent, { requestId: 'cancel-early', from: ['essex'], day: 40 });
    const other = await askForOne(sussex, { requestId: 'cancel-other', from: ['essex'], day: 40 });
    await kent.stored('offer-accept', acceptOf('cancel-early', offer));
    await essex.untilSeen('unit', offer.offerId);
    const cancel = { requestId: 'cancel-early', reasonCode: 'resolved', reason: 'over' } as const;
    await kent.stored('request-cancel', { ...cancel, commandId: 'cancel-2' });
    await drill.history.untilPath(bookingOf(offer), ['reserved', 'lapsing', 'void']);

    const confirm = { kind: 'confirm', bookingId: offer.offerId } as const;
    expect(await essex.decide('unit', 'confirm-void', confirm)).toBe('wrong-status');
    await sussex.stored('offer-accept', acceptOf('cancel-other', other));
    expect(await drill.findings()).toEqual([]);
  });
});
