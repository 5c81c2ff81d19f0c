import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Clock } from '@muster/mesh';
import type { WebhookConfig } from '../desks/schema.ts';
import { ANSWER_MS_MAX } from '../limits.ts';
import type { Carrier, Given, Message } from './types.ts';

const SECOND_MS = 1_000;
/** Refusals that pass: too slow, too early, too many. */
const PASSING: readonly number[] = [408, 425, 429];

/** Signs as Standard Webhooks has it (https://www.standardwebhooks.com): of id, seconds and body. */
export const signatureOf = (secret: string, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')}`;

const bodyOf = ({ alert, order, to, words }: Message): string =>
  JSON.stringify({
    type: 'muster.alert',
    ...{ id: words.id, mode: alert.mode, exercise: alert.mode === 'exercise', org: alert.org },
    ...{ alertId: alert.alertId, step: order.step, post: order.post, to: to.webhook?.to },
    ...{ kind: alert.kind, requestId: alert.requestId, host: alert.host, by: alert.by },
    ...{ text: words.subject, link: words.link },
  });

const givenBy = ({ ok, status }: Response, host: string): Given => {
  if (ok) return { kind: 'given' };
  const because = `${host} answered ${status}`;
  return status >= 400 && status < 500 && !PASSING.includes(status)
    ? { kind: 'never', because }
    : { kind: 'again', because };
};

/** Carries messages to the address of a provider of pagers or text messages. One sent again has the same id. */
export const webhookCarrier = ({ url, secretFile }: WebhookConfig, clock: Clock): Carrier => {
  const secret = readFileSync(secretFile, 'utf8').trim();
  if (secret === '') throw new Error(`${secretFile} holds no key to sign with`);
  const { host } = new URL(url);
  return {
    give: async (message) => {
      const body = bodyOf(message);
      const { id } = message.words;
      const seconds = Math.floor(clock.now() / SECOND_MS);
      try {
        const response = await fetch(url, {
          method: 'POST',
          // Where it leads must be declared, and not said by who answers.
          redirect: 'manual',
          signal: AbortSignal.timeout(ANSWER_MS_MAX),
          headers: {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': String(seconds),
            'webhook-signature': signatureOf(secret, id, seconds, body),
          },
          body,
        });
        await response.body?.cancel();
        return givenBy(response, host);
      } catch (error) {
        return { kind: 'again', because: `${host} cannot be reached: ${String(error)}` };
      }
    },
  };
};
