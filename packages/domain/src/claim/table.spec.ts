import { CLAIM_STATUSES, type ClaimStatus, type Command, type CommandBody } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { comeHome, debrief, deployed, ofDeployment, release, report, stateOf } from '../testing/deployed.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';

type Name = Extract<Command['name'], `claim-${string}`>;
type Over = Record<string, unknown>;

const ofClaim = { donor: 'sussex', claimId: 'o1' };
const LINE = { lineId: 'pay', category: 'pay' as const, hours: 8, amountPence: 40_001 };
const SIDE: Record<Name, string> = {
  'claim-estimate': 'sussex',
  'claim-record': 'sussex',
  'claim-submit': 'sussex',
  'claim-check': 'kent',
  'claim-query': 'kent',
  'claim-answer': 'sussex',
  'claim-agree': 'kent',
  'claim-pay': 'kent',
  'claim-waive': 'sussex',
};
const BODY: Record<Name, Over> = {
  'claim-estimate': { lines: [LINE] },
  'claim-record': { lines: [LINE] },
  'claim-submit': {},
  'claim-check': {},
  'claim-query': { reason: 'Which sheet?', lineIds: ['pay'] },
  'claim-answer': { answer: 'This one' },
  'claim-agree': {},
  'claim-pay': { amountPence: 40_001, paidAt: at(1), paymentRef: 'BACS 1' },
  'claim-waive': { basis: 'payback', reason: 'In kind' },
};

let count = 0;
const sent = (scene: Scene, name: Name, { org = SIDE[name], post = 'finance-1', ...over }: Over = {}) => {
  count += 1;
  return scene.commandOf(name, String(org), {
    ...{ ...ofClaim, ...BODY[name], commandId: `c-${count}` },
    ...{ actor: { role: 'finance', id: post }, ...over },
  } as unknown as Omit<CommandBody<Name>, 'actor' | 'classification'>);
};

const claimOf = (scene: Scene) => scene.ledger.view.claim('sussex', 'o1');

/** Units that were lent and are home. */
const home = (): Scene => {
  const scene = deployed('SPECIALIST_STAFF');
  for (const status of ['MOBILISING', 'EN_ROUTE', 'ON_TASK'] as const) scene.run(report(scene, status));
  scene.run(release(scene));
  scene.run(comeHome(scene));
  scene.setNow(at(1));
  return scene;
};

const reach = (status: ClaimStatus): Scene => {
  const scene = home();
  const way: [ClaimStatus, () => void][] = [
    ['ESTIMATED', () => scene.run(sent(scene, 'claim-estimate'))],
    ['ACCRUING', () => scene.run(sent(scene, 'claim-record'))],
    ['SUBMITTED', () => scene.run(sent(scene, 'claim-submit'))],
    [
      'AGREED',
      () => {
        scene.run(sent(scene, 'claim-check', { post: 'finance-7' }));
        scene.run(sent(scene, 'claim-agree', { post: 'finance-lead' }));
      },
    ],
    ['PAID', () => scene.run(sent(scene, 'claim-pay'))],
  ];
  const upTo = status === 'QUERIED' ? 'SUBMITTED' : status === 'WAIVED' ? 'ESTIMATED' : status;
  for (const [reached, step] of way) {
    step();
    if (reached === upTo) break;
  }
  if (status === 'QUERIED') scene.run(sent(scene, 'claim-query', { post: 'finance-7' }));
  if (status === 'WAIVED') {
    scene.run(sent(scene, 'claim-waive'));
    scene.run(sent(scene, 'claim-waive', { org: 'kent' }));
  }
  expect(claimOf(scene)?.status).toBe(status);
  return scene;
};

const FROM: Partial<Record<Name, readonly ClaimStatus[]>> = {
  'claim-estimate': [],
  'claim-record': ['ESTIMATED', 'ACCRUING'],
  'claim-submit': ['ACCRUING'],
  'claim-check': ['SUBMITTED'],
  'claim-query': ['SUBMITTED'],
  'claim-answer': ['QUERIED'],
  'claim-pay': ['AGREED'],
  'claim-waive': ['ESTIMATED', 'ACCRUING', 'SUBMITTED', 'QUERIED', 'AGREED'],
};

describe.each(Object.entries(FROM) as [Name, readonly ClaimStatus[]][])('%s', (name, from) => {
  test.each(CLAIM_STATUSES.map((status) => [status, from.includes(status) ? 'is taken' : 'is refused']))(
    'when the claim is %s: %s',
    (status) => {
      const scene = reach(status as ClaimStatus);
      const expected = from.includes(status as ClaimStatus) ? undefined : 'wrong-status';
      expect(scene.refusalOf(sent(scene, name))).toBe(expected);
    },
  );
});

test('only another post than the one that checked or queried agrees, and only after a check', () => {
  const scene = reach('SUBMITTED');
  const agree = (post: string) => scene.refusalOf(sent(scene, 'claim-agree', { post }));
  expect(agree('finance-lead')).toBe('approval-needed');
  scene.run(sent(scene, 'claim-query', { post: 'finance-6' }));
  scene.run(sent(scene, 'claim-answer'));
  scene.run(sent(scene, 'claim-check', { post: 'finance-7' }));
  expect(agree('finance-7')).toBe('same-person');
  expect(agree('finance-6')).toBe('same-person');
  expect(agree('finance-lead')).toBeUndefined();
});

test('each side takes its own steps only, as finance', () => {
  const scene = reach('SUBMITTED');
  expect(scene.refusalOf(sent(scene, 'claim-query', { org: 'sussex' }))).toBe('not-permitted');
  expect(scene.refusalOf(sent(scene, 'claim-query', { org: 'essex' }))).toBe('not-found');
  const actor = { role: 'requester', id: 'desk' };
  expect(scene.refusalOf(sent(scene, 'claim-query', { actor }))).toBe('wrong-role');
});

test('a payment is what was agreed, to the penny', () => {
  const scene = reach('AGREED');
  expect(scene.refusalOf(sent(scene, 'claim-pay', { amountPence: 40_000 }))).toBe('invalid');
});

test('units that are out are not claimed for yet', () => {
  const scene = deployed('SPECIALIST_STAFF');
  scene.run(sent(scene, 'claim-estimate'));
  scene.run(sent(scene, 'claim-record'));
  expect(scene.refusalOf(sent(scene, 'claim-submit'))).toBe('wrong-status');
});

test('a debriefed deployment closes with the payment, and not before', () => {
  const scene = reach('AGREED');
  scene.run(debrief(scene));
  expect(stateOf(scene).status).toBe('RETURNED');
  scene.run(sent(scene, 'claim-pay'));
  expect(stateOf(scene).status).toBe('CLOSED');
  expect(ofDeployment.deploymentId).toBe(claimOf(scene)?.claimId);
});

test('a step that does not come in time is told once, and the next step has a time of its own', () => {
  const scene = reach('SUBMITTED');
  const due = { name: 'claim-due', ...ofClaim } as const;
  expect(scene.internal(due)).toEqual([]);
  scene.setNow(claimOf(scene)?.dueBy ?? '');
  expect(scene.internal(due).map(({ type }) => type)).toEqual(['muster.claim.overdue.v1']);
  expect(scene.internal(due)).toEqual([]);
  scene.run(sent(scene, 'claim-query'));
  expect(claimOf(scene)?.isOverdue).toBe(false);
});
