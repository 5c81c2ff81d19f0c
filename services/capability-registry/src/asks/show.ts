import {
  type AskAnswer,
  type CalendarEntry,
  type CapabilityAdvertised,
  HUB,
  type Interval,
  isRefusal,
  type ParsedQuery,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { type Booking, heldBy, usedBy } from '@muster/domain';
import { isCurrent } from '../catalogue/entry.ts';
import type { Holding } from '../taken/taken.ts';
import { freeOver } from './free.ts';
import type { Sources } from './search.ts';
import type { Viewer } from './viewer.ts';
import { askedSpan } from './window.ts';

/** Spans in one calendar; the earliest that have not ended come first. */
export const CALENDAR_ENTRIES_MAX = 1_000;

/** For whom a span is taken is shown to the donor, to that host, and to the hub. */
const bookedEntry = (booking: Booking, span: Interval, donor: string, org: string): CalendarEntry => {
  const { host, requestId, quantity, status: state } = booking;
  const entry: CalendarEntry = { from: span.from, to: span.to, taken: quantity, kind: 'booked' };
  return org === donor || org === host || org === HUB ? { ...entry, host, requestId, state } : entry;
};

/** What is taken from now on, in the order in which it begins. */
const calendarOf = (
  advert: CapabilityAdvertised,
  held: Holding,
  org: string,
  now: string,
): CalendarEntry[] => {
  const booked = held.bookings.flatMap((booking) =>
    heldBy([booking], advert.kind, now).map((span) => bookedEntry(booking, span, advert.force, org)),
  );
  const used = usedBy(held, advert.kind).map(
    ({ from, to, quantity }): CalendarEntry => ({ from, to, taken: quantity, kind: 'local' }),
  );
  return [...booked, ...used]
    .filter((entry) => entry.to > now)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    .slice(0, CALENDAR_ENTRIES_MAX);
};

/** One capability with what is taken of it from now on. An ended advert is shown to its own force only. */
export const show = (
  query: ParsedQuery<'capability-show'>,
  viewer: Viewer,
  { catalogue, taken }: Sources,
  now: string,
): AskAnswer<'capability-show'> | Refusal => {
  const { force, capabilityId } = query;
  const entry = catalogue.get(force, capabilityId);
  const current = entry !== undefined && isCurrent(entry, now);
  if (entry === undefined || !viewer.sees(entry) || !(current || viewer.org === force)) {
    return refuse(
      'not-found',
      `There is no capability "${capabilityId}" of ${force} that ${viewer.org} may see; a search by that force lists those that there are`,
    );
  }
  const span = askedSpan({}, now);
  if (isRefusal(span)) return span;
  const held = taken.of(force, capabilityId);
  return {
    capability: {
      ...entry.advert,
      free: current ? freeOver(entry.advert, held, span, now) : 0,
      confirmedAt: entry.confirmedAt,
      ...(entry.withdrawn ? { withdrawn: true } : {}),
    },
    calendar: calendarOf(entry.advert, held, viewer.org, now),
  };
};
