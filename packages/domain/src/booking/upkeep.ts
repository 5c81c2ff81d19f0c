import type { MusterEvent } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Advert, Decision, LedgerView } from '../ledger/view.ts';
import { END_OF_TIME } from '../time/instants.ts';
import { covers, overlaps, peakOver, type Taken } from '../time/intervals.ts';
import { heldBy } from './held.ts';
import type { BookingState, Shortfall } from './state.ts';

/** Opens the ledger for capabilities that it does not hold yet. At most one append's worth is to be given. */
export const decideOpenBookings = (
  capabilities: readonly { donor: string; capabilityId: string }[],
  view: LedgerView,
  now: string,
): Decision => {
  const draft = startDraft(view, now);
  for (const { donor, capabilityId } of capabilities) {
    if (draft.view.bookings(donor, capabilityId)) continue;
    draft.emit({
      type: 'muster.booking.opened.v1',
      data: { donor, capabilityId, bookingVersion: 0 },
    });
  }
  return draft.done();
};

type Short = Taken & { booked: number };

/** The first span over which more is booked than the advert now shows. */
const firstShort = (held: readonly Taken[], advertised: number): Short | undefined =>
  held
    .map((span) => ({ ...span, booked: peakOver(held, span) }))
    .filter(({ booked }) => booked > advertised)
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];

const advertisedBy = ({ data, withdrawn }: Advert): { quantity: number; revision: number } =>
  withdrawn
    ? { quantity: 0, revision: withdrawn.revision }
    : { quantity: data.status === 'available' ? data.quantity : 0, revision: data.revision };

/**
 * Whether the last shortfall says as much already. Revisions are compared for being the same only: a force
 * that was away for long begins them again.
 */
const isTold = (
  told: Shortfall | undefined,
  short: Short,
  { advertised, revision }: { advertised: number; revision: number },
): boolean =>
  told !== undefined &&
  told.advertRevision === revision &&
  told.advertised === advertised &&
  told.booked >= short.booked &&
  covers(told, short);

type Standing = { state: BookingState; short: Short; advertised: number; revision: number };

/** What is booked beyond the advert from now on. */
const shortNow = (
  donor: string,
  capabilityId: string,
  view: Pick<LedgerView, 'advert' | 'bookings'>,
  now: string,
): Standing | undefined => {
  const advert = view.advert(donor, capabilityId);
  const state = view.bookings(donor, capabilityId);
  if (!advert || !state) return undefined;
  const { quantity: advertised, revision } = advertisedBy(advert);
  const standing = [...state.bookings.values()].filter(({ status }) => status !== 'returned');
  const future = { from: now, to: END_OF_TIME };
  const held = heldBy(standing, advert.data.kind, now).filter((span) => overlaps(span, future));
  const short = firstShort(held, advertised);
  return short && { state, short, advertised, revision };
};

/** A shortfall that was raised and that people have not settled: more is booked still than is advertised. */
export const standingShortfall = (
  donor: string,
  capabilityId: string,
  view: Pick<LedgerView, 'advert' | 'bookings'>,
  now: string,
): { booked: number; advertised: number; from: string; to: string } | undefined => {
  // Looked for where one was raised only: most capabilities never have one.
  if (!view.bookings(donor, capabilityId)?.shortfall) return undefined;
  const found = shortNow(donor, capabilityId, view, now);
  if (!found) return undefined;
  const { booked, from, to } = found.short;
  return { booked, advertised: found.advertised, from, to };
};

/** Raises a shortfall when the advert no longer covers what is booked, unless that was said already. */
export const decideShortfall = (
  donor: string,
  capabilityId: string,
  view: LedgerView,
  now: string,
): Decision => {
  const found = shortNow(donor, capabilityId, view, now);
  if (!found) return { events: [] };
  const { state, short, advertised, revision } = found;
  if (isTold(state.shortfall, short, { advertised, revision })) return { events: [] };
  const { from, to, booked } = short;
  const event: MusterEvent<'muster.booking.shortfall.v1'> = {
    type: 'muster.booking.shortfall.v1',
    data: {
      donor,
      capabilityId,
      bookingVersion: state.bookingVersion,
      advertRevision: revision,
      advertised,
      booked,
      from,
      to,
    },
  };
  return { events: [event] };
};
