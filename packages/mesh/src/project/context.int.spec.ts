import { startBroker } from '@muster/testkit';
import { expect, it } from 'vitest';

import { createAppender } from '../append/append.ts';
import { booking, bookingOpened, writer } from '../fixture/events.ts';
import { openLink } from '../fixture/link.ts';
import { keepLines } from '../fixture/log.ts';
import { addStreams, ledgerStream } from '../fixture/streams.ts';
import { headersOf } from '../wire/headers.ts';
import { project } from './project.ts';

const SENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CONTINUED = /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/;

it('a message that is read has a logger that names it and its trace, the unreadable and the failed too', async () => {
  await using broker = await startBroker();
  await using link = await openLink(broker.url);
  await addStreams(link.jsm, ledgerStream({}));
  const headers = headersOf([['traceparent', SENT]]);
  await link.js.publish('actual.booking.kent.c1', 'no envelope', { headers });
  await createAppender(link).append({
    mode: 'actual',
    stream: 'ASSISTANCE',
    writer: { ...writer('traced'), correlationId: 'r1', traceparent: SENT },
    events: [bookingOpened('t1'), bookingOpened('t2')],
    expect: ['t1', 't2'].map((id) => ({ aggregate: booking(id), lastSeq: 0 })),
  });
  const { log, lines } = keepLines();
  const stream = 'ASSISTANCE_ACTUAL';
  const projection = project(
    { ...link, log },
    {
      stream,
      dense: true,
      skip: (_, context) => context.log.warn('unreadable'),
      apply: ({ seq }, context) => {
        context.log.info('applied');
        if (seq === 3) throw new Error('cannot be applied');
      },
      alarm: () => undefined,
      reset: () => undefined,
    },
  );
  expect(await projection.closed).toBeInstanceOf(Error);
  const traceparent = expect.stringMatching(CONTINUED);
  const event = { stream, type: 'muster.booking.opened.v1', correlationId: 'r1', traceparent };
  expect(lines.filter(({ seq }) => seq !== undefined)).toMatchObject([
    { msg: 'unreadable', stream, seq: 1, subject: 'actual.booking.kent.c1', traceparent },
    { msg: 'applied', ...event, seq: 2, eventId: 'hub.traced.1' },
    { msg: 'applied', ...event, seq: 3, eventId: 'hub.traced.2' },
    { msg: 'could not be applied', ...event, seq: 3, eventId: 'hub.traced.2' },
  ]);
});
