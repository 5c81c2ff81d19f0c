import type { MessageContext } from '../context.ts';
import type { StoredEvent } from '../decode.ts';

/** The store contradicts what was read from it before: someone has to look. */
export type IntegrityAlarm =
  /** Sequences between are missing. They are asked for again, and nothing after them is applied before they come. */
  | { kind: 'gap'; stream: string; expected: number; got: number }
  /** What was already read is not there any more, in the same epoch. Nothing more is applied until a new start. */
  | { kind: 'went-back'; stream: string; read: number; last: number };

/** A message that cannot be read as an event. */
export type Skipped = { seq: number; subject: string; because: string };

export type ProjectOptions = {
  stream: string;
  /** One subject filter; a list would get round the server's permissions. None: the whole stream. */
  filter?: string;
  /** True for an unfiltered stream from which nothing is ever removed: every sequence is checked. */
  dense: boolean;
  /** First sequence to read; 1 unless told otherwise. */
  fromSeq?: number;
  /** Called in order, once for each event. Synchronous; if it throws, the projection stops. */
  apply(event: StoredEvent, context: MessageContext): void;
  skip(message: Skipped, context: MessageContext): void;
  alarm(alarm: IntegrityAlarm): void;
  /** The stream was made anew under another epoch: forget everything, it is read again from its start. */
  reset(): void;
};

export type Projection = {
  /** Resolves when all that the stream held at the start has been applied. Rejects if the projection fails first. */
  caughtUp: Promise<void>;
  /** Resolves when reading has ended for good: with the error if an event could not be applied, else with nothing. */
  closed: Promise<Error | undefined>;
  /** Every event up to this stream sequence that passes the filter has been applied. */
  seq(): number;
  /** Messages that are known to be still unread. */
  lag(): number;
  /** Names the present life of the stream; '' before it was first found. */
  epoch(): string;
  /** True once {@link seq} has reached `seq`; false after `timeoutMs`, on a new epoch, or when stopped. */
  waitFor(seq: number, timeoutMs: number): Promise<boolean>;
  stop(): Promise<void>;
};
