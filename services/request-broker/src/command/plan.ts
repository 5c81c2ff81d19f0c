import { type Aggregate, aggregateKey, aggregateOf, isRefusal, type MusterEvent } from '@muster/contracts';
import { type Decision, decide } from '@muster/domain';
import type { Clock, Writer } from '@muster/mesh';
import type { Views } from '../views/views.ts';
import type { IntegrityWatch } from './integrity.ts';
import type { Outcome, Task } from './outcome.ts';

/** Events that a decision wants stored, and everything under whose guard they must be written. */
export type Plan = { events: MusterEvent[]; aggregates: Aggregate[]; writer: Writer; version: number };

/** What the present state makes of a command: it ends here, or something is to be appended. */
export type Look = { kind: 'end'; outcome: Outcome } | { kind: 'append'; plan: Plan };

type Events = Extract<Decision, { events: MusterEvent[] }>;

/** Every aggregate of a decision once: those that it writes and those that it only guards. */
const aggregatesOf = (decision: Events): Aggregate[] => {
  const all = new Map<string, Aggregate>();
  const add = (aggregate: Aggregate): void => void all.set(aggregateKey(aggregate), aggregate);
  for (const event of decision.events) add(aggregateOf(event));
  for (const aggregate of decision.alsoGuard ?? []) add(aggregate);
  return [...all.values()];
};

/** Decides a command on what this replica has read so far. */
export const lookAt = (o: { views: Views; clock: Clock; integrity: IntegrityWatch }, task: Task): Look => {
  const end = (outcome: Outcome): Look => ({ kind: 'end', outcome });
  const earlier = task.earlier?.();
  if (earlier) return end(earlier);
  const now = new Date(o.clock.now()).toISOString();
  const decision = decide(task.command, o.views.ledger.view, now);
  if (isRefusal(decision)) return end({ kind: 'refused', refusal: decision });
  if (decision.events.length === 0) return end({ kind: 'nothing' });
  const aggregates = aggregatesOf(decision);
  const alarmed = o.integrity.refusalFor(aggregates);
  if (alarmed) return end({ kind: 'refused', refusal: alarmed });
  const plan = { events: decision.events, aggregates, writer: task.writer(now), version: o.views.version() };
  return { kind: 'append', plan };
};
