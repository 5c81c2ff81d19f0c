import type { CapabilityAdvertised, CapacityKind, Interval } from '@muster/contracts';
import type { Span } from '../taken/taken.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05, a Monday: the start of an ISO week, from which the others are counted. */
const MONDAY_MS = 4 * DAY_MS;

/** The whole ISO weeks (Monday 00:00 UTC) that hold the span. */
export const wholeWeeks = ({ from, to }: Interval): Interval => {
  const first = Math.floor((Date.parse(from) - MONDAY_MS) / WEEK_MS);
  const end = Math.ceil((Date.parse(to) - MONDAY_MS) / WEEK_MS);
  return {
    from: new Date(first * WEEK_MS + MONDAY_MS).toISOString(),
    to: new Date(end * WEEK_MS + MONDAY_MS).toISOString(),
  };
};

type Held = Interval & { quantity: number };

/** The most that is taken at any instant of the span. */
const peak = (held: readonly Held[], over: Interval): number => {
  const within = held.filter((span) => span.from < over.to && span.to > over.from);
  if (within.length < 2) return within[0]?.quantity ?? 0;
  const steps = within.flatMap((span) => [
    { at: span.from, change: span.quantity },
    { at: span.to, change: -span.quantity },
  ]);
  // At one instant what ends is freed before what starts is taken: spans exclude their end.
  steps.sort((a, b) => (a.at === b.at ? a.change - b.change : a.at < b.at ? -1 : 1));
  let now = 0;
  let most = 0;
  for (const step of steps) {
    now += step.change;
    if (now > most) most = now;
  }
  return most;
};

/** The most that is taken over the span; of a queue the items taken in its fullest ISO week. */
export const takenOver = (kind: CapacityKind, held: readonly Span[], over: Interval): number => {
  if (held.length === 0) return 0;
  if (kind !== 'queue') return peak(held, over);
  return peak(
    held.map((span) => ({ ...wholeWeeks(span), quantity: span.quantity })),
    wholeWeeks(over),
  );
};

/** True when one of its windows covers the whole span and the force has not marked it unavailable. */
export const isOpenOver = (advert: CapabilityAdvertised, over: Interval): boolean =>
  advert.status === 'available' &&
  advert.windows.some((window) => window.from <= over.from && window.to >= over.to);

/** Units, people or items a week free over the whole span: gross less what is taken, and 0 where it is not open. */
export const freeOver = (advert: CapabilityAdvertised, held: readonly Span[], over: Interval): number =>
  isOpenOver(advert, over) ? Math.max(0, advert.quantity - takenOver(advert.kind, held, over)) : 0;

/** True when the scheme is in date over the whole span. */
export const holdsAccreditation = (advert: CapabilityAdvertised, scheme: string, over: Interval): boolean =>
  advert.accreditations.some(
    (held) => held.scheme === scheme && (held.validTo === undefined || held.validTo >= over.to),
  );
