import type { Mode } from '@muster/contracts';
import { inboxPrefixOf, nkeyOf, readSeed } from '@muster/mesh';
import { createInbox, type Msg, type NatsConnection } from '@nats-io/nats-core';

/** How the server ends a pull that finds nothing more. */
const NO_MESSAGES = 404;
/** Longest wait for a pull, in milliseconds. */
const PULL_MS = 5_000;

/** A connection, and the public key to which its inbox belongs. */
export type Reader = { nc: NatsConnection; key: string };

export const keyOf = (muster: { keysDir: string }, user: string): string =>
  nkeyOf(readSeed(muster.keysDir, user)).publicKey;

/** Where the next message of a force's durable is asked for. */
export const nextOf = (force: string, mode: Mode = 'actual'): string =>
  `$JS.API.CONSUMER.MSG.NEXT.ASSISTANCE_${mode.toUpperCase()}.ADAPTER_${force}`;

/**
 * One message of a force's durable, or undefined when there is none. It comes under its own subject, which
 * the client's shared reply subscription cannot tell apart: hence a subscription for each pull.
 */
export const pull = async ({ nc, key }: Reader, force: string): Promise<Msg | undefined> => {
  const inbox = createInbox(inboxPrefixOf(key));
  const answers = nc.subscribe(inbox, { max: 1, timeout: PULL_MS });
  nc.publish(nextOf(force), '{"batch":1,"no_wait":true}', { reply: inbox });
  for await (const msg of answers) return msg.headers?.code === NO_MESSAGES ? undefined : msg;
  throw new Error('the subscription ended without an answer');
};
