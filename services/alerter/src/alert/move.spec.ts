import { fileURLToPath } from 'node:url';
import type { Alert } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { localClock } from '../desks/hours.ts';
import { type Desks, listFor, parseDesks, readDesks } from '../desks/schema.ts';
import { moveFor } from './move.ts';

const DESKS = `
smtp: { host: mail.example, from: muster@hub.example }
desks:
  kent:
    '*':
      names:
        - { post: duty-chief, email: duty-chief@kent.example }
        - { post: gold, email: gold@kent.example }
      escalateAfterMinutes: 10
      attended: [{ days: [mon, tue, wed, thu, fri], from: '08:00', to: '18:00' }]
      quiet: { hours: [{ from: '23:00', to: '06:00' }], unlessDueWithinMinutes: 60 }
`;
const desks: Desks = parseDesks(DESKS);
const list = listFor(desks, 'kent', 'any')?.list;
const local = localClock('Europe/London');

const EVENING = '2026-01-05T20:00:00.000Z';
const waiting = { kind: 'answer' as const, by: '2026-01-06T09:00:00.000Z', isLate: false };

const move = (known: Alert | undefined, at: string, over: Partial<typeof waiting> = {}) =>
  moveFor(known, { ...waiting, ...over }, list, at, local(at));

const called = (...ats: string[]): Alert => ({
  ...{ mode: 'exercise', org: 'kent', alertId: 'a', list: '*', noticeId: 'n', kind: 'answer' },
  item: { kind: 'request', owner: 'essex', id: 'r' },
  ...{ host: 'essex', requestId: 'r', raisedAt: EVENING, sent: [] },
  called: ats.map((at) => ({ post: 'x', at })),
});
const once = called(EVENING);

describe('what is done about something that waits', () => {
  test('is to call the first name, and the next one when nobody has acknowledged in time', () => {
    expect(move(undefined, EVENING)).toEqual({ do: 'call', step: 0 });
    expect(move(once, '2026-01-05T20:09:59.999Z')).toEqual({ do: 'nothing' });
    expect(move(once, '2026-01-05T20:10:00.000Z')).toEqual({ do: 'call', step: 1 });
  });

  test('is to give up once all have been called in vain, and only once', () => {
    const twice = called(EVENING, '2026-01-05T20:10:00.000Z');
    expect(move(twice, '2026-01-05T20:20:00.000Z')).toEqual({ do: 'give-up' });
    expect(move({ ...twice, unansweredAt: EVENING }, '2026-01-05T21:00:00.000Z')).toEqual({ do: 'nothing' });
  });

  test('is nothing more once it is acknowledged or has ended, even if it waits again under its name', () => {
    const later = '2026-01-05T22:00:00.000Z';
    expect(move({ ...once, acknowledged: { by: 'gold', at: EVENING } }, later)).toEqual({ do: 'nothing' });
    expect(move({ ...once, endedAt: EVENING }, later)).toEqual({ do: 'nothing' });
    expect(moveFor(once, undefined, list, later, local(later))).toEqual({ do: 'end' });
    expect(moveFor(undefined, undefined, list, later, local(later))).toEqual({ do: 'nothing' });
  });

  test('is held while the desk is attended, and in quiet hours unless it is late or presses', () => {
    const morning = '2026-01-06T08:00:00.000Z';
    const night = '2026-01-06T02:00:00.000Z';
    expect(move(undefined, morning)).toEqual({ do: 'hold', because: 'attended' });
    expect(move(undefined, night)).toEqual({ do: 'hold', because: 'quiet' });
    expect(move(undefined, night, { isLate: true })).toEqual({ do: 'call', step: 0 });
    expect(move(undefined, night, { by: '2026-01-06T03:00:00.000Z' })).toEqual({ do: 'call', step: 0 });
    expect(move(once, night)).toEqual({ do: 'hold', because: 'quiet' });
  });

  test('is nothing where no list is declared, or not for its kind', () => {
    expect(listFor(desks, 'essex', undefined)).toBeUndefined();
    expect(moveFor(undefined, waiting, undefined, EVENING, local(EVENING))).toEqual({ do: 'nothing' });
    expect(move(undefined, EVENING, { kind: 'debrief' as never })).toEqual({ do: 'nothing' });
  });
});

describe('the lists of desks', () => {
  test('name what is wrong with them', () => {
    const wrong = `
timeZone: Mars/Olympus
webhooks: { pager: { url: 'http://pager.example/', secretFile: x } }
desks:
  atlantis:
    '*': { names: [{ post: gold, email: gold@kent.example }, { post: silver, webhook: { name: sms } }, { post: none }] }
`;
    expect(() => parseDesks(wrong)).toThrow(/use https/);
    expect(() => parseDesks(wrong)).toThrow(/give an email or a webhook/);
    const fixed = wrong.replace('http:', 'https:').replace(', { post: none }', '');
    expect(() => parseDesks(fixed)).toThrow(
      /timeZone: is no time zone[\s\S]*is no organisation[\s\S]*there is no smtp[\s\S]*no webhook "sms"/,
    );
  });
});

test('the lists of the demo are right', () => {
  const demo = readDesks(fileURLToPath(new URL('../../../../infra/demo/desks.yaml', import.meta.url)));
  expect(listFor(demo, 'essex', 'resource-desk')?.name).toBe('resource-desk');
  expect(listFor(demo, 'essex', 'another')?.name).toBe('*');
  expect(demo.carry).toBe('log');
});
