import { expect, it } from 'vitest';
import { booking, bookingOpened, writer } from '../fixture/events.ts';
import { draftMessages, withoutGuards } from './messages.ts';

const drafts = () =>
  draftMessages({
    mode: 'exercise',
    stream: 'ASSISTANCE',
    writer: writer('open-1'),
    events: [bookingOpened('cap-1')],
    expect: [{ aggregate: booking('cap-1'), lastSeq: 0 }],
  });

const expectationsIn = (messages: ReturnType<typeof drafts>): string[] =>
  messages
    .flatMap(({ headers }) => headers.map(([name]) => name))
    .filter((name) => name.includes('Expected'));

it('guards every aggregate that it writes', () => {
  expect(expectationsIn(drafts())).toEqual(['Nats-Expected-Last-Subject-Sequence']);
});

it('leaves the guards out for the control run of a race in exercise mode', () => {
  expect(expectationsIn(withoutGuards(drafts(), 'exercise'))).toEqual([]);
});

it('never leaves the guards out in actual mode', () => {
  expect(() => withoutGuards(drafts(), 'actual')).toThrow(/exercise mode only/);
});
