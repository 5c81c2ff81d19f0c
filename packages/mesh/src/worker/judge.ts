import { assertToken } from '@muster/contracts';
import { createGate } from '../append/gate.ts';
import { bury } from '../dead/letter.ts';
import type { Link } from '../wire/link.ts';
import { type Entry, messageOf } from './delivery.ts';
import type { Verdict, WorkMessage, WorkOptions } from './types.ts';

/** Wait before another try when the handler threw or the dead letter could not be stored, in milliseconds. */
const TROUBLE_WAIT_MS = 1_000;
/** Hand-overs after which a message on which the handler keeps throwing becomes a dead letter. */
const THROWS_MAX = 10;

/** Asks the handler; a throw becomes a verdict. */
const askHandler = async ({ handle, deliveriesMax }: WorkOptions, message: WorkMessage): Promise<Verdict> => {
  try {
    const verdict = await handle(message);
    if (verdict.do === 'dead') assertToken(verdict.reason);
    if (verdict.do !== 'retry' || deliveriesMax === undefined || message.deliveries < deliveriesMax)
      return verdict;
    return { do: 'dead', reason: 'gave-up', because: `${message.deliveries} tries: ${verdict.because}` };
  } catch (error) {
    const because = `handler failed: ${String(error)}`;
    message.log.error({ err: error }, 'handler failed');
    return message.deliveries < Math.min(THROWS_MAX, deliveriesMax ?? THROWS_MAX)
      ? { do: 'retry', afterMs: TROUBLE_WAIT_MS, because }
      : { do: 'dead', reason: 'handler-failed', because };
  }
};

/** Stores the dead letter, or says that it has to be tried again: a message is never lost for want of one. */
const storeDead = async (
  mesh: Pick<Link, 'nc'>,
  options: WorkOptions,
  message: WorkMessage,
  { reason, because }: Extract<Verdict, { do: 'dead' }>,
): Promise<Verdict> => {
  const { stream, durable, mode, owner, service } = options;
  const { seq, subject, deliveries, headers, data: body } = message;
  const buried = await bury(mesh, {
    mode,
    owner,
    service,
    reason,
    because,
    body,
    headers,
    origin: { stream, durable, seq, subject, deliveries },
  });
  return buried.kind === 'stored'
    ? { do: 'dead', reason, because }
    : { do: 'retry', afterMs: TROUBLE_WAIT_MS, because: `dead letter not stored: ${buried.because}` };
};

/** Finds out what is to become of messages. */
export type Judge = {
  /** The handler's word on a message; no more messages at once than the worker may handle. */
  ask(message: WorkMessage): Promise<Verdict>;
  /** The same, and a dead letter is stored before the verdict is given. */
  judge(entry: Entry): Promise<Verdict>;
};

export const createJudge = (mesh: Pick<Link, 'nc' | 'log'>, options: WorkOptions): Judge => {
  const turns = createGate(options.parallel ?? 1);
  const ask = async (message: WorkMessage): Promise<Verdict> => {
    const wait = turns.enter();
    if (wait) await wait;
    try {
      return await askHandler(options, message);
    } finally {
      turns.leave();
    }
  };
  const judge = async (entry: Entry): Promise<Verdict> => {
    const message = messageOf(entry, mesh.log);
    const { seq, deliveries } = message;
    const asked = await ask(message);
    const verdict = asked.do === 'dead' ? await storeDead(mesh, options, message, asked) : asked;
    if (verdict.do === 'ack') mesh.log.debug({ seq, deliveries }, 'handled');
    else message.log.warn({ verdict }, 'not handled');
    return verdict;
  };
  return { ask, judge };
};
