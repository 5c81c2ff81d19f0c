import type { MusterEvent } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { at, line, terms } from '../testing/samples.ts';
import { oralApprovalsOf, oralTotals, type Recorded } from './oral.ts';

const recorded = (id: string, hours: number, event: MusterEvent): Recorded => ({
  id,
  time: at(hours),
  event,
});

const said = (requestId: string, hours: number): Recorded =>
  recorded(`kent.${requestId}.1`, hours, {
    type: 'muster.request.submitted.v1',
    data: {
      ...{ host: 'kent', requestId, lines: [line()], terms, answerBy: at(9), confirmWithinMinutes: 30 },
      approval: {
        ...{ basis: 'oral', post: 'duty-acc', role: 'approver', org: 'kent', delegationId: 'd1' },
        ...{ at: at(hours - 0.1), reason: 'Lives are at risk', recordedBy: 'duty-desk' },
        retrospectiveBy: at(hours + 1),
      },
    },
  });

const rationale = {
  ...{ informationGathered: 'i', threatAndRisk: 't', powersAndPolicy: 'p' },
  ...{ optionsConsidered: 'o', actionAndReview: 'a' },
};

const approved = (requestId: string, hours: number, retrospective = true): Recorded =>
  recorded(`kent.w-${requestId}.1`, hours, {
    type: 'muster.request.approved.v1',
    data: {
      ...{ host: 'kent', requestId, retrospective },
      approval: {
        ...{ basis: 'person', post: 'chief', role: 'approver', org: 'kent', delegationId: 'd2' },
        ...{ rationale: rationale as never, at: at(hours) },
      },
    },
  });

const refused = (requestId: string, hours: number): Recorded =>
  recorded(`kent.n-${requestId}.1`, hours, {
    type: 'muster.request.refused.v1',
    data: {
      ...{ host: 'kent', requestId, refusedBy: 'chief', reason: 'No', retrospective: true },
      rationale: rationale as never,
    },
  });

describe('an approval by word of mouth is told', () => {
  test('with who said what when, who wrote it down, and that the written one is awaited', () => {
    expect(oralApprovalsOf([said('r1', 0)], at(0.5))).toEqual([
      {
        ...{ host: 'kent', requestId: 'r1', eventId: 'kent.r1.1', post: 'duty-acc', delegationId: 'd1' },
        ...{ saidAt: at(-0.1), words: 'Lives are at risk', recordedAt: at(0), recordedBy: 'duty-desk' },
        ...{ dueBy: at(1), written: { kind: 'awaited' }, isLate: false },
      },
    ]);
  });

  test.each([
    ['in time, when it is approved before it is due', [approved('r1', 0.5)], 'approved', false],
    ['late, when it is approved at the time at which it is due', [approved('r1', 1)], 'approved', true],
    ['late, when it is refused after it was due', [refused('r1', 2)], 'refused', true],
    ['late, when nobody has decided by then', [], 'awaited', true],
  ] as const)('as %s', (_, after, kind, isLate) => {
    const [row] = oralApprovalsOf([said('r1', 0), ...after], at(3));
    expect(row).toMatchObject({ written: { kind }, isLate });
  });
});

test('what was approved in writing from the start is no approval by word of mouth', () => {
  expect(oralApprovalsOf([approved('r1', 0, false)], at(1))).toEqual([]);
});

test('each request counts once, in time, late or awaited', () => {
  const events = [said('r1', 0), said('r2', 0), said('r3', 2), approved('r1', 0.2), refused('r2', 1.5)];
  expect(oralTotals(oralApprovalsOf(events, at(2.5)))).toEqual({
    ...{ all: 3, inTime: 1, late: 1, awaited: 1, refused: 1 },
  });
});
