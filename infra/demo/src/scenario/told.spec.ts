import type { RequestView, StoredEventView } from '@muster/contracts';
import { expect, it } from 'vitest';
import { requestIdOf } from './plays.ts';
import { namedId, withValues } from './times.ts';
import { tiersOf, timersOf } from './told.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 8, 0, seconds)).toISOString();
const event = (type: string, seconds: number, data: object = {}): StoredEventView =>
  ({ envelope: { type: `muster.${type}.v1`, time: at(seconds) }, data }) as unknown as StoredEventView;
const view = { submittedAt: at(0) } as unknown as RequestView;

it('the tiers of a request are those that it began at and was taken to, each with its time', () => {
  const events = [
    event('request.issued', 0, { tier: 2 }),
    event('request.escalated', 12, { toTier: 3 }),
    event('request.issued', 12, { tier: 3, again: true }),
  ];
  expect(tiersOf({ view, events })).toEqual([
    { tier: 2, afterSeconds: 0 },
    { tier: 3, afterSeconds: 12 },
  ]);
});

it('timers that fired are told by what the broker did, not what people did', () => {
  const events = [
    event('request.issued', 0, { wave: 1 }),
    event('request.issued', 2, { wave: 2, again: true }),
    event('request.issued', 3, { again: true }),
    event('request.answer_time_expired', 5),
    event('offer.lapsed', 6, { reasonCode: 'confirm-time-passed' }),
    event('offer.lapsed', 6, { reasonCode: 'request-cancelled' }),
    event('return.raised', 8),
    event('return.settled', 9),
  ];
  expect(timersOf({ events })).toEqual({
    'next wave': 1,
    'answer time': 1,
    'time to confirm': 1,
    'recall raised': 1,
  });
});

it('relative times become instants and references ids, at any depth', () => {
  const play = { runId: 'r', startedAt: Date.parse('2026-11-23T08:20:00.000Z'), finished: false };
  const now = Date.parse('2026-11-23T08:21:00.000Z');
  expect(
    withValues(
      {
        by: '+20s',
        list: [{ to: 'T+2h' }],
        from: '-1m',
        text: 'T-shirt',
        n: 1,
        ref: '$more',
        request: '@r1',
      },
      play,
      now,
    ),
  ).toEqual({
    by: '2026-11-23T08:21:20.000Z',
    list: [{ to: '2026-11-23T11:00:00.000Z' }],
    from: '2026-11-23T08:20:00.000Z',
    text: 'T-shirt',
    n: 1,
    ref: namedId(play, 'more'),
    request: requestIdOf(play, 'r1'),
  });
});
