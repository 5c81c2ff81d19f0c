import type { BookingChange, EventData, MusterEvent } from '@muster/contracts';
import type { StoredFact } from '../ledger/ledger.ts';

/**
 * Reads a history by itself, with sums over instants and nothing of the domain's own arithmetic, and names
 * every promise that it finds broken.
 */
type Span = { from: string; to: string; quantity: number };
type Live = Span & { status: BookingChange['kind'] };
type Recorded = EventData<'muster.home.recorded.v1'>;

const LIVE: readonly BookingChange['kind'][] = ['reserved', 'confirmed', 'lapsing', 'released'];

const mostAt = (spans: readonly Span[]): number =>
  Math.max(
    0,
    ...spans.map(({ from: at }) =>
      spans.filter(({ from, to }) => from <= at && at < to).reduce((sum, { quantity }) => sum + quantity, 0),
    ),
  );

/** Books one capability of the hub's ledger. */
const auditBookings = (events: readonly EventData<'muster.booking.changed.v1'>[]): string[] => {
  const faults: string[] = [];
  const live = new Map<string, Live>();
  for (const [index, { bookingVersion, changes, donor, capabilityId }] of events.entries()) {
    const name = `${donor}/${capabilityId} version ${bookingVersion}`;
    if (bookingVersion !== index + 1) faults.push(`${name} stands at place ${index + 1}`);
    for (const change of changes) {
      const before = live.get(change.bookingId);
      if (change.kind === 'reserved') {
        if (change.token !== bookingVersion) faults.push(`${name} reserves with token ${change.token}`);
        live.set(change.bookingId, { ...change, status: 'reserved' });
        const held = [...live.values()].filter(({ status }) => LIVE.includes(status));
        if (mostAt(held) > change.reliedOn.quantity) faults.push(`${name} is over-committed`);
      } else if (before) live.set(change.bookingId, { ...before, status: change.kind });
      else faults.push(`${name} changes ${change.bookingId}, which was never reserved`);
    }
  }
  return faults;
};

type HomeBook = {
  seen: Map<string, Span & { status: BookingChange['kind'] }>;
  confirmed: Map<string, Span>;
  uses: Map<string, Span>;
  answered: Set<string>;
};

const heldAtHome = ({ confirmed, seen, uses }: HomeBook): Span[] => [
  ...[...confirmed].filter(([id]) => seen.get(id)?.status !== 'returned').map(([, span]) => span),
  ...uses.values(),
];

const auditEntry = (book: HomeBook, entry: Recorded['entries'][number], name: string): string[] => {
  switch (entry.kind) {
    case 'seen':
      for (const change of entry.changes) {
        const before = book.seen.get(change.bookingId);
        if (change.kind === 'reserved') book.seen.set(change.bookingId, { ...change, status: 'reserved' });
        else if (before) book.seen.set(change.bookingId, { ...before, status: change.kind });
      }
      return [];
    case 'used':
      book.uses.set(entry.useId, entry);
      return mostAt(heldAtHome(book)) > entry.gross ? [`${name} uses more than it has`] : [];
    case 'use-returned': {
      const use = book.uses.get(entry.useId);
      if (use && entry.at < use.to) book.uses.set(entry.useId, { ...use, to: entry.at });
      return use ? [] : [`${name} returns a use that there is not`];
    }
    default: {
      const faults = book.answered.has(entry.bookingId) ? [`${name} answers ${entry.bookingId} twice`] : [];
      book.answered.add(entry.bookingId);
      if (entry.kind !== 'confirmed') return faults;
      const status = book.seen.get(entry.bookingId)?.status;
      if (status !== 'reserved') faults.push(`${name} confirms what it saw ${status ?? 'never'}`);
      book.confirmed.set(entry.bookingId, entry);
      if (mostAt(heldAtHome(book)) > entry.gross) faults.push(`${name} confirms more than it has`);
      return faults;
    }
  }
};

const auditHome = (events: readonly Recorded[]): string[] => {
  const book: HomeBook = { seen: new Map(), confirmed: new Map(), uses: new Map(), answered: new Set() };
  return events.flatMap(({ homeVersion, entries, donor, capabilityId }, index) => {
    const name = `home ${donor}/${capabilityId} version ${homeVersion}`;
    const faults = homeVersion === index + 1 ? [] : [`${name} stands at place ${index + 1}`];
    return [...faults, ...entries.flatMap((entry) => auditEntry(book, entry, name))];
  });
};

const groupBy = <T>(rows: readonly T[], key: (row: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()];
};

const dataOf = <T extends MusterEvent['type']>(stored: readonly StoredFact[], type: T) =>
  stored.flatMap(({ event }) => (event.type === type ? [event.data as EventData<T>] : []));

/** Every event id once. */
const auditIds = (stored: readonly StoredFact[]): string[] => {
  const ids = stored
    .filter(({ envelope }) => !envelope.id.includes('.ad-'))
    .map(({ envelope }) => envelope.id);
  return new Set(ids).size === ids.length ? [] : ['an event id stands twice'];
};

/** Every promise that the history breaks; none for a good one. */
export const audit = (stored: readonly StoredFact[]): string[] => {
  const name = ({ donor, capabilityId }: { donor: string; capabilityId: string }) =>
    `${donor}.${capabilityId}`;
  const bookings = groupBy(dataOf(stored, 'muster.booking.changed.v1'), name);
  const homes = groupBy(dataOf(stored, 'muster.home.recorded.v1'), name);
  return [...bookings.flatMap(auditBookings), ...homes.flatMap(auditHome), ...auditIds(stored)];
};
