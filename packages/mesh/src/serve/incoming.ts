import { type Mode, parseSubject, type Refusal, refuse } from '@muster/contracts';
import type { Msg } from '@nats-io/nats-core';
import { headerReader } from '../wire/headers.ts';
import { isPrivateInbox, type Link } from '../wire/link.ts';

/** A request whose subject and reply subject are in order. */
export type Incoming = {
  org: string;
  name: string;
  body: unknown;
  /** Reads the headers when it is asked for the first time: most requests do without. */
  traceparent(): string | undefined;
};

/** Strict: a byte that is not UTF-8 must not become a replacement character in what is stored. */
const text = new TextDecoder('utf-8', { fatal: true });

const isTooLarge = (msg: Msg, bytesMax: number): Refusal | undefined =>
  msg.data.length > bytesMax
    ? refuse('invalid', `body of ${msg.data.length} bytes is over the limit of ${bytesMax}`)
    : undefined;

/** The body of a request, whatever it holds. */
export const readBody = (msg: Msg, bytesMax: number): { body: unknown } | Refusal => {
  const tooLarge = isTooLarge(msg, bytesMax);
  if (tooLarge) return tooLarge;
  try {
    return { body: JSON.parse(text.decode(msg.data)) };
  } catch (error) {
    return refuse('invalid', `body is not JSON in UTF-8: ${String(error)}`);
  }
};

/**
 * Reads a request. The organisation comes from the subject alone, since the server lets an account publish
 * only under its own.
 */
export const readIncoming = (msg: Msg, bytesMax: number): Incoming | Refusal => {
  const parsed = parseSubject(msg.subject);
  if (parsed?.kind !== 'command' && parsed?.kind !== 'ask') {
    return refuse('invalid', `${msg.subject} names no known organisation`);
  }
  const { org, name } = parsed;
  const read = readBody(msg, bytesMax);
  if ('refused' in read) return read;
  return { org, name, body: read.body, traceparent: () => headerReader(msg.headers)('traceparent') };
};

/** True when the answer would go to a waiting sender and to nobody else; else nothing may be done or answered. */
export const mayAnswer = (msg: Msg, log: Link['log']): boolean => {
  if (isPrivateInbox(msg.reply ?? '')) return true;
  // An answer there would be a publish in our name to a subject that the sender chose.
  log.warn({ subject: msg.subject, reply: msg.reply }, 'request with a forged reply subject was ignored');
  return false;
};

/** Subject filter of all commands of one mode. */
export const commandFilter = (mode: Mode): string => `cmd.${mode}.*.*`;

/** Subject filter of one query of one mode. */
export const askFilter = (mode: Mode, name: string): string => `ask.${mode}.*.${name}`;
