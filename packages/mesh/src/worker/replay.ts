import type { Msg } from '@nats-io/nats-core';
import { originalHeaders, readOrigin, replaySubject } from '../dead/letter.ts';
import { headerReader } from '../wire/headers.ts';
import { isPrivateInbox, type Link, publishIfOpen } from '../wire/link.ts';
import { workMessage } from './message.ts';
import type { Verdict, WorkMessage, WorkOptions } from './types.ts';

/**
 * Takes dead letters of this durable back and hands them to its handler once more. The answer is the
 * handler's verdict; what is not acknowledged stays a dead letter.
 * @returns a function that ends it.
 */
export const takeReplays = (
  mesh: Pick<Link, 'nc' | 'log'>,
  options: Pick<WorkOptions, 'mode' | 'owner' | 'service' | 'durable'>,
  handle: (message: WorkMessage) => Promise<Verdict>,
): (() => void) => {
  const subject = replaySubject(options.mode, options.owner, options.service, options.durable);
  const answer = async (msg: Msg): Promise<void> => {
    const origin = readOrigin(headerReader(msg.headers));
    if (!origin || !isPrivateInbox(msg.reply ?? '')) return;
    const headers = originalHeaders(msg.headers);
    const { seq, subject: from } = origin;
    const { data } = msg;
    const handed = { subject: from, seq, deliveries: 1, headers, data, storedAt: 0 };
    const verdict = await handle(workMessage(handed, mesh.log));
    publishIfOpen(mesh.nc, msg.reply ?? '', JSON.stringify(verdict));
  };
  const subscription = mesh.nc.subscribe(subject, {
    queue: options.service,
    callback: (error, msg) => {
      if (error) mesh.log.info({ subject }, 'this user may not listen for dead letters to replay');
      else void answer(msg);
    },
  });
  return () => {
    if (!subscription.isClosed()) subscription.unsubscribe();
  };
};
