import {
  type Aggregate,
  aggregateOf,
  type Envelope,
  type EventData,
  eventId,
  isRefusal,
  type Mode,
  type MusterEvent,
  type RefusalCode,
  type StreamKind,
  streamOf,
  subjectOf,
} from '@muster/contracts';
import { createLedger, decide, decideHome, type Ledger, type LedgerCommand } from '@muster/domain';
import type { RawRecord } from '../checker/facts.ts';

/** Who the events of a decision are attributed to. */
export type Identity = { org: string; commandId: string; actor: string };

/** What came of a command. */
export type Outcome =
  | { kind: 'stored'; events: MusterEvent[]; ids: string[] }
  | { kind: 'repeated'; ids: string[] }
  | { kind: 'refused'; code: RefusalCode; because: string }
  | { kind: 'nothing' };

/** Faults that are planted, to see whether they are found. None: all is as it really is. */
export type Plants = {
  decide?: (real: typeof decide) => typeof decide;
  home?: (real: typeof decideHome) => typeof decideHome;
  /** Changes what is stored of a decision. */
  events?: (events: MusterEvent[]) => MusterEvent[];
  /** A replica that appends without the guard, and remembers no command. */
  isUnguarded?: boolean;
  /** The exercise writes to the actual stream. */
  isLeaking?: boolean;
};

type Stored = { seq: number; subject: string; envelope: Envelope; event: MusterEvent };

export type BookingFact = EventData<'muster.booking.changed.v1'>;

const headersOf = ({ id, type, time, actor, commandId }: Envelope): Record<string, string> => ({
  'ce-id': id,
  'ce-type': type,
  'ce-time': time,
  'ce-actor': actor,
  'ce-commandid': commandId,
});

/**
 * The streams of one mode in memory, with a replica of the broker that is up to date and one that is behind.
 * Every record is kept as it was written, beside the event that the replicas hold.
 */
export const createMesh = (mode: Mode, clock: { now: string }, plants: Plants) => {
  const ledger = createLedger();
  const behind = createLedger();
  const stored: Stored[] = [];
  const records: RawRecord[] = [];
  const bookings = new Map<string, BookingFact[]>();
  const last: Record<StreamKind, number> = { CAPABILITY: 0, ASSISTANCE: 0, HOME: 0, TIMERS: 0, ALERTS: 0 };
  const listeners: ((event: MusterEvent) => void)[] = [];
  let seenBehind = 0;
  const decideHere = plants.decide?.(decide) ?? decide;
  const decideAtHome = plants.home?.(decideHome) ?? decideHome;

  const append = (decided: readonly MusterEvent[], { org, commandId, actor }: Identity): string[] => {
    const events = plants.events?.([...decided]) ?? decided;
    return events.map((event, index) => {
      const stream = streamOf(event.type);
      last[stream] += 1;
      const id = eventId({ org, commandId, n: index + 1 });
      const envelope: Envelope = {
        ...{ id, source: '/muster/hub/request-broker', type: event.type, time: clock.now },
        ...{ commandId, actor, classification: 'OFFICIAL' },
      };
      const fact = { seq: last[stream], subject: subjectOf(mode, event), envelope, event };
      stored.push(fact);
      records.push({
        ...{ stream: `${stream}_${mode.toUpperCase()}`, seq: fact.seq, subject: fact.subject },
        ...{ headers: headersOf(envelope), body: JSON.stringify(event.data), storedAt: clock.now },
      });
      ledger.apply(fact);
      if (event.type === 'muster.booking.changed.v1') {
        const key = `${event.data.donor}/${event.data.capabilityId}`;
        bookings.set(key, [...(bookings.get(key) ?? []), event.data]);
      }
      for (const listener of listeners) listener(event);
      return id;
    });
  };

  const isNewer = (seen: Ledger, guards: readonly Aggregate[]): boolean =>
    !plants.isUnguarded && guards.some((guard) => seen.lastSeq(guard) !== ledger.lastSeq(guard));

  /** One try of a replica; undefined when somebody else was first. */
  const tryOn = (
    seen: Ledger,
    command: LedgerCommand,
    as: Identity,
    isLost: boolean,
  ): Outcome | undefined => {
    const known = 'body' in command && !plants.isUnguarded ? seen.result(as.org, as.commandId) : undefined;
    if (known) return { kind: 'repeated', ids: known.events.map(({ id }) => id) };
    const decision = decideHere(command, seen.view, clock.now);
    if (isRefusal(decision)) return { kind: 'refused', code: decision.refused, because: decision.because };
    const { events, alsoGuard = [] } = decision;
    if (events.length === 0 || isLost) return { kind: 'nothing' };
    if (isNewer(seen, [...events.map(aggregateOf), ...alsoGuard])) return undefined;
    return { kind: 'stored', events, ids: append(events, as) };
  };

  return {
    mode,
    ledger,
    stored,
    records: records as readonly RawRecord[],
    append,
    decideHome: decideAtHome,
    onStored: (listener: (event: MusterEvent) => void): void => void listeners.push(listener),
    bookingsOf: (donor: string, capabilityId: string): readonly BookingFact[] =>
      bookings.get(`${donor}/${capabilityId}`) ?? [],
    /** Decides on what is known now, or on what a replica knows that is behind and decides again if it loses. */
    submit(command: LedgerCommand, as: Identity, how: 'fresh' | 'behind' | 'lost' = 'fresh'): Outcome {
      const first = how === 'behind' ? tryOn(behind, command, as, false) : undefined;
      if (first && first.kind !== 'refused') return first;
      const outcome = tryOn(ledger, command, as, how === 'lost');
      if (!outcome) throw new Error('a decision on all that is stored cannot lose a race');
      return outcome;
    },
    /** The replica that is behind reads on, up to about so many records before the end, and always whole appends. */
    readOn(left: number): void {
      const isWithin = (one: Stored | undefined): boolean =>
        one?.envelope.commandId === stored[seenBehind - 1]?.envelope.commandId;
      while (seenBehind < stored.length - left || (seenBehind > 0 && isWithin(stored[seenBehind]))) {
        const next = stored[seenBehind];
        if (!next) return;
        behind.apply(next);
        seenBehind += 1;
      }
    },
  };
};
export type Mesh = ReturnType<typeof createMesh>;
