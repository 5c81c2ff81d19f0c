import { HUB, type Mode, refuse, streamName } from '@muster/contracts';
import {
  armTimer,
  BROKER_ARM,
  BROKER_DUE,
  type Mesh,
  readDue,
  type StoredEvent,
  type Verdict,
  type Worker,
  type WorkMessage,
  work,
} from '@muster/mesh';
import { type Cause, type Internal, verdictOf } from '../command/internal.ts';
import type { FaultPoint } from '../faults.ts';
import { ARM_PARALLEL_MAX, CATCH_UP_MS, SWEEP_INTERVAL_MS, WORK_PARALLEL, WORK_RETRY_MS } from '../limits.ts';
import { startSweep } from '../sweep.ts';
import type { ClassificationOf } from '../views/classifications.ts';
import type { Views } from '../views/views.ts';
import { type Deadline, type Deadlines, deadlinesSetBy } from './deadlines.ts';
import { type Unsettled, type UnsettledRequests, unsettledBy } from './unsettled.ts';

export type TimerOptions = {
  mesh: Mesh;
  mode: Mode;
  views: Views;
  deadlines: Deadlines;
  unsettled: UnsettledRequests;
  internal: Internal;
  fault: FaultPoint;
  classificationOf: ClassificationOf;
};

export type TimerKeeper = { stop(): Promise<void> };

const service = 'request-broker';

const arm = async (o: TimerOptions, deadline: Deadline): Promise<Verdict> => {
  const { timer, at, ledgerSeq, traceparent } = deadline;
  const outcome = await armTimer(o.mesh, o.mode, { timer, at, ledgerSeq, traceparent });
  if (outcome === 'unknown') {
    return { do: 'retry', afterMs: WORK_RETRY_MS, because: `timer ${timer.name} could not be armed` };
  }
  return { do: 'ack' };
};

/** Settles a request, if there is anything to settle on what this replica has read. */
const settle = async (o: TimerOptions, unsettled: Unsettled): Promise<Verdict> => {
  const { command, cause } = unsettled;
  const verdict: Verdict = o.internal.hasEffect(command)
    ? verdictOf(await o.internal.run(command, cause))
    : { do: 'ack' };
  if (verdict.do === 'ack') o.unsettled.drop(unsettled);
  return verdict;
};

/** Settles the requests that an event may have left with a minimum out of reach, or at their end. */
const settleAfter = async (o: TimerOptions, stored: StoredEvent): Promise<Verdict> => {
  if (!(await o.views.assistance.projection.waitFor(stored.seq, CATCH_UP_MS))) return notRead(stored.seq);
  for (const unsettled of unsettledBy(stored, o.views.ledger.view, o.classificationOf)) {
    const verdict = await settle(o, unsettled);
    if (verdict.do !== 'ack') return verdict;
  }
  return { do: 'ack' };
};

const notRead = (seq: number): Verdict =>
  verdictOf({ kind: 'refused', refusal: refuse('unavailable', `the ledger was not read up to ${seq}`) });

/** Sees to what has to follow a ledger event: a schedule for every deadline that it sets, and the settling. */
const followUp = async (o: TimerOptions, message: WorkMessage): Promise<Verdict> => {
  const decoded = message.decode();
  // An unreadable ledger event is reported by the projection of every replica; nothing can follow it.
  if (!decoded.ok) return { do: 'ack' };
  for (const deadline of deadlinesSetBy(decoded.stored)) {
    o.fault('between-append-and-arm');
    const verdict = await arm(o, deadline);
    if (verdict.do !== 'ack') return verdict;
  }
  return settleAfter(o, decoded.stored);
};

const isPast = (o: TimerOptions, deadline: Deadline): boolean =>
  Date.parse(deadline.at) <= o.mesh.clock.now();

/** The request to which a deadline belongs: a deployment is of one. */
const requestOf = (o: TimerOptions, { kind, owner, id }: Deadline['timer']['aggregate']) =>
  kind === 'deployment' || kind === 'claim'
    ? o.views.ledger.view.deployment(owner, id)
    : { host: owner, requestId: id };

const causeOf = (o: TimerOptions, { timer, traceparent }: Deadline): Cause => {
  const request = requestOf(o, timer.aggregate);
  return {
    causationId: `timer:${timer.aggregate.owner}/${timer.aggregate.id}/${timer.name}`,
    correlationId: request?.requestId,
    classification: request && o.classificationOf(request.host, request.requestId),
    traceparent,
  };
};

/** A due message is a hint: the ledger says whether there is anything to decide, and whether it is time. */
const onDue = async (o: TimerOptions, message: WorkMessage): Promise<Verdict> => {
  const due = readDue(message);
  if (!due) return { do: 'dead', reason: 'unreadable', because: `${message.subject} is no due timer` };
  if (!(await o.views.assistance.projection.waitFor(due.ledgerSeq, CATCH_UP_MS))) {
    return notRead(due.ledgerSeq);
  }
  const deadline = o.deadlines.find(due.timer);
  if (!deadline) return { do: 'ack' };
  if (!isPast(o, deadline)) return arm(o, deadline);
  return verdictOf(await o.internal.run(deadline.command, causeOf(o, deadline)));
};

/** Decides every deadline that has passed and is still open. */
const decidePast = async (o: TimerOptions): Promise<void> => {
  for (const deadline of [...o.deadlines.open()]) {
    if (isPast(o, deadline) && o.internal.hasEffect(deadline.command))
      await o.internal.run(deadline.command, causeOf(o, deadline));
  }
};

/** Settles what a broker that was killed, or that gave up, left unsettled. */
const settleOpen = async (o: TimerOptions): Promise<void> => {
  for (const unsettled of [...o.unsettled.open()]) await settle(o, unsettled);
};

/**
 * Arms what lies ahead: the second net, should a schedule be missing.
 * @returns whether all of it stands.
 */
const armAhead = async (o: TimerOptions): Promise<boolean> => {
  const ahead = [...o.deadlines.open()].filter((deadline) => !isPast(o, deadline));
  const verdicts: Verdict[] = [];
  for (let at = 0; at < ahead.length; at += ARM_PARALLEL_MAX) {
    const slice = ahead.slice(at, at + ARM_PARALLEL_MAX);
    verdicts.push(...(await Promise.all(slice.map((deadline) => arm(o, deadline)))));
  }
  return verdicts.every((verdict) => verdict.do === 'ack');
};

/** Starts both durables and the passes. */
export const keepTimers = (o: TimerOptions): TimerKeeper => {
  const common = { mode: o.mode, owner: HUB, service, parallel: WORK_PARALLEL };
  const workers: Worker[] = [
    work(o.mesh, {
      ...common,
      stream: streamName('ASSISTANCE', o.mode),
      durable: BROKER_ARM,
      handle: (message) => followUp(o, message),
    }),
    work(o.mesh, {
      ...common,
      stream: streamName('TIMERS', o.mode),
      durable: BROKER_DUE,
      handle: (message) => onDue(o, message),
    }),
  ];
  const report = (error: unknown): void =>
    o.mesh.log.error({ err: error }, 'a pass over the deadlines failed');
  let isArmed = false;
  const pass = async (): Promise<void> => {
    await decidePast(o);
    await settleOpen(o);
    if (!isArmed) isArmed = await armAhead(o);
  };
  const sweep = startSweep(pass, { everyMs: SWEEP_INTERVAL_MS, report });
  return {
    async stop() {
      await Promise.all([sweep.stop(), ...workers.map((worker) => worker.stop())]);
    },
  };
};
