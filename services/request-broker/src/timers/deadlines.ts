import { createHash } from 'node:crypto';
import { aggregateKey, COMMAND_ID_LENGTH_MAX, type MusterEvent, type TimerName } from '@muster/contracts';
import { CLAIM_DUE, deadlinesOf, type InternalCommand, isClaimEvent } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';

/** A time at which the broker has something to decide. */
export type Deadline = {
  timer: TimerName;
  at: string;
  ledgerSeq: number;
  command: InternalCommand;
  /** The trace of the event that set it. */
  traceparent: string | undefined;
};

/** What a deadline needs to know of the event that sets it. */
type Setting = Pick<StoredEvent, 'event' | 'seq' | 'envelope'>;

/** The deadlines that stand open, as the ledger's events tell. */
export type Deadlines = {
  /** Takes an event in and returns the deadlines that it sets. */
  apply(stored: Setting): Deadline[];
  find(timer: TimerName): Deadline | undefined;
  open(): Iterable<Deadline>;
};

const ANSWER_BY = 'answer-by';
const END = 'end';
const APPROVAL_BY = 'approval-by';
const WAVE = 'wave';
const ACCEPT_BY = 'accept-by';
/** The recall of a deployment's units. */
const RECALL = 'recall';
/** An ask to keep a deployment's units for longer. */
const EXTENSION = 'extension';
/** The end of the time for which units are lent and not seconded. */
export const SECONDMENT = 'secondment';
const confirmName = (offerId: string): string => `confirm-${offerId}`;
const validName = (offerId: string): string => `valid-${offerId}`;

const keyOf = (timer: TimerName): string => `${aggregateKey(timer.aggregate)}/${timer.name}`;

/** A timer's name stands in a subject, so a long one is replaced by a digest. */
const fitted = (timer: TimerName): TimerName =>
  timer.name.length <= COMMAND_ID_LENGTH_MAX
    ? timer
    : {
        ...timer,
        name: createHash('sha256').update(timer.name).digest('hex').slice(0, COMMAND_ID_LENGTH_MAX),
      };

const commandFor = (event: MusterEvent, name: string): InternalCommand | undefined => {
  if (event.type === 'muster.return.requested.v1' && name === RECALL) {
    const { donor, deploymentId } = event.data;
    return { name: 'recall-due', donor, deploymentId };
  }
  if (isClaimEvent(event)) {
    const { donor, claimId } = event.data;
    return name === CLAIM_DUE ? { name: 'claim-due', donor, claimId } : undefined;
  }
  if ('deploymentId' in event.data) {
    const { donor, deploymentId } = event.data;
    if (name === EXTENSION) return { name: 'extension-due', donor, deploymentId };
    if (name === SECONDMENT) return { name: 'secondment-due', donor, deploymentId };
  }
  if (!('requestId' in event.data)) return undefined;
  const { host, requestId } = event.data;
  if (name === ANSWER_BY) return { name: 'answer-time-due', host, requestId };
  if (name === END) return { name: 'request-end-due', host, requestId };
  if (name === WAVE) return { name: 'wave-due', host, requestId };
  if (name === ACCEPT_BY) return { name: 'accept-due', host, requestId };
  if (name === APPROVAL_BY) return { name: 'approval-due', host, requestId };
  if (event.type === 'muster.offer.made.v1' && name === validName(event.data.offerId)) {
    return { name: 'offer-due', host, requestId, offerId: event.data.offerId };
  }
  const isReserved = event.type === 'muster.offer.accepted.v1' || event.type === 'muster.offer.called.v1';
  if (isReserved && name === confirmName(event.data.offerId)) {
    return { name: 'confirm-due', host, requestId, offerId: event.data.offerId };
  }
  return undefined;
};

/** The deadlines that an event sets, each with the decision that it asks for. */
export const deadlinesSetBy = ({ event, seq: ledgerSeq, envelope }: Setting): Deadline[] =>
  deadlinesOf(event).map(({ timer, at }) => {
    const command = commandFor(event, timer.name);
    if (!command) throw new Error(`${event.type} sets the deadline "${timer.name}", which nobody handles`);
    return { timer: fitted(timer), at, ledgerSeq, command, traceparent: envelope.traceparent };
  });

/** Names of the timers that an event makes moot. */
const endedBy = (event: MusterEvent): string[] => {
  switch (event.type) {
    case 'muster.request.answer_time_expired.v1':
      return [ANSWER_BY, WAVE];
    case 'muster.request.escalated.v1':
    case 'muster.request.escalation_overdue.v1':
      return [ACCEPT_BY];
    case 'muster.request.approval_overdue.v1':
      return [APPROVAL_BY];
    case 'muster.request.approved.v1':
      return event.data.retrospective ? [APPROVAL_BY] : [];
    case 'muster.request.refused.v1':
      return [ANSWER_BY, END, APPROVAL_BY];
    case 'muster.request.cancelled.v1':
    case 'muster.request.expired.v1':
    case 'muster.request.closed.v1':
      return [ANSWER_BY, END, WAVE, ACCEPT_BY];
    case 'muster.offer.accepted.v1':
    case 'muster.offer.withdrawn.v1':
    case 'muster.offer.not_selected.v1':
    case 'muster.offer.left_out.v1':
      return [validName(event.data.offerId)];
    case 'muster.offer.lapsed.v1':
      return [confirmName(event.data.offerId), validName(event.data.offerId)];
    case 'muster.commitment.made.v1':
    case 'muster.commitment.refused.v1':
      return [confirmName(event.data.offerId)];
    default:
      return [];
  }
};

const timersOf = (
  { donor: owner, deploymentId: id }: { donor: string; deploymentId: string },
  ...names: string[]
): TimerName[] => names.map((name) => ({ aggregate: { kind: 'deployment', owner, id }, name }));

/** The timers of a deployment or its claim that an event makes moot. */
const endedOfDeployment = (event: MusterEvent): TimerName[] => {
  switch (event.type) {
    case 'muster.resource.released.v1':
      return timersOf(event.data, RECALL, EXTENSION);
    case 'muster.return.withdrawn.v1':
    case 'muster.return.raised.v1':
      return timersOf(event.data, RECALL);
    case 'muster.deployment.forfeited.v1':
    case 'muster.deployment.aborted.v1':
      return timersOf(event.data, RECALL, EXTENSION, SECONDMENT);
    case 'muster.extension.answered.v1':
      return event.data.answer === 'decline' ? timersOf(event.data, EXTENSION) : [];
    case 'muster.extension.confirmed.v1':
    case 'muster.extension.ended.v1':
      return timersOf(event.data, EXTENSION);
    case 'muster.deployment.secondment_review.v1':
      return timersOf(event.data, SECONDMENT);
    case 'muster.deployment.returned.v1':
      return timersOf(event.data, EXTENSION, SECONDMENT);
    case 'muster.claim.paid.v1':
    case 'muster.claim.waived.v1':
    case 'muster.claim.overdue.v1': {
      const { donor: owner, claimId: id } = event.data;
      return [{ aggregate: { kind: 'claim', owner, id }, name: CLAIM_DUE }];
    }
    default:
      return [];
  }
};

const ENDS: readonly string[] = [
  'muster.request.cancelled.v1',
  'muster.request.expired.v1',
  'muster.request.closed.v1',
  'muster.request.refused.v1',
];

export const trackDeadlines = (): Deadlines => {
  const open = new Map<string, Deadline>();
  /** The keys of the times at which the offers of a request run out, until it ends. */
  const offersOf = new Map<string, string[]>();
  const dropOffers = (request: string): void => {
    for (const key of offersOf.get(request) ?? []) open.delete(key);
    offersOf.delete(request);
  };
  return {
    apply(stored) {
      const { event } = stored;
      if ('requestId' in event.data) {
        const { host: owner, requestId: id } = event.data;
        const aggregate = { kind: 'request', owner, id } as const;
        for (const name of endedBy(event)) open.delete(keyOf(fitted({ aggregate, name })));
        if (ENDS.includes(event.type)) dropOffers(aggregateKey(aggregate));
      }
      for (const timer of endedOfDeployment(event)) open.delete(keyOf(timer));
      const set = deadlinesSetBy(stored);
      for (const deadline of set) {
        const key = keyOf(deadline.timer);
        open.set(key, deadline);
        if (deadline.command.name !== 'offer-due') continue;
        const request = aggregateKey(deadline.timer.aggregate);
        offersOf.set(request, [...(offersOf.get(request) ?? []), key]);
      }
      return set;
    },
    find: (timer) => open.get(keyOf(timer)),
    open: () => open.values(),
  };
};
