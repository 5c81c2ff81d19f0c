import type { Msg } from '@nats-io/nats-core';
import type { Link } from '../wire/link.ts';
import { workMessage } from './message.ts';
import type { WorkMessage } from './types.ts';

/** What the acknowledgement subject of a delivered message says. */
export type Delivery = { deliveries: number; seq: number; storedAt: number };

/** `$JS.ACK.<stream>.<durable>.<deliveries>.<stream seq>.<consumer seq>.<nanos>.<pending>` */
const V1_TOKENS = 9;
/** `$JS.ACK.<domain>.<account>.<stream>.…`, with a random tail. */
const V2_TOKENS_MIN = 11;
const V2_OFFSET = 2;
const NANOS_PER_MS = 1_000_000;

/** Reads an acknowledgement subject of either form, or returns undefined when it is not one. */
export const parseDelivery = (reply: string): Delivery | undefined => {
  const tokens = reply.split('.');
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK') return undefined;
  if (tokens.length !== V1_TOKENS && tokens.length < V2_TOKENS_MIN) return undefined;
  const at = tokens.length === V1_TOKENS ? 0 : V2_OFFSET;
  const [deliveries, seq, , nanos] = tokens.slice(4 + at).map(Number);
  if (!deliveries || !seq || !nanos) return undefined;
  return { deliveries, seq, storedAt: nanos / NANOS_PER_MS };
};

/** A message handed over by a durable. It is kept until it is settled. */
export type Entry = {
  seq: number;
  /** Where its acknowledgement goes; the latest one, if it was handed over again meanwhile. */
  reply: string;
  /** Hand-overs by the server. */
  deliveries: number;
  /** Tries after the first, made here without the server. */
  retries: number;
  storedAt: number;
  msg: Msg;
  active: boolean;
};

export const entryOf = (msg: Msg): Entry | undefined => {
  const reply = msg.reply ?? '';
  const delivery = parseDelivery(reply);
  return delivery && { ...delivery, reply, retries: 0, msg, active: false };
};

/** The entry as its handler sees it. */
export const messageOf = (entry: Entry, log: Link['log']): WorkMessage => {
  const { msg, seq, storedAt } = entry;
  const { subject, headers, data } = msg;
  const deliveries = entry.deliveries + entry.retries;
  return workMessage({ subject, seq, deliveries, headers, data, storedAt }, log);
};
