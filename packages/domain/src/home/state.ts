import type { HomeRefusalReason } from '@muster/contracts';
import type { Booking } from '../booking/state.ts';

/** What the home force decided about a booking, and under which version. */
export type HomeVerdict =
  | { verdict: 'confirmed'; homeVersion: number }
  | { verdict: 'refused'; homeVersion: number; reasonCode: HomeRefusalReason }
  | { verdict: 'void'; homeVersion: number };

/** Units that the force uses itself. */
export type LocalUse = {
  useId: string;
  quantity: number;
  from: string;
  to: string;
  /** When they came back before the end of their time. */
  returnedAt?: string | undefined;
};

/** One capability in its own force's ledger. */
export type HomeState = {
  donor: string;
  capabilityId: string;
  /** Records so far; 0 at genesis. */
  homeVersion: number;
  /** The last version of the hub's bookings that is recorded here. */
  seenVersion: number;
  /** The hub's bookings as far as they were seen. */
  bookings: ReadonlyMap<string, Booking>;
  /** By booking. */
  verdicts: ReadonlyMap<string, HomeVerdict>;
  uses: ReadonlyMap<string, LocalUse>;
};
