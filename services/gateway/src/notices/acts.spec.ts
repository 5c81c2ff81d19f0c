import { BOARD_ACTIONS } from '@muster/contracts';
import { expect, test } from 'vitest';
import { createPolicy, readPolicySources } from '../policy/policy.ts';
import { personRole } from '../session/person.ts';
import { ACTS } from './acts.ts';

const policy = createPolicy(readPolicySources());

/** Who may be told of each kind: the roles that may do something about it. */
const toldOf = (kind: (typeof BOARD_ACTIONS)[number]): string[] =>
  personRole.options.filter((role) =>
    ACTS[kind].some(
      (action) => policy.rolesFor({ org: 'kent', post: 'p', roles: [role] }, action).length > 0,
    ),
  );

test('every kind of waiting can be ended by somebody', () => {
  expect(BOARD_ACTIONS.filter((kind) => toldOf(kind).length === 0)).toEqual([]);
});

test('finance is told of money alone, and nobody else is', () => {
  const ofMoney = BOARD_ACTIONS.filter((kind) => toldOf(kind).includes('finance'));
  expect(ofMoney).toEqual([
    ...['estimate-costs', 'record-costs', 'submit-claim', 'judge-claim', 'answer-claim', 'pay-claim'],
    'agree-waiver',
  ]);
  for (const kind of ofMoney) expect([kind, toldOf(kind)]).toEqual([kind, ['finance']]);
});

test('who can only look is told of nothing that waits for a decision', () => {
  for (const role of ['auditor', 'force-ict'] as const) {
    expect([role, BOARD_ACTIONS.filter((kind) => toldOf(kind).includes(role))]).toEqual([role, []]);
  }
  expect(toldOf('confirm')).toEqual(['donor-desk', 'donor-approver']);
  expect(toldOf('answer')).toEqual(['donor-desk', 'donor-approver']);
  expect(toldOf('approve')).toEqual(['approver', 'ricc', 'national-centre']);
});
