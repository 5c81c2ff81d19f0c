import type { CapabilityAdvertised, CapacityKind, Interval } from '@muster/contracts';
import { covers, heldBy, peakOver, spanFor, usedBy } from '@muster/domain';
import { type Holding, NOTHING_HELD } from '../taken/taken.ts';

/** The most that is taken at any instant of the span; of a queue the items taken in its fullest ISO week. */
export const takenOver = (kind: CapacityKind, held: Holding, over: Interval, now: string): number =>
  held === NOTHING_HELD
    ? 0
    : peakOver([...heldBy(held.bookings, kind, now), ...usedBy(held, kind)], spanFor(kind, over));

/** True when one of its windows covers the whole span and the force has not marked it unavailable. */
export const isOpenOver = ({ kind, status, windows }: CapabilityAdvertised, over: Interval): boolean => {
  if (status !== 'available') return false;
  const span = spanFor(kind, over);
  return windows.some((window) => covers(spanFor(kind, window), span));
};

/** Units, people or items a week free over the whole span: gross less what is taken, and 0 where it is not open. */
export const freeOver = (advert: CapabilityAdvertised, held: Holding, over: Interval, now: string): number =>
  isOpenOver(advert, over) ? Math.max(0, advert.quantity - takenOver(advert.kind, held, over, now)) : 0;

/** True when the scheme is in date over the whole span. */
export const holdsAccreditation = (advert: CapabilityAdvertised, scheme: string, over: Interval): boolean =>
  advert.accreditations.some(
    (held) => held.scheme === scheme && (held.validTo === undefined || held.validTo >= over.to),
  );
