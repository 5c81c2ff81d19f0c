import {
  type Alert,
  type AlertOrder,
  alert,
  alertOrderSubject,
  alertSubject,
  type Mode,
  streamName,
} from '@muster/contracts';
import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import { z } from 'zod';
import { readStreamFacts } from '../project/stream.ts';
import { headersOf } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';

/** An alert, and the sequence under which it is stored. */
export type StoredAlert = { alert: Alert; seq: number };

/** `conflict`: someone else wrote since it was read, so read it again. `unknown`: it may be stored or not. */
export type AlertWritten =
  | { kind: 'stored'; seq: number }
  | { kind: 'conflict' }
  | { kind: 'unknown'; because: string };

/** What is known of alerts, kept in their stream, so that any number of processes never call anyone twice. */
export type AlertStore = {
  /** Names the life of the stream: another one after an exercise began anew. @throws Error when the server cannot be asked. */
  epoch(): Promise<string>;
  /** The last state of every alert of the mode. @throws Error when the server cannot be asked. */
  all(): Promise<StoredAlert[]>;
  read(org: string, alertId: string): Promise<StoredAlert | undefined>;
  /** Stores it if nothing was stored of it since `lastSeq`, which is 0 for a new one. */
  write(alert: Alert, lastSeq: number): Promise<AlertWritten>;
  /** Gives the order to tell somebody, once: an order that was given before is not given again. */
  order(order: AlertOrder): Promise<AlertWritten>;
};

/** Milliseconds to wait for one acknowledgement. */
const STORED_MS = 5_000;
/** Milliseconds for which a pull waits for what the stream says it has. */
const READ_MS = 5_000;
const READ_MESSAGES = 500;
const CONFLICTS: readonly number[] = [10071, 10164];
const utf8 = new TextEncoder();

/** A refusal carries a sequence too: 0. */
const ack = z.object({
  seq: z.int().min(0).optional(),
  error: z.object({ err_code: z.int().optional(), description: z.string().optional() }).optional(),
});

const parse = ({ seq }: { seq: number }, body: unknown): StoredAlert | undefined => {
  const read = alert.safeParse(body);
  return read.success ? { alert: read.data, seq } : undefined;
};

const put = async (
  mesh: Pick<Link, 'nc'>,
  subject: string,
  body: object,
  lastSeq: number,
): Promise<AlertWritten> => {
  const headers = headersOf([['Nats-Expected-Last-Subject-Sequence', String(lastSeq)]]);
  const reply = await muxOf(mesh.nc).request(subject, utf8.encode(JSON.stringify(body)), headers, STORED_MS);
  if (typeof reply === 'string') return { kind: 'unknown', because: `no acknowledgement: ${reply}` };
  const { seq, error } = ack.parse(reply.json());
  if (seq && !error) return { kind: 'stored', seq };
  if (CONFLICTS.includes(error?.err_code ?? 0)) return { kind: 'conflict' };
  return { kind: 'unknown', because: error?.description ?? 'the server does not say why' };
};

export const createAlertStore = (mesh: Pick<Link, 'nc' | 'js' | 'jsm' | 'log'>, mode: Mode): AlertStore => {
  const stream = streamName('ALERTS', mode);
  const known = (msg: JsMsg | StoredMsg): StoredAlert[] => {
    const found = parse(msg, msg.json());
    if (!found) mesh.log.error({ stream, seq: msg.seq }, 'a stored alert cannot be read and is passed over');
    return found ? [found] : [];
  };
  return {
    epoch: async () => (await readStreamFacts(mesh, stream)).epoch,
    all: async () => {
      const consumer = await mesh.js.consumers.get(stream, {
        filter_subjects: `${mode}.alert.*.*`,
        deliver_policy: 'last_per_subject',
      });
      let left = (await consumer.info(true)).num_pending;
      const found: StoredAlert[] = [];
      while (left > 0) {
        const before = left;
        const some = await consumer.fetch({ max_messages: Math.min(left, READ_MESSAGES), expires: READ_MS });
        for await (const msg of some as AsyncIterable<JsMsg>) {
          found.push(...known(msg));
          left -= 1;
        }
        if (left === before) throw new Error(`${left} alerts of ${stream} did not come`);
      }
      await consumer.delete();
      return found;
    },
    read: async (org, alertId) => {
      const msg = await mesh.jsm.streams.getMessage(stream, {
        last_by_subj: alertSubject(mode, org, alertId),
      });
      return msg ? known(msg)[0] : undefined;
    },
    write: (one, lastSeq) => put(mesh, alertSubject(mode, one.org, one.alertId), one, lastSeq),
    order: (order) => put(mesh, alertOrderSubject(mode, order), order, 0),
  };
};
