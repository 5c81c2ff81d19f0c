import { isDeepStrictEqual } from 'node:util';
import { isOfExtension } from './extensions.ts';
import type { Change, Entry, Fact } from './facts.ts';
import { type BookingState, bookingKey, capabilityKey, type HubCapability } from './hub.ts';
import type { Note } from './report.ts';
import { awayUntil, earlier, inWeeks, later, peakWithin, type Taken } from './spans.ts';

export type Decision = {
  kind: 'confirmed' | 'refused' | 'void';
  bookingId: string;
  token: number;
  homeVersion: number;
  seq: number;
  storedAt: string;
};

type SeenBooking = {
  reserved: Extract<Change, { kind: 'reserved' }>;
  state: BookingState;
  lapsingAt?: string;
};

/** Units promised or in use; those that are out are away until they are reported home. */
type Held = Taken & { isOut: boolean };

/** One capability as its own force's ledger leaves it. */
export type HomeCapability = {
  version: number;
  seenVersion: number;
  seen: Map<string, SeenBooking>;
  decisions: Decision[];
  /** Its answers about further time, by the token of that. */
  further: { kind: 'extension-confirmed' | 'extension-refused'; token: number; homeVersion: number }[];
  /** What the force has promised or uses itself, by booking or use. */
  held: Map<string, Held>;
};

type Recorded = Fact<'muster.home.recorded.v1'>;
type Of<K extends Entry['kind']> = Extract<Entry, { kind: K }>;
type At = { of: HomeCapability; fact: Recorded; hub: HubCapability | undefined; note: Note; where: string };

const see = ({ of, fact, hub, note, where }: At, entry: Of<'seen'>): void => {
  if (entry.bookingVersion !== of.seenVersion + 1)
    note(
      'version-out-of-order',
      where,
      fact.seq,
      `saw booking version ${entry.bookingVersion} after ${of.seenVersion}`,
    );
  of.seenVersion = Math.max(of.seenVersion, entry.bookingVersion);
  const written = hub?.changes.get(entry.bookingVersion);
  // A version past the end of what was read of the hub's ledger was written while we were reading.
  const isKnown = hub !== undefined && entry.bookingVersion <= hub.version;
  if (isKnown && !isDeepStrictEqual(written ?? [], entry.changes))
    note(
      'home-saw-other',
      where,
      fact.seq,
      `its booking version ${entry.bookingVersion} is not what the hub wrote`,
    );
  for (const change of entry.changes) {
    const key = bookingKey(change);
    if (change.kind === 'reserved') of.seen.set(key, { reserved: change, state: 'reserved' });
    const booking = of.seen.get(key);
    if (!booking) continue;
    const promised = of.held.get(key);
    if (isOfExtension(change)) {
      // What home confirmed counts until the hub says that it came to nothing.
      if (change.kind === 'extended') booking.reserved = { ...booking.reserved, to: change.to };
      if (change.kind === 'extension-ended' && promised) promised.to = booking.reserved.to;
      continue;
    }
    if (change.kind === 'released' && promised) promised.to = booking.reserved.to;
    booking.state = change.kind;
    if (change.kind === 'lapsing') booking.lapsingAt = fact.storedAt;
    if (change.kind === 'returned' && promised) Object.assign(promised, { to: change.at, isOut: false });
  }
};

const earlierDecision = (of: HomeCapability, entry: { bookingId: string; token: number }) =>
  of.decisions.find((each) => each.bookingId === entry.bookingId && each.token === entry.token);

const judgeConfirmed = ({ of, fact, note, where }: At, entry: Of<'confirmed'>): void => {
  const booking = of.seen.get(bookingKey(entry));
  if (!booking) return;
  const { reserved, state } = booking;
  if (state !== 'reserved')
    note('home-decision-illegal', where, fact.seq, `confirmed ${entry.bookingId}, last seen ${state}`);
  if (fact.time > reserved.confirmBy)
    note(
      'home-decision-illegal',
      where,
      fact.seq,
      `confirmed ${entry.bookingId} after ${reserved.confirmBy}`,
    );
  const isSame =
    entry.quantity === reserved.quantity && entry.from === reserved.from && entry.to === reserved.to;
  if (!isSame || !isDeepStrictEqual(entry.continues, reserved.continues))
    note(
      'commitment-differs',
      where,
      fact.seq,
      `confirmed ${entry.bookingId} otherwise than it was reserved`,
    );
};

/** What the units come from is held no more beside what they go on to; gives the start of their first assignment. */
const leaveBefore = ({ of }: At, { continues }: Of<'confirmed'>): string | undefined => {
  for (const [key, { what }] of continues ? of.held : [])
    if (what === continues?.bookingId) of.held.delete(key);
  return continues?.since;
};

const decideAt = (at: At, entry: Of<'confirmed' | 'refused' | 'void'>): void => {
  const { of, fact, note, where } = at;
  if (!of.seen.has(bookingKey(entry)))
    note(
      'token-wrong',
      where,
      fact.seq,
      `${entry.kind} ${entry.bookingId} cites token ${entry.token}, which it never saw`,
    );
  const before = earlierDecision(of, entry);
  const mayFollow = !before || (before.kind === 'refused' && entry.kind === 'void');
  if (!mayFollow)
    note('home-decision-illegal', where, fact.seq, `${entry.kind} ${entry.bookingId} after ${before.kind}`);
  if (entry.kind === 'confirmed') {
    judgeConfirmed(at, entry);
    const { from, to, quantity, bookingId } = entry;
    const since = leaveBefore(at, entry) ?? from;
    of.held.set(bookingKey(entry), {
      what: bookingId,
      from: earlier(since, from),
      to,
      quantity,
      isOut: true,
    });
  }
  const { bookingId, token, kind } = entry;
  const { seq, storedAt } = fact;
  of.decisions.push({ kind, bookingId, token, homeVersion: fact.data.homeVersion, seq, storedAt });
};

const applyEntry = (at: At, entry: Entry): void => {
  switch (entry.kind) {
    case 'seen':
      see(at, entry);
      return;
    case 'confirmed':
    case 'refused':
    case 'void':
      decideAt(at, entry);
      return;
    case 'extension-confirmed':
    case 'extension-refused': {
      const { kind, extensionToken: token } = entry;
      at.of.further.push({ kind, token, homeVersion: at.fact.data.homeVersion });
      const held = at.of.held.get(bookingKey(entry));
      if (kind === 'extension-confirmed' && held) held.to = entry.to;
      return;
    }
    case 'used': {
      const { from, to, quantity, useId } = entry;
      at.of.held.set(`use ${useId}`, { what: `use ${useId}`, from, to, quantity, isOut: false });
      return;
    }
    case 'use-returned': {
      const held = at.of.held.get(`use ${entry.useId}`);
      if (held) held.to = earlier(held.to, entry.at);
      else
        at.note(
          'home-decision-illegal',
          at.where,
          at.fact.seq,
          `use ${entry.useId} returned but never begun`,
        );
      return;
    }
  }
};

const checkGross = ({ of, fact, note, where }: At, isQueue: boolean): void => {
  const spans = [...of.held.values()].map((each) => ({
    ...each,
    to: each.isOut ? awayUntil(each.to, fact.time, isQueue) : each.to,
  }));
  const taken = isQueue ? spans.map(inWeeks) : spans;
  for (const entry of fact.data.entries) {
    const isFurther = entry.kind === 'extension-confirmed';
    if (entry.kind !== 'confirmed' && entry.kind !== 'used' && !isFurther) continue;
    const from = isFurther ? later(entry.from, fact.time) : entry.from;
    const peak = peakWithin(taken, from, entry.to);
    if (peak.quantity > entry.gross)
      note(
        'over-committed-home',
        where,
        fact.seq,
        `${peak.quantity} of ${entry.gross} taken at ${peak.at} by ${peak.by.join(', ')}`,
      );
  }
};

export type HomeFact = Fact<'muster.home.opened.v1' | 'muster.home.recorded.v1'>;

/** Replays the home ledgers and judges each record against what went before and against the hub's ledger. */
export const replayHome = (
  facts: readonly HomeFact[],
  hub: ReadonlyMap<string, HubCapability>,
  queues: ReadonlySet<string>,
  note: Note,
): Map<string, HomeCapability> => {
  const capabilities = new Map<string, HomeCapability>();
  for (const fact of facts) {
    const key = capabilityKey(fact.data);
    const where = `home ${key}`;
    const before = capabilities.get(key);
    const { homeVersion } = fact.data;
    if (fact.type === 'muster.home.opened.v1') {
      if (before) note('version-out-of-order', where, fact.seq, 'opened a second time');
    } else if (!before) {
      note('version-out-of-order', where, fact.seq, `version ${homeVersion} without a genesis record`);
    } else if (homeVersion !== before.version + 1) {
      note('version-out-of-order', where, fact.seq, `version ${homeVersion} follows ${before.version}`);
    }
    const of = before ?? {
      version: 0,
      seenVersion: 0,
      seen: new Map(),
      decisions: [],
      further: [],
      held: new Map(),
    };
    capabilities.set(key, of);
    of.version = Math.max(of.version, homeVersion);
    if (fact.type !== 'muster.home.recorded.v1') continue;
    const at = { of, fact, hub: hub.get(key), note, where };
    for (const entry of fact.data.entries) applyEntry(at, entry);
    checkGross(at, queues.has(key));
  }
  return capabilities;
};
