import type { HomeEntry, MusterEvent } from '@muster/contracts';
import { applyChange } from '../booking/evolve.ts';
import type { Booking } from '../booking/state.ts';
import type { HomeState, HomeVerdict, LocalUse } from './state.ts';

export type HomeEvent = MusterEvent<'muster.home.opened.v1' | 'muster.home.recorded.v1'>;

type Own = HomeState & {
  bookings: Map<string, Booking>;
  verdicts: Map<string, HomeVerdict>;
  uses: Map<string, LocalUse>;
};

const applyEntry = (state: Own, entry: HomeEntry, homeVersion: number): void => {
  switch (entry.kind) {
    case 'seen':
      for (const change of entry.changes) applyChange(state.bookings, change);
      state.seenVersion = entry.bookingVersion;
      return;
    case 'confirmed':
    case 'void':
      state.verdicts.set(entry.bookingId, { verdict: entry.kind, homeVersion });
      return;
    case 'refused':
      state.verdicts.set(entry.bookingId, {
        verdict: 'refused',
        homeVersion,
        reasonCode: entry.reasonCode,
      });
      return;
    case 'extension-confirmed':
    case 'extension-refused':
      // What the hub has reserved counts as taken until the hub has taken the answer in.
      return;
    case 'used': {
      const { useId, quantity, from, to } = entry;
      state.uses.set(useId, { useId, quantity, from, to });
      return;
    }
    case 'use-returned': {
      const use = state.uses.get(entry.useId);
      if (use) state.uses.set(entry.useId, { ...use, returnedAt: entry.at });
      return;
    }
  }
};

const opened = ({ donor, capabilityId }: HomeEvent['data']): Own => ({
  donor,
  capabilityId,
  homeVersion: 0,
  seenVersion: 0,
  bookings: new Map(),
  verdicts: new Map(),
  uses: new Map(),
});

/** Changes a private copy in place; the same rules as {@link evolveHome}. */
export const applyHome = (before: Own | undefined, event: HomeEvent): Own => {
  const state = before ?? opened(event.data);
  if (event.type === 'muster.home.opened.v1') return state;
  for (const entry of event.data.entries) applyEntry(state, entry, event.data.homeVersion);
  state.homeVersion = event.data.homeVersion;
  return state;
};

const copyHome = (state: HomeState): Own => ({
  ...state,
  bookings: new Map(state.bookings),
  verdicts: new Map(state.verdicts),
  uses: new Map(state.uses),
});

/** The home ledger of one capability after one more record. */
export const evolveHome = (state: HomeState | undefined, event: HomeEvent): HomeState =>
  applyHome(state && copyHome(state), event);
