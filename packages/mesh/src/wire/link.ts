import { setTimeout as delay } from 'node:timers/promises';
import { ClosedConnectionError, DrainingConnectionError, type NatsConnection } from '@nats-io/nats-core';
import type { NatsConnectionImpl } from '@nats-io/nats-core/internal';
import type { Mesh } from '../connect/connect.ts';

/** What the parts of this package may need of a connection. */
export type Link = Omit<Mesh, 'close'>;

/** Prefix of the connection's private inboxes; the server lets a user subscribe to no other. */
export const inboxPrefixIn = (nc: NatsConnection): string =>
  // The client keeps its options to itself, and its own helpers take the prefix from the same place.
  (nc as NatsConnection & Partial<Pick<NatsConnectionImpl, 'options'>>).options?.inboxPrefix ?? '_INBOX';

const PRIVATE = /^(_R_\.|_INBOX[._])[^*>\s]+$/;

/**
 * True for a reply subject on which nothing but a waiting sender can listen: a connection's own inbox, or
 * the subject that the server puts in its place when a request crosses accounts.
 */
export const isPrivateInbox = (reply: string): boolean => PRIVATE.test(reply);

/** True for what the client throws when a connection has ended or is ending. */
export const isConnectionOver = (error: unknown): boolean =>
  error instanceof ClosedConnectionError || error instanceof DrainingConnectionError;

/** Publishes without waiting; on a connection that is ending it does nothing. */
export const publishIfOpen = (
  nc: NatsConnection,
  subject: string,
  data: Uint8Array | string,
  reply?: string,
): void => {
  try {
    nc.publish(subject, data, reply === undefined ? {} : { reply });
  } catch (error) {
    if (!isConnectionOver(error)) throw error;
  }
};

/**
 * Waits until the server has everything that was published, but no longer than `ms`: a server that is out of
 * reach must not hold the end of a process.
 */
export const flushWithin = async (nc: NatsConnection, ms: number): Promise<void> => {
  if (nc.isClosed() || nc.isDraining()) return;
  const over = new AbortController();
  const flushed = nc.flush().catch(() => undefined);
  await Promise.race([flushed, delay(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
};
