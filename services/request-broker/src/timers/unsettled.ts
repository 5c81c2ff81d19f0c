import { deploymentSettledAfter, type LedgerView, settledAfter } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';
import type { Cause } from '../command/internal.ts';
import type { ClassificationOf } from '../views/classifications.ts';

/** A request or a deployment to be settled, and the event after which it is to be. */
export type Unsettled = {
  command:
    | { name: 'settle-request'; host: string; requestId: string }
    | { name: 'settle-deployment'; donor: string; deploymentId: string };
  cause: Cause;
  /** Of the event. */
  seq: number;
};

/** The requests to be settled after an event that the view has taken in. */
export const unsettledBy = (
  { event, envelope, seq }: StoredEvent,
  view: LedgerView,
  classificationOf: ClassificationOf,
): Unsettled[] => {
  const follow = (command: Unsettled['command'], of: { host: string; requestId: string }): Unsettled => ({
    command,
    cause: {
      causationId: envelope.id,
      correlationId: of.requestId,
      classification: classificationOf(of.host, of.requestId),
      traceparent: envelope.traceparent,
    },
    seq,
  });
  const name = deploymentSettledAfter(event);
  const deployment = name && view.deployment(name.donor, name.deploymentId);
  return [
    ...settledAfter(event, view).map(({ host, requestId }) =>
      follow({ name: 'settle-request', host, requestId }, { host, requestId }),
    ),
    ...(name && deployment ? [follow({ name: 'settle-deployment', ...name }, deployment)] : []),
  ];
};

/** What was to be settled and that this replica has not looked at since. */
export type UnsettledRequests = {
  note(found: readonly Unsettled[]): void;
  /** Forgets it, unless a later event has asked for it again. */
  drop(settled: Unsettled): void;
  open(): Iterable<Unsettled>;
};

export const trackUnsettled = (): UnsettledRequests => {
  const open = new Map<string, Unsettled>();
  const keyOf = ({ command }: Unsettled): string =>
    command.name === 'settle-request'
      ? `request.${command.host}.${command.requestId}`
      : `deployment.${command.donor}.${command.deploymentId}`;
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
