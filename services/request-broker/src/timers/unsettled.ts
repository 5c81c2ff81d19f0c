import { type LedgerView, settledAfter } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';
import type { Cause } from '../command/internal.ts';
import type { ClassificationOf } from '../views/classifications.ts';

/** A request to be settled, and the event after which it is to be. */
export type Unsettled = {
  command: { name: 'settle-request'; host: string; requestId: string };
  cause: Cause;
  /** Of the event. */
  seq: number;
};

/** The requests to be settled after an event that the view has taken in. */
export const unsettledBy = (
  { event, envelope, seq }: StoredEvent,
  view: LedgerView,
  classificationOf: ClassificationOf,
): Unsettled[] =>
  settledAfter(event, view).map(({ host, requestId }) => ({
    command: { name: 'settle-request', host, requestId },
    cause: {
      causationId: envelope.id,
      correlationId: requestId,
      classification: classificationOf(host, requestId),
      traceparent: envelope.traceparent,
    },
    seq,
  }));

/** Requests that were to be settled and that this replica has not looked at since. */
export type UnsettledRequests = {
  note(found: readonly Unsettled[]): void;
  /** Forgets it, unless a later event has asked for it again. */
  drop(settled: Unsettled): void;
  open(): Iterable<Unsettled>;
};

export const trackUnsettled = (): UnsettledRequests => {
  const open = new Map<string, Unsettled>();
  const keyOf = ({ command }: Unsettled): string => `${command.host}.${command.requestId}`;
  return {
    note(found) {
      for (const each of found) open.set(keyOf(each), each);
    },
    drop(settled) {
      const known = open.get(keyOf(settled));
      if (known && known.seq <= settled.seq) open.delete(keyOf(settled));
    },
    open: () => open.values(),
  };
};
