import type { MsgHdrs } from '@nats-io/nats-core';
import { decodeEvent } from '../decode.ts';
import { continueTrace } from '../trace.ts';
import { headerReader } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import type { WorkMessage } from './types.ts';

/** What is known of a message when it is handed over. */
export type HandedOver = {
  subject: string;
  seq: number;
  deliveries: number;
  headers: MsgHdrs | undefined;
  data: Uint8Array;
  storedAt: number;
};

/** The message as its handler sees it. Most are handled without a line in the log, so its logger is made late. */
export const workMessage = (of: HandedOver, parent: Link['log']): WorkMessage => {
  const { subject, seq, deliveries, headers, data, storedAt } = of;
  const header = headerReader(headers);
  let traceparent: string | undefined;
  let log: Link['log'] | undefined;
  return {
    subject,
    seq,
    deliveries,
    headers,
    data,
    header,
    decode: () => decodeEvent({ seq, subject, headers, data, storedAt }),
    get traceparent() {
      traceparent ??= continueTrace(header('traceparent'));
      return traceparent;
    },
    get log() {
      log ??= parent.child({ seq, subject, deliveries, traceparent: this.traceparent });
      return log;
    },
  };
};
