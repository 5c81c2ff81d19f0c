import type { Board, DeploymentView, RequestView, StoredEventView } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { type Check, check as checkSchema } from './checks.ts';
import { amountText, evaluate, type Sources } from './evaluate.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 8, 0, seconds)).toISOString();

const view = {
  host: 'kent',
  requestId: 'run-r1',
  status: 'part-filled',
  submittedAt: at(0),
  tier: 2,
  lines: [{ line: { lineId: 'a', quantity: 3 }, committed: 2, unfilled: 1 }],
  answers: [
    { force: 'essex', lineId: 'a', answer: 'declined', reasonCode: 'own-demand' },
    { force: 'surrey', lineId: 'a', answer: 'offered' },
    { force: 'sussex', lineId: 'a', answer: 'expired' },
  ],
  offers: [
    { lineId: 'a', status: 'committed', acceptedQuantity: 2 },
    { lineId: 'a', status: 'lapsed', acceptedQuantity: 1 },
  ],
} as unknown as RequestView;

const event = (type: string, seconds: number, data: object): StoredEventView =>
  ({ envelope: { type: `muster.${type}.v1`, time: at(seconds) }, data }) as unknown as StoredEventView;

const sources: Sources = {
  evidence: async () => ({
    view,
    events: [event('request.escalated', 9, { toTier: 2, by: { org: 'npocc' }, lines: ['a', 'b'] })],
    deployments: [{ donor: 'surrey', lineId: 'a', status: 'ON_TASK' } as unknown as DeploymentView],
  }),
  board: async () =>
    ({
      actions: [
        { kind: 'answer', requestId: 'run-r1', isMine: true, isLate: false },
        { kind: 'answer', requestId: 'other', isMine: false, isLate: true },
      ],
    }) as unknown as Board,
  free: async () => 4,
  requestId: (key) => `run-${key}`,
};

const faultsOf = (written: object): Promise<string[]> =>
  evaluate(checkSchema.parse(written) as Check, sources);
const R1 = { request: 'r1' };
const LINE = { ...R1, line: 'a' };

describe('a check that holds', () => {
  it.each<object>([
    { ...R1, status: ['part-filled', 'filled'], tier: 2 },
    { ...LINE, committed: 2, unfilled: 1, asked: 3, declined: 1, silent: 1 },
    { ...LINE, declinedBy: { essex: 'own-demand' } },
    { ...R1, event: 'request.escalated', where: { by: { org: 'npocc' }, lines: ['a'] } },
    { ...R1, event: 'request.escalated', count: 1, afterSeconds: { atLeast: 9, atMost: 9 } },
    { ...R1, event: 'request.expired', count: 0 },
    { ...R1, deployments: 1, donor: 'surrey', line: 'a', status: ['ON_TASK'] },
    { board: 'npocc', waits: 'answer', count: 2 },
    { board: 'npocc', waits: 'answer', request: 'r1', isMine: true, isLate: false, count: 1 },
    { ...LINE, free: { atMost: 4 }, force: 'essex', capability: 'c1' },
  ])('finds nothing at fault: %j', async (written) => {
    expect(await faultsOf(written)).toEqual([]);
  });
});

describe('a check that does not hold', () => {
  it.each<[object, string]>([
    [{ ...R1, status: ['filled'] }, 'it is part-filled, expected filled'],
    [{ ...LINE, committed: { atLeast: 3 } }, 'committed is 2, expected at least 3'],
    [{ ...LINE, declinedBy: { surrey: 'distance' } }, 'surrey said offered , expected distance'],
    [{ ...R1, line: 'z' }, 'there is no line z'],
    [{ ...R1, event: 'request.escalated', where: { toTier: 3 } }, 'the number of request.escalated is 0'],
    [{ ...R1, event: 'request.escalated', afterSeconds: { atLeast: 10 } }, 'in seconds, is 9'],
    [{ ...R1, deployments: 1, status: ['RETURNED'] }, 'such deployments is 0, expected 1'],
    [{ board: 'npocc', waits: 'approve' }, 'on the board of npocc is 0'],
    [{ ...LINE, free: 0, force: 'essex', capability: 'c1' }, 'essex c1 has free is 4, expected 0'],
  ])('says what is instead: %j', async (written, told) => {
    expect((await faultsOf(written)).join()).toContain(told);
  });
});

it('is told in words', () => {
  expect(amountText({ atLeast: 1, atMost: 2 })).toBe('at least 1 and at most 2');
});
