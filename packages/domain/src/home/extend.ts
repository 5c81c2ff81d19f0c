import type { CapabilityAdvertised, CommandBody, HomeEntry, Interval } from '@muster/contracts';
import type { Booking } from '../booking/state.ts';
import { reviewAt } from '../deployment/secondment.ts';
import { HOME_AUTOMATIC } from '../policies.ts';
import { later } from '../time/instants.ts';
import { spanFor } from '../time/weeks.ts';
import { checkRest, checkRoom, type Reason } from './room.ts';
import type { HomeState } from './state.ts';

type Facts = { advert: CapabilityAdvertised | undefined; now: string };

/** The time beyond its end for which a booking is to go on, as far as it lies ahead. */
export const furtherSpan = (
  kind: CapabilityAdvertised['kind'],
  end: string,
  newEnd: string,
  now: string,
): Interval => spanFor(kind, { from: later(end, now), to: newEnd });

/** Why the force cannot lend the units for longer, or the gross quantity that the check was made against. */
export const checkFurther = (
  state: HomeState,
  { booking, newEnd, keep }: { booking: Booking; newEnd: string; keep?: number },
  facts: Facts,
): Reason | number => {
  const kind = facts.advert?.kind ?? 'pool';
  const { bookingId: except, quantity } = booking;
  const further = { ...furtherSpan(kind, booking.to, newEnd, facts.now), quantity };
  const room = checkRoom(state, further, facts, { keep: keep ?? 0, except });
  if (typeof room !== 'number') return room;
  const override = booking.status === 'confirmed' ? booking.extension?.override : undefined;
  return checkRest(state, { ...further, override }, facts, except) ?? room;
};

/**
 * Confirms further time that the hub has reserved, if the force has it. A person or the policy of the force has
 * accepted it already; the ledger says whether there is room. Nothing when it is not pending any more.
 */
export const answerExtending = (state: HomeState, booking: Booking, facts: Facts): HomeEntry | undefined => {
  if (booking.status !== 'confirmed' || !booking.extension) return undefined;
  const { extensionId, extensionToken, to: newEnd, confirmBy } = booking.extension;
  const { bookingId, token, host, requestId, quantity, to: from } = booking;
  const names = { bookingId, token, extensionId, extensionToken, host, requestId };
  if (facts.now >= confirmBy) {
    return { kind: 'extension-refused', ...names, reasonCode: 'confirm-time-passed' };
  }
  const room = checkFurther(state, { booking, newEnd }, facts);
  if (typeof room !== 'number') {
    return { kind: 'extension-refused', ...names, reasonCode: room.reasonCode };
  }
  const terms = { quantity, from, to: newEnd, gross: room, approval: HOME_AUTOMATIC };
  return { kind: 'extension-confirmed', ...names, ...terms };
};

/** What the policy of a force says to an ask for longer; what identifies the command is the adapter's to add. */
export type ExtensionAnswer = Pick<
  CommandBody<'extension-answer'>,
  'donor' | 'deploymentId' | 'extensionId' | 'answer' | 'reasonCode' | 'reason'
>;

type Asked = { donor: string; deploymentId: string; extensionId: string; newEnd: string };

/** Reasons of a ledger in the words in which a donor declines to extend. */
const DECLINES: Partial<Record<Reason['reasonCode'], ExtensionAnswer['reasonCode']>> = {
  'no-capacity': 'no-capacity',
  'own-demand': 'own-demand',
  'welfare-rest': 'welfare-rest',
  policy: 'policy',
};

/**
 * Answers an ask for longer by the declared policy: yes, where the force has the time and keeps its reserve
 * floor. Whether units stay away for longer than mutual aid is meant to last is left to a person.
 */
export const answerExtension = (
  { donor, deploymentId, extensionId, newEnd }: Asked,
  state: HomeState,
  facts: Facts,
): ExtensionAnswer | undefined => {
  const booking = state.bookings.get(deploymentId);
  if (booking?.status !== 'confirmed' || newEnd > reviewAt(booking.continues?.since ?? booking.from))
    return undefined;
  const keep = facts.advert?.reserveFloor ?? 0;
  const room = checkFurther(state, { booking, newEnd, keep }, facts);
  const names = { donor, deploymentId, extensionId };
  if (typeof room === 'number') return { ...names, answer: 'accept' };
  const reasonCode = DECLINES[room.reasonCode] ?? 'other';
  return { ...names, answer: 'decline', reasonCode, reason: room.because };
};
