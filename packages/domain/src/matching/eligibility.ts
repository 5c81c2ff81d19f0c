import type { Interval, RequestLine } from '@muster/contracts';
import { isReleasable } from '../access/visibility.ts';
import { heldBy, withRest } from '../booking/held.ts';
import type { Booking } from '../booking/state.ts';
import { usedBy } from '../home/held.ts';
import type { Advert, LedgerView } from '../ledger/view.ts';
import { later } from '../time/instants.ts';
import { covers, freeOver, type Taken } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';

/** Why a capability cannot fill a line. Stable codes. */
export type RejectionCode =
  | 'code'
  | 'own-force'
  | 'withdrawn'
  | 'unavailable'
  | 'advert-expired'
  | 'not-releasable'
  | 'window'
  | 'not-accredited'
  | 'no-capacity'
  /** Enough is free, but its units should rest before or after what they are promised to. */
  | 'rest';

export type Rejection = { code: RejectionCode; because: string };

/** The span over which a line needs units from now on, as this kind of capability counts it. */
export const neededSpan = (line: Interval, advert: Advert, now: string): Interval =>
  spanFor(advert.data.kind, { from: later(line.from, now), to: line.to });

/** The advert's window that covers the whole span, or undefined. A queue's windows count in whole weeks. */
export const windowFor = ({ data }: Advert, span: Interval): Interval | undefined => {
  for (const window of data.windows) {
    const counted = spanFor(data.kind, window);
    if (covers(counted, span)) return counted;
  }
  return undefined;
};

/** Schemes of the line that the capability does not hold in date to the end of the span. */
export const missingSchemes = ({ data }: Advert, schemes: readonly string[], span: Interval): string[] =>
  schemes.filter(
    (scheme) =>
      !data.accreditations.some(
        (held) => held.scheme === scheme && (held.validTo === undefined || held.validTo >= span.to),
      ),
  );

/** Why the advert does not stand at this moment: nothing, or one rejection. */
export const notCurrent = ({ data, withdrawn }: Advert, now: string): Rejection[] => {
  if (withdrawn) return [{ code: 'withdrawn', because: `withdrawn by ${data.force} at ${withdrawn.at}` }];
  if (data.status === 'unavailable') {
    return [{ code: 'unavailable', because: `${data.force} shows it as unavailable` }];
  }
  if (data.expiresAt <= now) {
    return [{ code: 'advert-expired', because: `the advert ran out at ${data.expiresAt}` }];
  }
  return [];
};

/** Every reason, short of what is free, for which the capability cannot fill the host's line. */
export const rejections = (
  advert: Advert,
  line: RequestLine,
  host: string,
  now: string,
  span = neededSpan(line, advert, now),
): Rejection[] => {
  const { data } = advert;
  const found = notCurrent(advert, now);
  if (data.code !== line.capabilityCode) {
    found.push({ code: 'code', because: `is ${data.code}, asked for is ${line.capabilityCode}` });
  }
  if (data.force === host) {
    found.push({ code: 'own-force', because: `belongs to ${host} itself` });
  } else if (!isReleasable(data, host)) {
    found.push({ code: 'not-releasable', because: `${data.force} does not lend it to ${host}` });
  }
  if (!windowFor(advert, span)) {
    found.push({ code: 'window', because: `no window covers ${span.from} to ${span.to}` });
  }
  const missing = missingSchemes(advert, line.accreditations, span);
  if (missing.length > 0) {
    found.push({ code: 'not-accredited', because: `${missing.join(', ')} not in date to ${span.to}` });
  }
  return found;
};

const NONE: readonly Booking[] = [];

/**
 * All that is known to be taken of a capability: the hub's bookings, and the force's own use.
 * @param except a booking whose own units the question is about.
 */
export const takenOf = (
  view: LedgerView,
  { data }: Advert,
  now: string,
  restMinutes = 0,
  except?: string,
): Taken[] => {
  const { force, capabilityId, kind } = data;
  const bookings = view.bookings(force, capabilityId);
  const home = view.home(force, capabilityId);
  const booked = bookings && bookings.bookings.size > 0 ? [...bookings.bookings.values()] : NONE;
  if (booked.length === 0 && !(home && home.uses.size > 0)) return [];
  const others = except === undefined ? booked : booked.filter(({ bookingId }) => bookingId !== except);
  const held = heldBy(others, kind, now, restMinutes);
  return home && home.uses.size > 0 ? [...held, ...usedBy(home, kind)] : held;
};

/** Units of the capability that are free over the whole span. */
export const freeOf = (
  view: LedgerView,
  advert: Advert,
  span: Interval,
  now: string,
  except?: string,
): number => freeOver(advert.data.quantity, takenOf(view, advert, now, 0, except), span);

/** Units of the capability that are free over the whole span and rested, before it and before what follows it. */
export const restedFreeOf = (
  view: LedgerView,
  advert: Advert,
  span: Interval,
  now: string,
  except?: string,
): number => {
  const { kind, minRestMinutes, quantity } = advert.data;
  const taken = takenOf(view, advert, now, minRestMinutes, except);
  return freeOver(quantity, taken, withRest(span, kind, minRestMinutes));
};

/** The rejection of units that are free and should rest. */
export const restRejection = ({ data }: Advert, span: Interval): Rejection => ({
  code: 'rest',
  because: `its units rest for ${data.minRestMinutes} minutes between deployments; none is rested from ${span.from} to ${span.to}`,
});
