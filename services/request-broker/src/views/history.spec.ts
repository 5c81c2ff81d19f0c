import { partiesOf } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';
import { expect, it } from 'vitest';
import { createHistory } from './history.ts';

const stored = (seq: number, subject: string, time = '2026-12-07T08:00:00.000Z'): StoredEvent =>
  ({
    seq,
    subject,
    envelope: { correlationId: 'r-1', time },
    event: { type: 'muster.request.closed.v1' },
  }) as StoredEvent;

const filled = () => {
  const history = createHistory();
  history.add(stored(1, 'actual.request.kent.r-1.submitted._'));
  history.add(stored(2, 'actual.request.kent.r-1.notice.essex'));
  history.add(stored(3, 'actual.booking.essex.cap-1'));
  history.skip(4);
  history.add(stored(5, 'actual.deployment.essex.d-1.opened.kent'));
  return history;
};

it('reads the parties of each kind of subject', () => {
  expect(partiesOf('actual.request.kent.r-1.submitted._')).toEqual({ host: 'kent' });
  expect(partiesOf('actual.request.kent.r-1.notice.essex')).toEqual({ host: 'kent', addressee: 'essex' });
  expect(partiesOf('actual.booking.essex.cap-1')).toEqual({ donor: 'essex' });
  expect(partiesOf('actual.deployment.essex.d-1.opened.kent')).toEqual({ donor: 'essex', addressee: 'kent' });
});

it('pages through what fits and says where to go on, also behind what it could not read', () => {
  const history = filled();
  const essex = (row: { parties: { donor?: string } }) => row.parties.donor === 'essex';
  expect(history.page({ afterSeq: 0, limit: 1, scanMax: 100, fits: essex })).toEqual({
    seqs: [3],
    lastSeq: 3,
    more: true,
  });
  expect(history.page({ afterSeq: 3, limit: 10, scanMax: 100, fits: essex })).toEqual({
    seqs: [5],
    lastSeq: 5,
    more: false,
  });
  expect(history.page({ afterSeq: 5, limit: 10, scanMax: 100, fits: essex })).toEqual({
    seqs: [],
    lastSeq: 5,
    more: false,
  });
});

it('stops a long scan early and goes on from there', () => {
  const history = filled();
  const page = history.page({ afterSeq: 0, limit: 10, scanMax: 2, fits: () => false });
  expect(page).toEqual({ seqs: [], lastSeq: 2, more: true });
});

it('counts a message that could not be read as passed', () => {
  const history = createHistory();
  history.skip(7);
  expect(history.page({ afterSeq: 0, limit: 1, scanMax: 1, fits: () => true }).lastSeq).toBe(7);
});

it('finds from where to read what was decided since a time, with room for clocks that differ', () => {
  const history = createHistory();
  const minute = (n: number): string => `2026-12-07T08:0${n}:00.000Z`;
  for (const n of [1, 2, 4, 3, 6])
    history.add(stored(history.lastSeq() + 1, 'actual.booking.essex.c', minute(n)));
  const before = (n: number) => history.seqBefore(Date.parse(minute(n)), 60_000);
  expect([before(1), before(3), before(8)]).toEqual([0, 1, 5]);
});
