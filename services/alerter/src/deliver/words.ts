import { createHash } from 'node:crypto';
import type { Alert, AlertOrder } from '@muster/contracts';

const LOCAL = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', day: '2-digit', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  });

/** What a person or a machine is told about an alert. Nothing in it was written by a person. */
export type Words = {
  /** The same each time that this order is carried out, so that whoever gets it twice can tell. */
  id: string;
  subject: string;
  lines: readonly string[];
  link: string;
};

export type WordsOptions = { publicUrl: string; timeZone: string };

/** Names the order to those who get the message. */
export const idOfOrder = ({ mode, org, alertId, step, channel }: AlertOrder): string =>
  createHash('sha256').update([mode, org, alertId, step, channel].join('\n')).digest('hex').slice(0, 32);

export const linkTo = (publicUrl: string, { mode, alertId, org }: AlertOrder): string =>
  `${publicUrl}/alerts/${mode}/${alertId}?as=${org}`;

export const wordsFor = (alert: Alert, order: AlertOrder, { publicUrl, timeZone }: WordsOptions): Words => {
  const { mode, org, kind, by, desk, item, host, requestId, alertId } = alert;
  const mark = mode === 'exercise' ? 'EXERCISE: ' : '';
  const what = kind.replaceAll('-', ' ');
  const due = by === undefined ? '' : ` by ${LOCAL(timeZone).format(new Date(by))}`;
  const link = linkTo(publicUrl, order);
  return {
    id: idOfOrder(order),
    subject: `${mark}Muster: ${org} has to ${what}${due}`,
    lines: [
      ...(mark === '' ? [] : ['EXERCISE EXERCISE EXERCISE']),
      `${org}${desk === undefined ? '' : `, ${desk}`}: ${what}${due}.`,
      item.kind === 'request'
        ? `Request ${requestId} of ${host}.`
        : `Deployment ${item.id} of ${item.owner}, for ${host}.`,
      'Acknowledge it here, so that nobody further is called:',
      link,
      `Or: muster alert acknowledge ${alertId} --as ${org}`,
    ],
    link,
  };
};
