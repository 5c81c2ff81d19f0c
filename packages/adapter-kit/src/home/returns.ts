import type { EventData, Refusal, StoredEventView } from '@muster/contracts';
import type { StoredEvent, Verdict } from '@muster/mesh';
import { readHistory } from '../force/history.ts';
import { type ForceLink, isoNow, type Taken } from '../force/link.ts';
import { derivedId } from '../ids.ts';
import { retryLater } from '../verdicts.ts';

/** Statuses after which people, and not a policy, say when the units are home. */
const UNDER_WAY: readonly string[] = ['EN_ROUTE', 'STAGED', 'ON_TASK', 'RETURNING'];

/** Units that came from another assignment are not at home, though they have not set out to this one. */
const cameFromElsewhere = (stored: StoredEventView, deploymentId: string): boolean => {
  if (stored.envelope.type !== 'muster.deployment.opened.v1') return false;
  const data = stored.data as EventData<'muster.deployment.opened.v1'>;
  return data.deploymentId === deploymentId && data.continues !== undefined;
};

const saysUnderWay = (stored: StoredEventView, deploymentId: string): boolean => {
  if (stored.envelope.type !== 'muster.deployment.status.v1') return false;
  const data = stored.data as EventData<'muster.deployment.status.v1'>;
  return data.deploymentId === deploymentId && UNDER_WAY.includes(data.status);
};

/** Somebody else may have reported it; a refusal that will not pass by itself is for a person. */
const onRefusal = ({ refused, because }: Refusal, deliveries: number): Verdict => {
  if (refused === 'wrong-status' || refused === 'not-found') return { do: 'ack' };
  if (refused === 'unavailable' || refused === 'contention') return retryLater(deliveries, because);
  return { do: 'dead', reason: `refused-${refused}`, because };
};

/** Units released before they set out from home are there: says so at once, so that they are free again. */
export const onReleased = async (
  link: ForceLink,
  { seq, event, envelope }: StoredEvent<'muster.resource.released.v1'>,
  { deliveries, traceparent }: Taken,
): Promise<Verdict> => {
  const { donor, deploymentId } = event.data;
  const requestId = envelope.correlationId;
  if (requestId === undefined) {
    return { do: 'dead', reason: 'no-request', because: 'the release does not say which request it is of' };
  }
  const setOut = await readHistory(
    link,
    { requestId, beforeSeq: seq, traceparent },
    (each) => saysUnderWay(each, deploymentId) || cameFromElsewhere(each, deploymentId),
  );
  if (typeof setOut === 'string') return retryLater(deliveries, setOut);
  if (setOut.length > 0) return { do: 'ack' };
  const body = {
    commandId: derivedId('home', envelope.id),
    actor: { role: 'adapter', id: 'force-adapter' } as const,
    classification: 'OFFICIAL' as const,
    donor,
    deploymentId,
    at: isoNow(link.clock),
    injuries: 0,
    welfareReferral: false,
    remarks: 'Released before it set out',
  };
  const { caller, mode, force } = link;
  const outcome = await caller.command(mode, force, 'deployment-return', body, { traceparent });
  switch (outcome.kind) {
    case 'stored':
      return { do: 'ack' };
    case 'refused':
      return onRefusal(outcome.refusal, deliveries);
    case 'no-service':
    case 'unknown':
      return retryLater(deliveries, outcome.because);
  }
};
