import { CLOCK_SKEW_MS_MAX, COMMANDS, type Command, type EventData, isRefusal } from '@muster/contracts';
import { createLedger, decide } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { GOOD_REQUEST } from '../request/request.cases.ts';

const NOW = '2026-11-22T21:00:00.000Z';
const at = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1_000).toISOString();
const SKEW_SECONDS = CLOCK_SKEW_MS_MAX / 1_000;

const opened: EventData<'muster.deployment.opened.v1'> = {
  donor: 'kent',
  deploymentId: 'd-1',
  host: 'essex',
  requestId: 'r-1',
  lineId: 'l-1',
  bookingId: 'd-1',
  capabilityId: 'cy-1',
  quantity: 2,
  from: at(0),
  to: at(86_400),
  token: 1,
};

/** A ledger in which kent's units were committed a minute ago. */
const ledgerWith = (...events: Parameters<ReturnType<typeof createLedger>['apply']>[0]['event'][]) => {
  const ledger = createLedger();
  for (const [index, event] of events.entries()) {
    ledger.apply({
      seq: index + 1,
      subject: 'as stored',
      envelope: {
        id: `hub.c.${index + 1}`,
        source: '/muster/hub/request-broker',
        type: event.type,
        time: at(-60),
        commandId: 'c',
        actor: 'hub/broker/request-broker',
        classification: 'OFFICIAL',
      },
      event,
    });
  }
  return ledger.view;
};

const view = ledgerWith({ type: 'muster.deployment.opened.v1', data: opened });

const status = (time: string): Command => ({
  name: 'deployment-status',
  org: 'kent',
  body: COMMANDS['deployment-status'].parse({
    commandId: 's-1',
    actor: { role: 'unit-commander', id: 'bronze' },
    donor: 'kent',
    deploymentId: 'd-1',
    status: 'MOBILISING',
    at: time,
  }),
});

const request = (change: Record<string, unknown>): Command => ({
  name: 'request-create',
  org: 'essex',
  body: COMMANDS['request-create'].parse({ ...GOOD_REQUEST, ...change }),
});

const [line] = GOOD_REQUEST.lines;

describe('times that cannot be', () => {
  it.each([
    ['a status from a clock that is ahead', status(at(SKEW_SECONDS + 1)), 'at', 'future'],
    ['a status of a day ahead', status(at(86_400)), 'at', 'future'],
    ['a status before the commitment', status(at(-60 - SKEW_SECONDS - 1)), 'at', 'before'],
    ['an answer time that has passed', request({ answerBy: at(-1) }), 'answerBy', 'has passed'],
    [
      'a line that has ended',
      request({ lines: [{ ...line, from: at(-7_200), to: at(-3_600) }] }),
      'lines[0].to',
      'has passed',
    ],
    [
      'an answer time after the line has ended',
      request({ answerBy: '2027-06-01T00:00:00.000Z' }),
      'answerBy',
      'after the end',
    ],
  ])('%s is refused and named', (_, command, path, says) => {
    const decision = decide(command, view, NOW);
    if (!isRefusal(decision)) throw new Error('it was taken');
    expect(decision.refused).toBe('bad-time');
    const field = decision.fields?.find((fault) => fault.path === path);
    expect(field?.because).toContain(says);
  });

  it.each([
    ['ahead', SKEW_SECONDS],
    ['behind', -60 - SKEW_SECONDS],
  ])('a clock that is %s within the allowance is taken', (_, seconds) => {
    const decision = decide(status(at(seconds)), view, NOW);
    expect(isRefusal(decision) ? decision : decision.events.map(({ type }) => type)).toEqual([
      'muster.deployment.status.v1',
    ]);
  });
});
