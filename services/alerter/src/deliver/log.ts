import type { Logger } from 'pino';
import type { Carrier } from './types.ts';

/** Writes who would be told what into the log, and sends nothing: for a demonstration. */
export const logCarrier = (log: Logger): Carrier => ({
  give: async ({ order: { org, alertId, post, step, channel }, to, words: { subject, link } }) => {
    const address = channel === 'email' ? to.email : `${to.webhook?.name} ${to.webhook?.to ?? ''}`.trim();
    log.info({ org, alertId, post, step, channel, to: address, subject, link }, 'would be told');
    return { kind: 'given' };
  },
});
