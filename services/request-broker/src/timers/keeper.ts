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

export type TimerOptions = {
  mesh: Mesh;
  mode: Mode;
  views: Views;
  deadlines: Deadlines;
  internal: Internal;
  fault: FaultPoint;
  classificationOf: ClassificationOf;
};

export type TimerKeeper = { stop(): Promise<void> };

const service = 'request-broker';

const arm = async (o: TimerOptions, deadline: Deadline): Promise<Verdict> => {
  const { timer, at, ledgerSeq } = deadline;
  const outcome = await armTimer(o.mesh, o.mode, { timer, at, ledgerSeq });
  if (outcome === 'unknown') {
    return { do: 'retry', afterMs: WORK_RETRY_MS, because: `timer ${timer.name} could not be armed` };
  }
  return { do: 'ack' };
};

/** Closes the request of a deployment that has returned, if that was the last. */
const closeAfter = async (o: TimerOptions, { event, seq, envelope }: StoredEvent): Promise<Verdict> => {
  if (event.type !== 'muster.deployment.returned.v1') return { do: 'ack' };
  if (!(await o.views.assistance.projection.waitFor(seq, CATCH_UP_MS))) return notRead(seq);
  const { donor, deploymentId, host } = event.data;
  const requestId = o.views.ledger.view.deployment(donor, deploymentId)?.requestId;
  if (requestId === undefined) return { do: 'ack' };
  const command = { name: 'close-if-done', host, requestId } as const;
  if (!o.internal.hasEffect(command)) return { do: 'ack' };
  const cause = {
    causationId: envelope.id,
    correlationId: requestId,
    classification: o.classificationOf(host, requestId),
  };
  return verdictOf(await o.internal.run(command, cause));
};

const notRead = (seq: number): Verdict =>
  verdictOf({ kind: 'refused', refusal: refuse('unavailable', `the ledger was not read up to ${seq}`) });

/** Sees to what has to follow a ledger event: one schedule for every deadline that it sets, and the close. */
const followUp = async (o: TimerOptions, message: WorkMessage): Promise<Verdict> => {
  const decoded = message.decode();
  // An unreadable ledger event is reported by the projection of every replica; nothing can follow it.
  if (!decoded.ok) return { do: 'ack' };
  for (const deadline of deadlinesSetBy(decoded.stored.event, message.seq)) {
    o.fault('between-append-and-arm');
    const verdict = await arm(o, deadline);
    if (verdict.do !== 'ack') return verdict;
  }
  return closeAfter(o, decoded.stored);
};

const isPast = (o: TimerOptions, deadline: Deadline): boolean =>
  Date.parse(deadline.at) <= o.mesh.clock.now();

const causeOf = (o: TimerOptions, { timer }: Deadline): Cause => ({
  causationId: `timer:${timer.aggregate.owner}/${timer.aggregate.id}/${timer.name}`,
  correlationId: timer.aggregate.id,
  classification: o.classificationOf(timer.aggregate.owner, timer.aggregate.id),
});

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
    if (!isArmed) isArmed = await armAhead(o);
  };
  const sweep = startSweep(pass, { everyMs: SWEEP_INTERVAL_MS, report });
  return {
    async stop() {
      await Promise.all([sweep.stop(), ...workers.map((worker) => worker.stop())]);
    },
  };
};
