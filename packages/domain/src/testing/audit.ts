import type { BookingChange, EventData, MusterEvent } from '@muster/contracts';
import type { StoredFact } from '../ledger/ledger.ts';

/**
 * Reads a history by itself, with sums over instants and nothing of the domain's own arithmetic, and names
 * every promise that it finds broken.
 */
type Span = { from: string; to: string; quantity: number };
type Live = Span & {
  status: BookingChange['kind'];
  pending?: string;
  continues?: { bookingId: string; since: string } | undefined;
};
type OfExtension = Extract<BookingChange, { extensionToken: number }>;
type Recorded = EventData<'muster.home.recorded.v1'>;
/** What an event says, and when it was decided. */
type At<T> = { data: T; time: string };

const latest = (a: string, b: string): string => (a > b ? a : b);

const LIVE: readonly BookingChange['kind'][] = ['reserved', 'confirmed', 'lapsing', 'released'];

const OUT: readonly BookingChange['kind'][] = ['confirmed', 'released'];

const mostAt = (spans: readonly Span[]): number =>
  Math.max(
    0,
    ...spans.map(({ from: at }) =>
      spans.filter(({ from, to }) => from <= at && at < to).reduce((sum, { quantity }) => sum + quantity, 0),
    ),
  );

/** The most within a span: what has no end may meet older promises beyond it. */
const mostWithin = (spans: readonly Span[], { from, to }: Span): number =>
  mostAt(
    spans
      .filter((each) => each.from < to && each.to > from)
      .map((each) => ({ ...each, from: latest(each.from, from) })),
  );

/** Units that are out and overdue come home nobody knows when; the work of a queue does not come home. */
const untilHome = <T extends Span>(span: T, capabilityId: string, now: string): T =>
  span.to > now || capabilityId === 'queue' ? span : { ...span, to: '9999' };

const rested = (to: string, minutes: number): string =>
  to === '9999' ? to : new Date(Date.parse(to) + minutes * 60_000).toISOString();

/** Whether what is reserved leaves to every other booking the rest that its advert asks for. */
const isRested = (
  all: ReadonlyMap<string, Live>,
  change: Extract<BookingChange, { kind: 'reserved' }>,
  time: string,
): boolean => {
  const { minRestMinutes = 0, quantity } = change.reliedOn;
  if (minRestMinutes === 0 || change.override) return true;
  const home = [...all.values()].filter(({ status }) => status === 'returned');
  const spans = [...heldAtHub(all, 'pool', time), ...home].map((each) => ({
    ...each,
    to: rested(each.to, minRestMinutes),
  }));
  return mostWithin(spans, { ...change, to: rested(change.to, minRestMinutes) }) <= quantity;
};

/** A booking after a step of its further time; until that is confirmed, both ends count. */
const extended = ({ pending: _, ...before }: Live, change: OfExtension): Live => {
  if (change.kind === 'extending') return { ...before, pending: change.to };
  return change.kind === 'extended' ? { ...before, to: change.to } : before;
};

const withPending = (live: Live): Live =>
  live.pending === undefined || live.status !== 'confirmed' ? live : { ...live, to: live.pending };

/** Units that go on are counted once, over both their assignments and all that lies between. */
const joined = (live: ReadonlyMap<string, Live>): Live[] => {
  const spans = new Map([...live].filter(([, { status }]) => LIVE.includes(status)));
  for (const [id, each] of [...spans]) {
    const { continues } = each;
    if (!continues) continue;
    const before = spans.get(continues.bookingId);
    spans.delete(continues.bookingId);
    const from = [each.from, continues.since].sort()[0] ?? each.from;
    spans.set(id, { ...each, from, to: before && before.to > each.to ? before.to : each.to });
  }
  return [...spans.values()];
};

const heldAtHub = (live: ReadonlyMap<string, Live>, capabilityId: string, time: string): Live[] =>
  joined(
    new Map(
      [...live].map(([id, each]) => [
        id,
        OUT.includes(each.status) ? untilHome(withPending(each), capabilityId, time) : each,
      ]),
    ),
  );

/** Whether units go on from what was released, whole, and to nowhere else. */
const goesOn = (
  live: ReadonlyMap<string, Live>,
  { continues, quantity }: Extract<BookingChange, { kind: 'reserved' }>,
): boolean => {
  if (!continues) return true;
  const before = live.get(continues.bookingId);
  const rivals = [...live.values()].filter(
    (each) =>
      each.continues?.bookingId === continues.bookingId && ['reserved', 'lapsing'].includes(each.status),
  );
  const since = before?.continues?.since ?? before?.from;
  return (
    before?.status === 'released' &&
    before.quantity === quantity &&
    since === continues.since &&
    rivals.length === 0
  );
};

const isHandedOn = (changes: readonly BookingChange[], continues: Live['continues']): boolean =>
  !continues ||
  changes.some(({ kind, bookingId }) => kind === 'handed-on' && bookingId === continues.bookingId);

/** Books one capability of the hub's ledger. */
const auditBookings = (events: readonly At<EventData<'muster.booking.changed.v1'>>[]): string[] => {
  const faults: string[] = [];
  const live = new Map<string, Live>();
  for (const [index, { data, time }] of events.entries()) {
    const { bookingVersion, changes, donor, capabilityId } = data;
    const name = `${donor}/${capabilityId} version ${bookingVersion}`;
    if (bookingVersion !== index + 1) faults.push(`${name} stands at place ${index + 1}`);
    for (const change of changes) {
      const before = live.get(change.bookingId);
      if (change.kind === 'reserved') {
        if (change.token !== bookingVersion) faults.push(`${name} reserves with token ${change.token}`);
        if (!goesOn(live, change)) faults.push(`${name} goes on with units that cannot`);
        live.set(change.bookingId, { ...change, status: 'reserved' });
        const held = heldAtHub(live, capabilityId, time);
        if (mostWithin(held, change) > change.reliedOn.quantity) faults.push(`${name} is over-committed`);
        if (!isRested(live, change, time)) faults.push(`${name} takes units that should rest`);
      } else if (before && 'extensionToken' in change) {
        const after = extended(before, change);
        live.set(change.bookingId, after);
        if (change.kind !== 'extending') continue;
        const span = { ...after, from: latest(before.to, time), to: change.to };
        const held = heldAtHub(live, capabilityId, time);
        if (mostWithin(held, span) > change.reliedOn.quantity) faults.push(`${name} extends too much`);
      } else if (before) {
        const to = change.kind === 'returned' ? change.at : before.to;
        live.set(change.bookingId, { ...before, to, status: change.kind });
        const isTwice = change.kind === 'confirmed' && !isHandedOn(changes, before.continues);
        if (isTwice) faults.push(`${name} confirms units that another booking holds too`);
      } else faults.push(`${name} changes ${change.bookingId}, which was never reserved`);
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

/** What home confirmed counts until the hub says that it came to nothing. */
const seeExtension = (
  book: HomeBook,
  before: Span & { status: BookingChange['kind'] },
  change: OfExtension,
) => {
  if (change.kind === 'extended') book.seen.set(change.bookingId, { ...before, to: change.to });
  const promised = book.confirmed.get(change.bookingId);
  if (change.kind === 'extension-ended' && promised) {
    book.confirmed.set(change.bookingId, { ...promised, to: before.to });
  }
};

const heldAtHome = ({ confirmed, seen, uses }: HomeBook, capabilityId: string, now: string): Span[] => [
  ...[...confirmed]
    .filter(([id]) => seen.get(id)?.status !== 'returned')
    .map(([, span]) => untilHome(span, capabilityId, now)),
  ...uses.values(),
];

const auditEntry = (
  book: HomeBook,
  entry: Recorded['entries'][number],
  { data: { donor, capabilityId, homeVersion }, time }: At<Recorded>,
): string[] => {
  const name = `home ${donor}/${capabilityId} version ${homeVersion}`;
  const most = (span: Span): number => mostWithin(heldAtHome(book, capabilityId, time), span);
  switch (entry.kind) {
    case 'seen':
      for (const change of entry.changes) {
        const before = book.seen.get(change.bookingId);
        if (change.kind === 'reserved') book.seen.set(change.bookingId, { ...change, status: 'reserved' });
        else if (before && 'extensionToken' in change) seeExtension(book, before, change);
        else if (before) book.seen.set(change.bookingId, { ...before, status: change.kind });
      }
      return [];
    case 'used':
      book.uses.set(entry.useId, entry);
      return most(entry) > entry.gross ? [`${name} uses more than it has`] : [];
    case 'use-returned': {
      const use = book.uses.get(entry.useId);
      if (use && entry.at < use.to) book.uses.set(entry.useId, { ...use, to: entry.at });
      return use ? [] : [`${name} returns a use that there is not`];
    }
    case 'extension-confirmed': {
      const promised = book.confirmed.get(entry.bookingId);
      if (!promised) return [`${name} extends what it never confirmed`];
      book.confirmed.set(entry.bookingId, { ...promised, to: entry.to });
      const further = { ...entry, from: latest(entry.from, time) };
      return most(further) > entry.gross ? [`${name} extends more than it has`] : [];
    }
    case 'extension-refused':
      return [];
    default: {
      const faults = book.answered.has(entry.bookingId) ? [`${name} answers ${entry.bookingId} twice`] : [];
      book.answered.add(entry.bookingId);
      if (entry.kind !== 'confirmed') return faults;
      const status = book.seen.get(entry.bookingId)?.status;
      if (status !== 'reserved') faults.push(`${name} confirms what it saw ${status ?? 'never'}`);
      if (entry.continues) book.confirmed.delete(entry.continues.bookingId);
      book.confirmed.set(entry.bookingId, entry);
      if (most(entry) > entry.gross) faults.push(`${name} confirms more than it has`);
      return faults;
    }
  }
};

const auditHome = (events: readonly At<Recorded>[]): string[] => {
  const book: HomeBook = { seen: new Map(), confirmed: new Map(), uses: new Map(), answered: new Set() };
  return events.flatMap((event, index) => {
    const { homeVersion, entries, donor, capabilityId } = event.data;
    const name = `home ${donor}/${capabilityId} version ${homeVersion}`;
    const faults = homeVersion === index + 1 ? [] : [`${name} stands at place ${index + 1}`];
    return [...faults, ...entries.flatMap((entry) => auditEntry(book, entry, event))];
  });
};

const groupBy = <T>(rows: readonly T[], key: (row: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()];
};

const dataOf = <T extends MusterEvent['type']>(stored: readonly StoredFact[], type: T) =>
  stored.flatMap(({ event, envelope }): At<EventData<T>>[] =>
    event.type === type ? [{ data: event.data as EventData<T>, time: envelope.time }] : [],
  );

/** Every event id once. */
const auditIds = (stored: readonly StoredFact[]): string[] => {
  const ids = stored
    .filter(({ envelope }) => !envelope.id.includes('.ad-'))
    .map(({ envelope }) => envelope.id);
  return new Set(ids).size === ids.length ? [] : ['an event id stands twice'];
};

/** Every promise that the history breaks; none for a good one. */
export const audit = (stored: readonly StoredFact[]): string[] => {
  const name = ({ data }: At<{ donor: string; capabilityId: string }>) =>
    `${data.donor}.${data.capabilityId}`;
  const bookings = groupBy(dataOf(stored, 'muster.booking.changed.v1'), name);
  const homes = groupBy(dataOf(stored, 'muster.home.recorded.v1'), name);
  return [...bookings.flatMap(auditBookings), ...homes.flatMap(auditHome), ...auditIds(stored)];
};
