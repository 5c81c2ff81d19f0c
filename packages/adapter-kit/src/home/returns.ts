import { type EventData, PAGE_ROWS_MAX, type Refusal, type StoredEventView } from '@muster/contracts';
import type { StoredEvent, Verdict } from '@muster/mesh';
import { type ForceLink, isoNow } from '../force/link.ts';
import { derivedId } from '../ids.ts';
import { retryLater } from '../verdicts.ts';

/** Statuses after which people, and not a policy, say when the units are home. */
const UNDER_WAY: readonly string[] = ['EN_ROUTE', 'STAGED', 'ON_TASK', 'RETURNING'];

const saysUnderWay = (stored: StoredEventView, deploymentId: string): boolean => {
  if (stored.envelope.type !== 'muster.deployment.status.v1') return false;
  const data = stored.data as EventData<'muster.deployment.status.v1'>;
  return data.deploymentId === deploymentId && UNDER_WAY.includes(data.status);
};

/** Whether the units had set out before `beforeSeq`, by the events of their request; or why that is not known yet. */
const hadSetOut = async (
  { caller, mode, force }: ForceLink,
  of: { requestId: string; deploymentId: string; beforeSeq: number },
): Promise<boolean | string> => {
  let afterSeq = 0;
  for (;;) {
    const query = { afterSeq, requestId: of.requestId, limit: PAGE_ROWS_MAX };
    const outcome = await caller.ask(mode, force, 'events', query);
    if (outcome.kind === 'refused') return outcome.refusal.because;
    if (outcome.kind !== 'answer') return 'the request-broker does not answer';
    const { events, lastSeq } = outcome.answer;
    if (events.some((stored) => saysUnderWay(stored, of.deploymentId))) return true;
    if (lastSeq >= of.beforeSeq && events.length < PAGE_ROWS_MAX) return false;
    if (lastSeq <= afterSeq) return 'the request-broker has not read so far yet';
    afterSeq = lastSeq;
  }
};

/** Somebody else may have reported it; a refusal that will not pass by itself is for a person. */
const onRefusal = ({ refused, because }: Refusal, deliveries: number): Verdict => {
  if (refused === 'wrong-status' || refused === 'not-found') return { do: 'ack' };
  if (refused === 'unavailable' || refused === 'contention') return retryLater(deliveries, because);
  return { do: 'dead', reason: `refused-${refused}`, because };
};

/** Units released before they set out are at home: says so at once, so that they are free again. */
export const onReleased = async (
  link: ForceLink,
  { seq, event, envelope }: StoredEvent<'muster.resource.released.v1'>,
  deliveries: number,
): Promise<Verdict> => {
  const { donor, deploymentId } = event.data;
  const requestId = envelope.correlationId;
  if (requestId === undefined) {
    return { do: 'dead', reason: 'no-request', because: 'the release does not say which request it is of' };
  }
  const away = await hadSetOut(link, { requestId, deploymentId, beforeSeq: seq });
  if (typeof away === 'string') return retryLater(deliveries, away);
  if (away) return { do: 'ack' };
  const outcome = await link.caller.command(link.mode, link.force, 'deployment-return', {
    commandId: derivedId('home', envelope.id),
    actor: { role: 'adapter', id: 'force-adapter' },
    classification: 'OFFICIAL',
    donor,
    deploymentId,
    at: isoNow(link.clock),
    injuries: 0,
    welfareReferral: false,
    remarks: 'Released before it set out',
  });
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
