import { PAGE_ROWS_MAX, type StoredEventView } from '@muster/contracts';
import type { ForceLink } from './link.ts';

/** Which part of the hub's ledger is read. */
export type Span = { requestId?: string; beforeSeq: number; traceparent: string };

/**
 * The events of the hub's ledger that the force may see and that are wanted, in order and at least up to
 * `beforeSeq`; or why they are not to be had yet.
 */
export const readHistory = async (
  { caller, mode, force }: ForceLink,
  { requestId, beforeSeq, traceparent }: Span,
  wanted: (stored: StoredEventView) => boolean,
): Promise<StoredEventView[] | string> => {
  const found: StoredEventView[] = [];
  let afterSeq = 0;
  for (;;) {
    const query = { afterSeq, requestId, limit: PAGE_ROWS_MAX };
    const outcome = await caller.ask(mode, force, 'events', query, { traceparent });
    if (outcome.kind === 'refused') return outcome.refusal.because;
    if (outcome.kind !== 'answer') return 'the request-broker does not answer';
    const { events, lastSeq } = outcome.answer;
    found.push(...events.filter(wanted));
    if (lastSeq >= beforeSeq && events.length < PAGE_ROWS_MAX) return found;
    if (lastSeq <= afterSeq) return 'the request-broker has not read so far yet';
    afterSeq = lastSeq;
  }
};
