import type { MsgHdrs } from '@nats-io/nats-core';
import { messageContext } from '../context.ts';
import { decodeEvent } from '../decode.ts';
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

/** The message as its handler sees it. */
export const workMessage = (of: HandedOver, parent: Link['log']): WorkMessage => {
  const { subject, seq, deliveries, headers, data, storedAt } = of;
  const header = headerReader(headers);
  const context = messageContext(parent, () => header('traceparent'), {
    seq,
    subject,
    deliveries,
    type: header('ce-type'),
    eventId: header('ce-id'),
    correlationId: header('ce-correlationid'),
  });
  return {
    subject,
    seq,
    deliveries,
    headers,
    data,
    header,
    decode: () => decodeEvent({ seq, subject, headers, data, storedAt }),
    get traceparent() {
      return context.traceparent;
    },
    get log() {
      return context.log;
    },
  };
};
