import { nanos } from '@nats-io/nats-core';
import { type Link, publishIfOpen } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';
import type { Entry } from './delivery.ts';

/** Milliseconds in which the server must confirm the first acknowledgement. */
const CONFIRM_MS = 5_000;

const utf8 = new TextEncoder();
const ACK = utf8.encode('+ACK');
const IN_PROGRESS = utf8.encode('+WPI');

/** Tells the server what became of a message. Acknowledgements are not confirmed: a lost one means that it comes again. */
export type Settle = {
  ack(entry: Entry): void;
  putBack(entry: Entry, afterMs: number): void;
  term(entry: Entry, reason: string): void;
  inProgress(entry: Entry): void;
};

export const createSettle = (mesh: Pick<Link, 'nc' | 'log'>): Settle => {
  const { nc, log } = mesh;
  let confirmed = false;
  const send = (entry: Entry, word: Uint8Array): void => {
    publishIfOpen(nc, entry.reply, word);
  };
  const confirm = async (entry: Entry): Promise<void> => {
    const reply = await muxOf(nc).request(entry.reply, ACK, undefined, CONFIRM_MS);
    if (reply === 'timeout' || reply === 'denied' || reply === 'no-responders') {
      log.error(
        { reply, subject: entry.reply },
        'acknowledgements do not arrive: check what this user may publish',
      );
    }
  };
  return {
    ack: (entry) => {
      if (confirmed) return send(entry, ACK);
      // A plain acknowledgement without permission would fail unseen, so the first one asks for an answer.
      confirmed = true;
      void confirm(entry);
    },
    putBack: (entry, afterMs) =>
      send(entry, utf8.encode(afterMs > 0 ? `-NAK ${JSON.stringify({ delay: nanos(afterMs) })}` : '-NAK')),
    term: (entry, reason) => send(entry, utf8.encode(`+TERM ${reason}`)),
    inProgress: (entry) => send(entry, IN_PROGRESS),
  };
};
