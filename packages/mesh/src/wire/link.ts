import type { NatsConnection } from '@nats-io/nats-core';
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
