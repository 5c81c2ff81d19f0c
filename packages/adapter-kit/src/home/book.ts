import {
  type Aggregate,
  eventId,
  type MusterEvent,
  PAGE_ROWS_MAX,
  type StoredEventView,
} from '@muster/contracts';
import { evolveHome, type HomeState } from '@muster/domain';
import type { HomeLink } from '../force/link.ts';

/** How long to wait for the broker's answer about the home ledger, in milliseconds. */
const ASK_MS = 5_000;

/** Event ids remembered for each capability, to know an own write again whose acknowledgement was lost. */
const IDS_KEPT = 32;

/** One capability in the force's own ledger: what it says, and the sequence under which it is guarded. */
export type HomeRecord = { state: HomeState; lastSeq: number; recentIds: readonly string[] };

export type CaughtUp = { kind: 'caught-up' } | { kind: 'behind'; because: string } | { kind: 'new-epoch' };

/** The force's home ledger as far as this process has read it. */
export type HomeBook = {
  record(capabilityId: string): HomeRecord | undefined;
  records(): ReadonlyMap<string, HomeRecord>;
  /** Reads on to at least this sequence of the home stream, 0 for whatever there is. */
  catchUp(atLeastSeq: number): Promise<CaughtUp>;
  /** Takes in what this process itself has just stored. */
  stored(seq: number, commandId: string, events: readonly MusterEvent[]): void;
};

export const homeAggregate = (donor: string, capabilityId: string): Aggregate => ({
  kind: 'home',
  owner: donor,
  id: capabilityId,
});

type HomeEvent = Extract<MusterEvent, { type: 'muster.home.opened.v1' | 'muster.home.recorded.v1' }>;

const isHomeEvent = (event: MusterEvent): event is HomeEvent => event.type.startsWith('muster.home.');

/** The broker has parsed the event against the table before it answered. */
const eventOf = (stored: StoredEventView): MusterEvent =>
  ({ type: stored.envelope.type, data: stored.data }) as MusterEvent;

/** @param only one capability, where a caller needs no more. */
export const createHomeBook = ({ caller, mode, force }: HomeLink, only?: string): HomeBook => {
  const records = new Map<string, HomeRecord>();
  let readTo = 0;
  let epoch: string | undefined;

  const take = (event: MusterEvent, seq: number, id: string): void => {
    if (!isHomeEvent(event)) return;
    const { capabilityId } = event.data;
    const before = records.get(capabilityId);
    if (before && before.lastSeq >= seq) return;
    const recentIds = [...(before?.recentIds ?? []), id].slice(-IDS_KEPT);
    const state = evolveHome(before?.state, event);
    if (state) records.set(capabilityId, { state, lastSeq: seq, recentIds });
  };

  const catchUp: HomeBook['catchUp'] = async (atLeastSeq) => {
    for (;;) {
      const outcome = await caller.ask(
        mode,
        force,
        'home',
        { afterSeq: readTo, atLeastSeq, capabilityId: only, limit: PAGE_ROWS_MAX },
        { deadlineMs: ASK_MS },
      );
      if (outcome.kind === 'refused') return { kind: 'behind', because: outcome.refusal.because };
      if (outcome.kind !== 'answer') {
        return { kind: 'behind', because: 'the request-broker does not answer' };
      }
      const { events, lastSeq, more } = outcome.answer;
      if (epoch !== undefined && epoch !== outcome.answer.epoch) return { kind: 'new-epoch' };
      epoch = outcome.answer.epoch;
      for (const stored of events) take(eventOf(stored), stored.seq, stored.envelope.id);
      readTo = Math.max(readTo, lastSeq);
      if (!more) return { kind: 'caught-up' };
    }
  };

  return {
    record: (capabilityId) => records.get(capabilityId),
    records: () => records,
    catchUp,
    stored: (seq, commandId, events) => {
      for (const [index, event] of events.entries()) {
        take(event, seq - (events.length - 1) + index, eventId({ org: force, commandId, n: index + 1 }));
      }
    },
  };
};
