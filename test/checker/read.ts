import { DeliverPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { RawRecord } from './facts.ts';

/** Longest silence of the server while a stream is read, in milliseconds. */
const SILENCE_MS_MAX = 20_000;

const STREAMS = ['CAPABILITY', 'ASSISTANCE', 'HOME'] as const;

const rawRecord = (stream: string, message: JsMsg): RawRecord => {
  const headers: Record<string, string> = {};
  for (const name of message.headers?.keys() ?? []) headers[name] = message.headers?.get(name) ?? '';
  const storedAt = new Date(message.timestamp).toISOString();
  return { stream, seq: message.seq, subject: message.subject, headers, body: message.string(), storedAt };
};

/** All messages of a stream up to its present end, in order. */
const readStream = async (connection: NatsConnection, stream: string): Promise<RawRecord[]> => {
  const { state } = await (await jetstreamManager(connection, { checkAPI: false })).streams.info(stream);
  const records: RawRecord[] = [];
  if (state.messages === 0) return records;
  const consumer = await jetstream(connection).consumers.get(stream, { deliver_policy: DeliverPolicy.All });
  const messages = await consumer.consume();
  const stopped = setTimeout(() => messages.stop(), SILENCE_MS_MAX);
  for await (const message of messages) {
    stopped.refresh();
    records.push(rawRecord(stream, message));
    if (message.seq >= state.last_seq || message.info.pending === 0) break;
  }
  clearTimeout(stopped);
  const last = records.at(-1)?.seq ?? 0;
  if (last < state.last_seq && !stream.startsWith('CAPABILITY_'))
    throw new Error(`${stream} could be read up to ${last} only, but it ends at ${state.last_seq}`);
  return records;
};

/**
 * Reads the streams of one mode: adverts, the hub's ledger, the home ledgers, in this order, so that what
 * the hub cites of a home ledger is always among what was read.
 * @throws Error naming the stream that cannot be read to its end.
 */
export const readHistory = async (connection: NatsConnection, mode: string): Promise<RawRecord[][]> => {
  const history: RawRecord[][] = [];
  for (const kind of STREAMS) history.push(await readStream(connection, `${kind}_${mode.toUpperCase()}`));
  return history;
};
