import { continueTrace } from './trace.ts';
import type { Link } from './wire/link.ts';

/** Trace and logger of one message. */
export type MessageContext = {
  /** Trace of the message under a span of our own; a new trace when the message has none. Made when first asked for. */
  readonly traceparent: string;
  /** Names the message and its trace in every line. Made when first asked for. */
  readonly log: Link['log'];
};

/** What a logger says of its message: sequence, type and the like. What is undefined is left out. */
type Names = Record<string, string | number | undefined>;

/**
 * A class for the sake of its getters: most messages need neither trace nor logger, and with getters on the
 * prototype a context costs a projection no more than three fields.
 */
class LateContext implements MessageContext {
  readonly #parent: Link['log'];
  readonly #received: () => string | undefined;
  readonly #names: Names;
  #traceparent: string | undefined;
  #log: Link['log'] | undefined;

  constructor(parent: Link['log'], received: () => string | undefined, names: Names) {
    this.#parent = parent;
    this.#received = received;
    this.#names = names;
  }

  get traceparent(): string {
    this.#traceparent ??= continueTrace(this.#received());
    return this.#traceparent;
  }

  get log(): Link['log'] {
    this.#log ??= this.#parent.child({ ...this.#names, traceparent: this.traceparent });
    return this.#log;
  }
}

/** @param received the message's own `traceparent`, as it came; asked only when it is needed. */
export const messageContext = (
  parent: Link['log'],
  received: () => string | undefined,
  names: Names,
): MessageContext => new LateContext(parent, received, names);
