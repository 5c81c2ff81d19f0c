import { type Alert, type AlertOrder, alertOrder } from '@muster/contracts';
import type { Verdict, WorkMessage } from '@muster/mesh';
import type { Book } from '../alert/book.ts';
import type { CalledPost, Desks } from '../desks/schema.ts';
import { AGAIN_AFTER_MS, AGAIN_AFTER_MS_MAX } from '../limits.ts';
import type { Carrier, Given } from './types.ts';
import { type WordsOptions, wordsFor } from './words.ts';

export type DeliverParts = WordsOptions & {
  desks: Desks;
  book: Book;
  email: Carrier | undefined;
  webhooks: ReadonlyMap<string, Carrier>;
  /** Carries everything in their place. */
  instead?: Carrier | undefined;
  now(): string;
  /** Wait before the second try, in milliseconds. */
  againAfterMs?: number | undefined;
};

const orderOf = (message: WorkMessage): AlertOrder | undefined => {
  try {
    return alertOrder.safeParse(JSON.parse(new TextDecoder().decode(message.data))).data;
  } catch {
    return undefined;
  }
};

const isSent = ({ sent }: Alert, { step, channel }: AlertOrder): boolean =>
  sent.some((one) => one.step === step && one.channel === channel);

const postFor = ({ desks }: Desks, alert: Alert, { post }: AlertOrder): CalledPost | undefined =>
  desks[alert.org]?.[alert.list]?.names.find((name) => name.post === post);

const verdictOf = (given: Given, deliveries: number, againAfterMs: number): Verdict => {
  switch (given.kind) {
    case 'given':
      return { do: 'ack' };
    case 'again': {
      const afterMs = Math.min(AGAIN_AFTER_MS_MAX, againAfterMs * 2 ** (deliveries - 1));
      return { do: 'retry', afterMs, because: given.because };
    }
    case 'never':
      return { do: 'dead', reason: 'refused', because: given.because };
  }
};

/** Carries out the orders to tell somebody. What has been acknowledged or has ended meanwhile is told to nobody. */
export const createDelivery = (parts: DeliverParts): ((message: WorkMessage) => Promise<Verdict>) => {
  const { desks, book, email, webhooks, instead, againAfterMs = AGAIN_AFTER_MS } = parts;

  const carrierFor = (order: AlertOrder, to: CalledPost): Carrier | undefined =>
    instead ?? (order.channel === 'email' ? email : webhooks.get(to.webhook?.name ?? ''));

  return async (message) => {
    const order = orderOf(message);
    if (!order) return { do: 'dead', reason: 'bad-order', because: 'this is no order to tell anybody' };
    const alert = await book.refresh(order.org, order.alertId);
    if (!alert) return { do: 'dead', reason: 'bad-order', because: `there is no alert ${order.alertId}` };
    if (alert.acknowledged || alert.endedAt !== undefined || isSent(alert, order)) return { do: 'ack' };
    const to = postFor(desks, alert, order);
    const carrier = to && carrierFor(order, to);
    if (!to || !carrier) {
      const because = `${order.post} has no ${order.channel} on the list "${alert.list}" of ${order.org}`;
      return { do: 'dead', reason: 'no-address', because };
    }
    const given = await carrier.give({ alert, order, to, words: wordsFor(alert, order, parts) });
    if (given.kind === 'given') {
      const { step, channel } = order;
      message.log.info({ org: order.org, alertId: order.alertId, post: order.post, step, channel }, 'told');
      // Noted before the order is settled: after a crash between the two it is not told again.
      await book.change(order.org, order.alertId, (before) =>
        isSent(before, order)
          ? undefined
          : { ...before, sent: [...before.sent, { step, channel, at: parts.now() }] },
      );
    }
    return verdictOf(given, message.deliveries, againAfterMs);
  };
};
