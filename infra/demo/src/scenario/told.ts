import type { StoredEventView } from '@muster/contracts';
import { type Evidence, secondsAfter, shortType } from './evidence.ts';

/** What the broker decided because a time had come, by the name of the time, and how often. */
export type Timers = Record<string, number>;
/** The tiers that a request reached, and when, in seconds after it was submitted. */
export type TierReached = { tier: number; afterSeconds: number };

const field = ({ data }: StoredEventView, name: string): unknown =>
  typeof data === 'object' && data !== null && name in data ? Reflect.get(data, name) : undefined;

const timerOf = (event: StoredEventView): string | undefined => {
  switch (shortType(event.envelope.type)) {
    case 'request.answer_time_expired':
      return 'answer time';
    case 'request.issued':
      // The first wave goes out with the request, not by a timer.
      return field(event, 'again') === true && field(event, 'wave') !== undefined ? 'next wave' : undefined;
    case 'request.escalation_overdue':
      return 'consent overdue';
    case 'request.approval_overdue':
      return 'written approval overdue';
    case 'request.expired':
      return 'end of the request';
    case 'return.raised':
      return 'recall raised';
    case 'offer.lapsed':
      return field(event, 'reasonCode') === 'confirm-time-passed' ? 'time to confirm' : undefined;
    default:
      return undefined;
  }
};

export const timersOf = ({ events }: Pick<Evidence, 'events'>): Timers => {
  const timers: Timers = {};
  for (const event of events) {
    const timer = timerOf(event);
    if (timer !== undefined) timers[timer] = (timers[timer] ?? 0) + 1;
  }
  return timers;
};

/** Where the request began and where it was taken from there. */
export const tiersOf = ({ view, events }: Pick<Evidence, 'view' | 'events'>): TierReached[] => {
  const tiers: TierReached[] = [];
  for (const event of events) {
    const type = shortType(event.envelope.type);
    const tier = type === 'request.issued' ? field(event, 'tier') : undefined;
    const reached = type === 'request.escalated' ? field(event, 'toTier') : tier;
    if (typeof reached !== 'number' || tiers.some((known) => known.tier >= reached)) continue;
    tiers.push({ tier: reached, afterSeconds: Math.round(secondsAfter(view, event) * 10) / 10 });
  }
  return tiers;
};
