import { capabilityOf, type Parties, partiesOf, tellsOfOral } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';

/** Where one stored event stands and whom it concerns; small, since every event of the ledger has one. */
export type HistoryRow = {
  seq: number;
  parties: Parties;
  requestId: string | undefined;
  /** When it was decided, in milliseconds since the epoch. */
  decidedMs: number;
  /** For a booking or a home record. */
  capabilityId: string | undefined;
  /** It tells of an approval by word of mouth, or of what came of it in writing. */
  isOral: boolean;
};

/** The ledger's events in order, without their bodies. */
export type History = {
  add(stored: StoredEvent): HistoryRow;
  /** Counts a message that could not be read, so that readers go on behind it. */
  skip(seq: number): void;
  lastSeq(): number;
  /** The last sequence of which all before were decided before a time; writers' clocks differ by at most `skewMs`. */
  seqBefore(ms: number, skewMs: number): number;
  /** Rows after a sequence that fit, at most `limit`, and where to go on from. */
  page(o: { afterSeq: number; limit: number; scanMax: number; fits: (row: HistoryRow) => boolean }): {
    seqs: number[];
    lastSeq: number;
    more: boolean;
  };
};

/** Index of the first row after the sequence. */
const firstAfter = (rows: readonly HistoryRow[], seq: number): number => {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row && row.seq <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const createHistory = (): History => {
  const rows: HistoryRow[] = [];
  // One object for every distinct set of parties: there are few, and events are many.
  const seen = new Map<string, Parties>();
  let last = 0;

  const sharedParties = (subject: string): Parties => {
    const parties = partiesOf(subject);
    const key = `${parties.host ?? ''}/${parties.donor ?? ''}/${parties.addressee ?? ''}/${parties.privateTo ?? ''}`;
    const known = seen.get(key);
    if (known) return known;
    seen.set(key, parties);
    return parties;
  };

  return {
    add(stored) {
      const row = {
        seq: stored.seq,
        parties: sharedParties(stored.subject),
        requestId: stored.envelope.correlationId,
        decidedMs: Date.parse(stored.envelope.time),
        capabilityId: capabilityOf(stored.event),
        isOral: tellsOfOral(stored.event),
      };
      rows.push(row);
      last = stored.seq;
      return row;
    },
    skip(seq) {
      last = seq;
    },
    lastSeq: () => last,
    seqBefore(ms, skewMs) {
      let low = 0;
      let high = rows.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const row = rows[middle];
        if (row && row.decidedMs < ms - skewMs) low = middle + 1;
        else high = middle;
      }
      return rows[low - 1]?.seq ?? 0;
    },
    page({ afterSeq, limit, scanMax, fits }) {
      const seqs: number[] = [];
      const start = firstAfter(rows, afterSeq);
      const end = Math.min(rows.length, start + scanMax);
      for (let at = start; at < end; at += 1) {
        const row = rows[at];
        if (!row || !fits(row)) continue;
        seqs.push(row.seq);
        if (seqs.length === limit) return { seqs, lastSeq: row.seq, more: at + 1 < rows.length };
      }
      if (end < rows.length) return { seqs, lastSeq: rows[end - 1]?.seq ?? afterSeq, more: true };
      return { seqs, lastSeq: Math.max(last, afterSeq), more: false };
    },
  };
};
