import type { BookingChange, EventData, HomeEntry } from '@muster/contracts';
import { entryKey } from '../catalogue/entry.ts';

/** How long a span that has ended is kept, in milliseconds (31 days). */
export const SPANS_KEPT_MS = 31 * 24 * 3_600_000;

/** States of a booking in which its units are not free. */
export type HeldState = 'reserved' | 'confirmed' | 'lapsing' | 'released' | 'returned';

/** One span for which some of a capability is taken. */
export type Span =
  | {
      kind: 'booked';
      id: string;
      from: string;
      to: string;
      quantity: number;
      host: string;
      requestId: string;
      state: HeldState;
    }
  | { kind: 'local'; id: string; from: string; to: string; quantity: number };

type Change<K extends BookingChange['kind']> = Extract<BookingChange, { kind: K }>;

const NONE: readonly Span[] = [];

/** What is taken of every capability: by bookings of the mesh, and by the force's own use. */
export type Taken = {
  booked(data: EventData<'muster.booking.changed.v1'>): void;
  recorded(data: EventData<'muster.home.recorded.v1'>): void;
  of(force: string, capabilityId: string): readonly Span[];
  /** Drops spans that ended longer than {@link SPANS_KEPT_MS} ago and hold nothing; gives their number. */
  sweep(nowMs: number): number;
  clear(kind: Span['kind']): void;
};

type Spans = Map<string, Span>;

const spanId = (kind: Span['kind'], id: string): string => `${kind}/${id}`;

const reserve = (spans: Spans, change: Change<'reserved'>): void => {
  const { bookingId: id, from, to, quantity, host, requestId } = change;
  spans.set(spanId('booked', id), {
    kind: 'booked',
    id,
    from,
    to,
    quantity,
    host,
    requestId,
    state: 'reserved',
  });
};

/** The units are free again from `at`; what lies before it was taken. */
const endAt = (spans: Spans, id: string, at: string): void => {
  const span = spans.get(id);
  if (!span) return;
  if (at <= span.from) {
    spans.delete(id);
    return;
  }
  const to = at < span.to ? at : span.to;
  spans.set(id, span.kind === 'booked' ? { ...span, to, state: 'returned' } : { ...span, to });
};

const applyChange = (spans: Spans, change: BookingChange): void => {
  const id = spanId('booked', change.bookingId);
  switch (change.kind) {
    case 'reserved':
      reserve(spans, change);
      break;
    case 'confirmed':
    case 'lapsing':
    case 'released': {
      const span = spans.get(id);
      if (span?.kind === 'booked') spans.set(id, { ...span, state: change.kind });
      break;
    }
    case 'refused':
    case 'void':
      spans.delete(id);
      break;
    case 'returned':
      endAt(spans, id, change.at);
      break;
    default:
      change satisfies never;
  }
};

/** Of the home ledger only local use counts here; its answers to bookings reach us through the hub's ledger. */
const applyEntry = (spans: Spans, entry: HomeEntry): void => {
  if (entry.kind === 'used') {
    const { useId: id, from, to, quantity } = entry;
    spans.set(spanId('local', id), { kind: 'local', id, from, to, quantity });
  } else if (entry.kind === 'use-returned') {
    endAt(spans, spanId('local', entry.useId), entry.at);
  }
};

const holdsNothingSince = (span: Span, before: string): boolean =>
  span.to < before && (span.kind === 'local' || span.state === 'returned');

export const createTaken = (): Taken => {
  const capabilities = new Map<string, Spans>();
  /** Sorted lists made on first use; most capabilities have none. */
  const lists = new Map<string, readonly Span[]>();

  const change = (key: string, apply: (spans: Spans) => void): void => {
    const spans = capabilities.get(key) ?? new Map<string, Span>();
    apply(spans);
    if (spans.size > 0) capabilities.set(key, spans);
    else capabilities.delete(key);
    lists.delete(key);
  };

  const dropWhere = (drops: (span: Span) => boolean): number => {
    let dropped = 0;
    for (const [key, spans] of capabilities) {
      const ids = [...spans].filter(([, span]) => drops(span)).map(([id]) => id);
      if (ids.length === 0) continue;
      change(key, () => {
        for (const id of ids) spans.delete(id);
      });
      dropped += ids.length;
    }
    return dropped;
  };

  return {
    booked: ({ donor, capabilityId, changes }) =>
      change(entryKey(donor, capabilityId), (spans) => {
        for (const one of changes) applyChange(spans, one);
      }),
    recorded: ({ donor, capabilityId, entries }) =>
      change(entryKey(donor, capabilityId), (spans) => {
        for (const entry of entries) applyEntry(spans, entry);
      }),
    of: (force, capabilityId) => {
      const key = entryKey(force, capabilityId);
      const known = lists.get(key);
      if (known) return known;
      const spans = capabilities.get(key);
      if (!spans) return NONE;
      const list = [...spans.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
      lists.set(key, list);
      return list;
    },
    sweep: (nowMs) => {
      const before = new Date(nowMs - SPANS_KEPT_MS).toISOString();
      return dropWhere((span) => holdsNothingSince(span, before));
    },
    clear: (kind) => {
      dropWhere((span) => span.kind === kind);
    },
  };
};
