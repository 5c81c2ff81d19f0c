import { type Classification, HUB, isRefusal } from '@muster/contracts';
import { decide, type InternalCommand, type Ledger } from '@muster/domain';
import type { Clock, Verdict, Writer } from '@muster/mesh';
import { WORK_RETRY_MS } from '../limits.ts';
import type { Engine } from './engine.ts';
import { SOURCE } from './external.ts';
import { identityOf } from './identity.ts';
import type { Outcome } from './outcome.ts';

/** What an internal decision follows from. */
export type Cause = {
  /** Id of the event or the due message behind it. */
  causationId?: string;
  /** Who decided, where it was not the broker. */
  actor?: string;
  correlationId?: string;
  classification?: Classification;
  traceparent?: string;
  /** Place of the entry within its home record. */
  entryIndex?: number;
};

/** Decisions that follow from an event or a deadline and not from somebody's command. */
export type Internal = {
  run(command: InternalCommand, cause?: Cause): Promise<Outcome>;
  /** True when the command would change something, or be refused, on what this replica has read. */
  hasEffect(command: InternalCommand): boolean;
};

export const createInternal = (o: { engine: Engine; ledger: Ledger; clock: Clock }): Internal => ({
  run(command, cause = {}) {
    const writer = (time: string): Writer => ({
      ...identityOf(command, o.ledger, cause.entryIndex),
      source: SOURCE,
      actor: cause.actor ?? `${HUB}/broker/request-broker`,
      time,
      classification: cause.classification ?? 'OFFICIAL',
      correlationId: cause.correlationId,
      causationId: cause.causationId,
      traceparent: cause.traceparent,
    });
    return o.engine.run({ command, writer });
  },
  hasEffect(command) {
    const decision = decide(command, o.ledger.view, new Date(o.clock.now()).toISOString());
    return isRefusal(decision) || decision.events.length > 0;
  },
});

/** What becomes of a message once its decision ended so. */
export const verdictOf = (outcome: Outcome): Verdict => {
  switch (outcome.kind) {
    case 'stored':
    case 'nothing':
      return { do: 'ack' };
    case 'unknown':
      return { do: 'retry', afterMs: WORK_RETRY_MS, because: outcome.because };
    case 'refused': {
      const { refused, because } = outcome.refusal;
      if (refused === 'contention' || refused === 'unavailable')
        return { do: 'retry', afterMs: WORK_RETRY_MS, because };
      return { do: 'dead', reason: refused, because };
    }
  }
};
