import type { CapabilityAdvertised, DutyOverride, HomeRefusalReason, Interval } from '@muster/contracts';
import { withRest } from '../booking/held.ts';
import { covers, freeOver } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';
import { committedBy, usedBy } from './held.ts';
import type { HomeState } from './state.ts';

/** Why a force cannot lend, as a code and in words. */
export type Reason = { reasonCode: HomeRefusalReason; because: string };

type Facts = { advert: CapabilityAdvertised | undefined; now: string };

/** So many units over a span. */
type Wanted = Interval & { quantity: number };

/** Units that the force may lend over the span, before anything is taken: nothing outside its windows. */
const grossOver = (advert: CapabilityAdvertised, span: Interval): number =>
  advert.status === 'available' && advert.windows.some((window) => covers(spanFor(advert.kind, window), span))
    ? advert.quantity
    : 0;

/** Why the force cannot lend the units, or the gross quantity that the check was made against. */
export const checkRoom = (
  state: HomeState,
  wanted: Wanted,
  { advert, now }: Facts,
  { keep = 0, except }: { keep?: number; except?: string | undefined } = {},
): Reason | number => {
  if (!advert) {
    return { reasonCode: 'unknown-capability', because: 'the force does not advertise it any more' };
  }
  const gross = grossOver(advert, wanted);
  const { kind } = advert;
  const committed = committedBy(state, kind, now, 0, except);
  if (freeOver(gross, committed, wanted) < wanted.quantity) {
    return { reasonCode: 'no-capacity', because: `of ${gross}, too much is committed to other forces` };
  }
  const taken = [...committed, ...usedBy(state, kind)];
  const free = freeOver(gross, taken, wanted);
  if (free < wanted.quantity) {
    return { reasonCode: 'own-demand', because: `of ${gross}, ${free} are left beside the force's own use` };
  }
  return free - keep < wanted.quantity
    ? {
        reasonCode: 'policy',
        because: `the force keeps ${keep} for itself, and a person may decide otherwise`,
      }
    : gross;
};

/** Why units should rest before or after the booking, where nobody has passed that over; else undefined. */
export const checkRest = (
  state: HomeState,
  wanted: Wanted & { override?: DutyOverride | undefined },
  { advert, now }: Facts,
  except?: string,
): Reason | undefined => {
  if (!advert || advert.minRestMinutes === 0 || wanted.override) return undefined;
  const { kind, minRestMinutes, quantity } = advert;
  const taken = committedBy(state, kind, now, minRestMinutes, except);
  return freeOver(quantity, taken, withRest(wanted, kind, minRestMinutes)) < wanted.quantity
    ? {
        reasonCode: 'welfare-rest',
        because: `its units rest for ${minRestMinutes} minutes between deployments`,
      }
    : undefined;
};
