import type { Mode } from '@muster/contracts';
import type { MsgHdrs } from '@nats-io/nats-core';
import type { MessageContext } from '../context.ts';
import type { Decoded } from '../decode.ts';

/** What is to become of a message. */
export type Verdict =
  | { do: 'ack' }
  /** Not now. In order, nothing after it is handled before it has been tried again. */
  | { do: 'retry'; afterMs: number; because: string }
  /** Never. It becomes a dead letter; `reason` is a token of its subject, such as `bad-event`. */
  | { do: 'dead'; reason: string; because: string };

/** A message as the handler sees it. Each hand-over is a span of its own. */
export type WorkMessage = MessageContext & {
  /** Subject in its stream, also across accounts. */
  subject: string;
  /** Sequence in its stream. */
  seq: number;
  /** How often it has been handed over, this time included. */
  deliveries: number;
  headers: MsgHdrs | undefined;
  data: Uint8Array;
  header(name: string): string | undefined;
  /** The message as an event of the ledger. */
  decode(): Decoded;
};

export type WorkOptions = {
  stream: string;
  /** An existing durable; its acknowledgement wait must be 30 s or more. */
  durable: string;
  mode: Mode;
  /** Organisation that owns the work, or `hub`; stands in the subject of its dead letters. */
  owner: string;
  service: string;
  /** Hand-overs after which a message that is still to be retried becomes a dead letter `gave-up`. None: never. */
  deliveriesMax?: number;
  /** Messages handled at once; 1 unless told otherwise, and then strictly in order. */
  parallel?: number;
  /** Must be idempotent: after a crash between effect and acknowledgement the same message comes again. */
  handle(message: WorkMessage): Promise<Verdict>;
};

export type Worker = {
  /** Finishes what is being handled, puts the rest back and resolves. */
  stop(): Promise<void>;
  /** Messages settled for good: acknowledged or dead. */
  handled(): number;
};
