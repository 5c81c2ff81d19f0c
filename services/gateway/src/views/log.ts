import { type Parties, partiesOf } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';
import { RECENT_CHARACTERS_MAX, RECENT_EVENTS_MAX } from '../limits.ts';
import { type CloudEvent, cloudEventOf } from './cloudevent.ts';
import type { Row } from './filter.ts';

/** An event as a server-sent event: its place in the ledger is its id. */
export const frameOf = (stored: StoredEvent): string =>
  `id: ${stored.seq}\ndata: ${JSON.stringify(cloudEventOf(stored))}\n\n`;

const DATA = 'data: ';

/** The event of a frame that {@link frameOf} made. */
export const eventOfFrame = (frame: string): CloudEvent =>
  JSON.parse(frame.slice(frame.indexOf(DATA) + DATA.length)) as CloudEvent;

/** The events of the ledger in order: a small row for every one, and the newest ready to be sent. */
export type Log = {
  add(stored: StoredEvent, codes: readonly string[]): Row;
  /** Counts a message that could not be read, so that readers go on behind it. */
  skip(seq: number): void;
  lastSeq(): number;
  /** Rows after a sequence that fit, at most `limit`, out of at most `scanMax`; `upTo` is where to go on from. */
  page(
    afterSeq: number,
    limit: number,
    scanMax: number,
    fits: (row: Row) => boolean,
  ): { rows: Row[]; upTo: number };
  /** The frame of an event if it is still at hand. */
  recent(seq: number): string | undefined;
  clear(): void;
};

const sharedList = (lists: Map<string, readonly string[]>, codes: readonly string[]): readonly string[] => {
  const key = codes.join(' ');
  const known = lists.get(key);
  if (known) return known;
  lists.set(key, codes);
  return codes;
};

export const createLog = (): Log => {
  let rows: Row[] = [];
  const parties = new Map<string, Parties>();
  const codeLists = new Map<string, readonly string[]>();
  const frames = new Map<number, string>();
  let characters = 0;
  let last = 0;

  const shared = (subject: string): Parties => {
    const fresh = partiesOf(subject);
    const key = JSON.stringify(fresh);
    const known = parties.get(key);
    if (known) return known;
    parties.set(key, fresh);
    return fresh;
  };
  const keep = (seq: number, frame: string): void => {
    frames.set(seq, frame);
    characters += frame.length;
    for (const [oldest, text] of frames) {
      if (frames.size <= RECENT_EVENTS_MAX && characters <= RECENT_CHARACTERS_MAX) return;
      frames.delete(oldest);
      characters -= text.length;
    }
  };
  /** Index of the first row after the sequence. */
  const firstAfter = (seq: number): number => {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add: (stored, codes) => {
      const row: Row = {
        seq: stored.seq,
        type: stored.envelope.type,
        parties: shared(stored.subject),
        requestId: stored.envelope.correlationId,
        codes: sharedList(codeLists, codes),
      };
      rows.push(row);
      keep(stored.seq, frameOf(stored));
      last = stored.seq;
      return row;
    },
    skip: (seq) => {
      last = seq;
    },
    lastSeq: () => last,
    page: (afterSeq, limit, scanMax, fits) => {
      const found: Row[] = [];
      const start = firstAfter(afterSeq);
      const end = Math.min(rows.length, start + scanMax);
      for (let at = start; at < end; at += 1) {
        const row = rows[at];
        if (!row || !fits(row)) continue;
        found.push(row);
        if (found.length === limit && at + 1 < rows.length) return { rows: found, upTo: row.seq };
      }
      return {
        rows: found,
        upTo: end < rows.length ? (rows[end - 1]?.seq ?? afterSeq) : Math.max(last, afterSeq),
      };
    },
    recent: (seq) => frames.get(seq),
    clear: () => {
      rows = [];
      frames.clear();
      characters = 0;
      last = 0;
    },
  };
};
