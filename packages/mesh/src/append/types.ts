import type { Aggregate, Classification, Mode, MusterEvent } from '@muster/contracts';

/** Who writes, for which command. */
export type Writer = {
  org: string;
  commandId: string;
  /** URI reference, such as `/muster/hub/request-broker`. */
  source: string;
  /** `<org>/<role>/<desk>`. */
  actor: string;
  /** When it was decided, as an instant. */
  time: string;
  classification: Classification;
  correlationId?: string | undefined;
  causationId?: string | undefined;
  /** None begins a new trace. */
  traceparent?: string | undefined;
};

/**
 * What the writer takes the aggregate to be: the stream sequence of its last event. 0 only for one that was
 * never written.
 */
export type Expectation = { aggregate: Aggregate; lastSeq: number };

/** One command's events for one stream, stored together or not at all. */
export type AppendRequest = {
  mode: Mode;
  stream: 'ASSISTANCE' | 'HOME';
  writer: Writer;
  /** In the order in which they are stored; their ids count from 1. */
  events: readonly MusterEvent[];
  /** One for every aggregate that is written, and for others that must not have changed. */
  expect: readonly Expectation[];
};

export type AppendOutcome =
  /** In the stream; `seq` is that of the last event. */
  | { kind: 'stored'; seq: number; ids: string[] }
  /** An earlier try of the same command has stored it. */
  | { kind: 'already-stored' }
  /** Another writer was first, or the store is behind; nothing was stored. `lastSeq` where the server says it. */
  | { kind: 'conflict'; lastSeq?: number }
  /** The server will not store it; nothing was stored. */
  | { kind: 'refused'; code: number; because: string }
  /** It may be stored or not: read the aggregate back before deciding again. */
  | { kind: 'unknown'; because: string };
