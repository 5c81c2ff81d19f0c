import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { NatsConnectionImpl } from '@nats-io/nats-core/internal';
import type { Logger } from 'pino';

/** What the parts of this package need of a connection; `connect` returns it. */
export type Link = {
  nc: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
  /** Epoch milliseconds. */
  clock: { now(): number };
  log: Logger;
};

/** Prefix of the connection's private inboxes; the server lets a user subscribe to no other. */
export const inboxPrefixOf = (nc: NatsConnection): string =>
  // The client keeps its options to itself, and its own helpers take the prefix from the same place.
  (nc as NatsConnection & Partial<Pick<NatsConnectionImpl, 'options'>>).options?.inboxPrefix ?? '_INBOX';

const PRIVATE = /^(_R_\.|_INBOX[._])[^*>\s]+$/;

/**
 * True for a reply subject on which nothing but a waiting sender can listen: a connection's own inbox, or
 * the subject that the server puts in its place when a request crosses accounts.
 */
export const isPrivateInbox = (reply: string): boolean => PRIVATE.test(reply);
