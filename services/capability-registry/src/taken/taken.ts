import type { EventData, HomeEntry, MusterEvent } from '@muster/contracts';
import { type Booking, type BookingState, evolveBooking, type LocalUse } from '@muster/domain';
import { entryKey } from '../catalogue/entry.ts';

/** How long what has ended is kept, in milliseconds (31 days). */
export const ENDED_KEPT_MS = 31 * 24 * 3_600_000;

/** What takes units of one capability: the mesh's bookings, and what its force uses itself. */
export type Holding = { bookings: readonly Booking[]; uses: ReadonlyMap<string, LocalUse> };

/** Of most capabilities nothing is taken: they share this, and queries need not look further. */
export const NOTHING_HELD: Holding = { bookings: [], uses: new Map() };

/** What is taken of every capability. */
export type Taken = {
  booked(event: MusterEvent<'muster.booking.changed.v1'>): void;
  recorded(data: EventData<'muster.home.recorded.v1'>): void;
  of(force: string, capabilityId: string): Holding;
  /** Drops what ended longer than {@link ENDED_KEPT_MS} ago; gives the number of capabilities touched. */
  sweep(nowMs: number): number;
  forgetBookings(): void;
  forgetUses(): void;
};

const isOver = (booking: Booking, before: string): boolean =>
  booking.status === 'refused' ||
  booking.status === 'void' ||
  ((booking.status === 'returned' || booking.status === 'handed-on') && booking.at < before);

const without = (state: BookingState, before: string): BookingState => ({
  ...state,
  bookings: new Map([...state.bookings].filter(([, booking]) => !isOver(booking, before))),
});

/** Of the home ledger only local use counts here; its answers to bookings reach us through the hub's ledger. */
const applyUse = (uses: Map<string, LocalUse>, entry: HomeEntry): void => {
  if (entry.kind === 'used') {
    const { useId, quantity, from, to } = entry;
    uses.set(useId, { useId, quantity, from, to });
  } else if (entry.kind === 'use-returned') {
    const use = uses.get(entry.useId);
    if (use) uses.set(entry.useId, { ...use, returnedAt: entry.at });
  }
};

const endedUses = (uses: ReadonlyMap<string, LocalUse>, before: string): string[] =>
  [...uses.values()].filter((use) => (use.returnedAt ?? use.to) < before).map((use) => use.useId);

const byStart = (a: Booking, b: Booking): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

export const createTaken = (): Taken => {
  const bookings = new Map<string, BookingState>();
  const uses = new Map<string, Map<string, LocalUse>>();
  const holdings = new Map<string, Holding>();

  /** Makes anew what queries look at, after something of the capability changed. */
  const refresh = (key: string): void => {
    const booked = bookings.get(key)?.bookings;
    const used = uses.get(key);
    if (!booked?.size && !used?.size) {
      holdings.delete(key);
      return;
    }
    holdings.set(key, {
      bookings: booked ? [...booked.values()].sort(byStart) : [],
      uses: used ?? NOTHING_HELD.uses,
    });
  };

  const forget = (kept: Map<string, unknown>): void => {
    const keys = [...kept.keys()];
    kept.clear();
    for (const key of keys) refresh(key);
  };

  return {
    booked: (event) => {
      const key = entryKey(event.data.donor, event.data.capabilityId);
      bookings.set(key, without(evolveBooking(bookings.get(key), event), ''));
      refresh(key);
    },
    recorded: ({ donor, capabilityId, entries }) => {
      const key = entryKey(donor, capabilityId);
      const used = uses.get(key) ?? new Map<string, LocalUse>();
      for (const entry of entries) applyUse(used, entry);
      if (used.size === 0) return;
      uses.set(key, used);
      refresh(key);
    },
    of: (force, capabilityId) => holdings.get(entryKey(force, capabilityId)) ?? NOTHING_HELD,
    sweep: (nowMs) => {
      const before = new Date(nowMs - ENDED_KEPT_MS).toISOString();
      let swept = 0;
      for (const [key, holding] of [...holdings]) {
        const ended = endedUses(holding.uses, before);
        if (ended.length === 0 && !holding.bookings.some((booking) => isOver(booking, before))) continue;
        for (const id of ended) uses.get(key)?.delete(id);
        const state = bookings.get(key);
        if (state) bookings.set(key, without(state, before));
        refresh(key);
        swept += 1;
      }
      return swept;
    },
    forgetBookings: () => forget(bookings),
    forgetUses: () => forget(uses),
  };
};
