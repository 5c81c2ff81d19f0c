import { aggregateKey, type Mode, refuse, subjectOf } from '@muster/contracts';
import type { Appender, AppendOutcome, Expectation } from '@muster/mesh';
import type { Logger } from 'pino';
import type { FaultPoint } from '../faults.ts';
import { CATCH_UP_MS, RETRY_PAUSE_MS_MAX, UNKNOWN_WAIT_MS } from '../limits.ts';
import type { Views } from '../views/views.ts';
import type { IntegrityWatch } from './integrity.ts';
import type { Release } from './keys.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** What one try came to: an end, or another try; `uncertain` when this one may still turn out stored. */
export type Step =
  | { kind: 'end'; outcome: Outcome }
  | { kind: 'again'; because: string; uncertain?: boolean };

export type StoreOptions = {
  views: Views;
  appender: Appender;
  mode: Mode;
  log: Logger;
  integrity: IntegrityWatch;
  fault: FaultPoint;
  /** Uniform in [0, 1), for jitter only. */
  random: () => number;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The last sequence of every aggregate as this replica has read it. */
const expectations = (views: Views, plan: Plan): Expectation[] =>
  plan.aggregates.map((aggregate) => {
    const lastSeq = views.ledger.lastSeq(aggregate);
    const isKnown = aggregate.kind === 'booking' && views.ledger.view.bookings(aggregate.owner, aggregate.id);
    if (isKnown && lastSeq === 0) throw new Error(`${aggregateKey(aggregate)} is known but has no sequence`);
    return { aggregate, lastSeq };
  });

const onConflict = async (o: StoreOptions, plan: Plan, readTo: number, lastSeq?: number): Promise<Step> => {
  if (lastSeq === undefined) {
    // Another append on the same subject is under way; the server does not say what it will be.
    await pause(1 + o.random() * RETRY_PAUSE_MS_MAX);
    return { kind: 'again', because: 'another append was under way' };
  }
  if (lastSeq <= readTo) {
    // Whatever is stored up to `readTo` was in our expectation, so the server knows less than we do.
    const refusal = await o.integrity.examine(plan.aggregates);
    if (refusal) return { kind: 'end', outcome: { kind: 'refused', refusal } };
    await pause(1 + o.random() * RETRY_PAUSE_MS_MAX);
    return { kind: 'again', because: 'the server briefly reported an older sequence' };
  }
  await o.views.assistance.projection.waitFor(lastSeq, CATCH_UP_MS);
  return { kind: 'again', because: `somebody else wrote sequence ${lastSeq}` };
};

const stored = (mode: Mode, plan: Plan, seq: number, ids: readonly string[]): Outcome => ({
  kind: 'stored',
  seq,
  repeated: false,
  events: plan.events.map((event, at) => ({
    id: ids[at] ?? '',
    type: event.type,
    subject: subjectOf(mode, event),
  })),
});

const settle = async (o: StoreOptions, plan: Plan, readTo: number, outcome: AppendOutcome): Promise<Step> => {
  switch (outcome.kind) {
    case 'stored':
      return { kind: 'end', outcome: stored(o.mode, plan, outcome.seq, outcome.ids) };
    case 'already-stored':
      await o.views.fence();
      return { kind: 'again', because: 'events with the same ids are stored already' };
    case 'conflict':
      return onConflict(o, plan, readTo, outcome.lastSeq);
    case 'refused': {
      o.log.error({ code: outcome.code, because: outcome.because }, 'the server refused an append');
      const because = `the ledger did not take it (${outcome.code}: ${outcome.because}); nothing is stored`;
      return { kind: 'end', outcome: { kind: 'refused', refusal: refuse('unavailable', because) } };
    }
    case 'unknown':
      // Trying again is safe: ids and guards stay the same, so at most one of the tries is stored.
      await pause(UNKNOWN_WAIT_MS * (0.5 + o.random() / 2));
      return { kind: 'again', because: outcome.because, uncertain: true };
  }
};

/** Appends a plan under compare-and-set; gives the keys back as soon as others may decide again. */
export const store = async (o: StoreOptions, plan: Plan, release: Release): Promise<Step> => {
  const expect = expectations(o.views, plan);
  const readTo = o.views.assistance.projection.seq();
  o.fault('before-append');
  const { writer, events } = plan;
  const outcome = await o.appender.append({ mode: o.mode, stream: 'ASSISTANCE', writer, events, expect });
  if (outcome.kind === 'stored') {
    o.fault('after-append-before-answer');
    if (events.some((event) => event.type === 'muster.offer.accepted.v1'))
      o.fault('after-reserve-before-answer');
    // The keys stay held until this replica has read its own write; the sender need not wait for that.
    void o.views.assistance.projection.waitFor(outcome.seq, CATCH_UP_MS).finally(release);
  } else {
    release();
  }
  return settle(o, plan, readTo, outcome);
};
