import { CLAIM_STATUSES, type ClaimStatus, type Command, type RefusalCode } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { type ClaimName, claimOf, home, type Over, ofClaim, sent } from '../testing/claimed.ts';
import { debrief, deployed, ofDeployment, stateOf } from '../testing/deployed.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';

/** Where a claim stands, and `none` before there is one. */
type Stage = ClaimStatus | 'none';
/** The stage that is reached, or a refusal's code after `!`. */
type Cell = Stage | `!${RefusalCode}`;

const STAGES: readonly Stage[] = ['none', ...CLAIM_STATUSES];
const stageOf = (scene: Scene): Stage => claimOf(scene)?.status ?? 'none';

type Step = (scene: Scene) => void;
const does =
  (name: ClaimName, over: Over = {}): Step =>
  (scene) =>
    void scene.run(sent(scene, name, over));
const SUBMITTED = [does('claim-estimate'), does('claim-record'), does('claim-submit')];
const AGREED = [
  ...SUBMITTED,
  does('claim-check', { post: 'finance-7' }),
  does('claim-agree', { post: 'finance-lead' }),
];
const WAY: Record<Stage, readonly Step[]> = {
  none: [],
  ESTIMATED: SUBMITTED.slice(0, 1),
  ACCRUING: SUBMITTED.slice(0, 2),
  SUBMITTED,
  QUERIED: [...SUBMITTED, does('claim-query', { post: 'finance-7' })],
  AGREED,
  PAID: [...AGREED, does('claim-pay')],
  WAIVED: [does('claim-estimate'), does('claim-waive'), does('claim-waive', { org: 'kent' })],
};

/** A scene in which the claim has come to that stage by the usual way. */
const reach = (stage: Stage): Scene => {
  const scene = home();
  for (const step of WAY[stage]) step(scene);
  if (stageOf(scene) !== stage) throw new Error(`${stage} was not reached, but ${stageOf(scene)}`);
  return scene;
};

const all = (cell: Cell): Record<Stage, Cell> =>
  Object.fromEntries(STAGES.map((stage) => [stage, cell])) as Record<Stage, Cell>;
const nowhere = { ...all('!wrong-status'), none: '!not-found' } as const;
const OPEN = ['ESTIMATED', 'ACCRUING', 'SUBMITTED', 'QUERIED', 'AGREED'] as const;
const stays = Object.fromEntries(OPEN.map((stage) => [stage, stage])) as Record<Stage, Cell>;

type Row = { cells: Record<Stage, Cell>; before?: (scene: Scene) => Command; over?: Over };

/** Every command about a claim, from every stage; one without a row is a type error. */
const TABLE: Record<ClaimName, Row> = {
  'claim-estimate': { cells: { ...all('!wrong-status'), none: 'ESTIMATED' } },
  'claim-record': { cells: { ...nowhere, ESTIMATED: 'ACCRUING', ACCRUING: 'ACCRUING' } },
  'claim-submit': { cells: { ...nowhere, ACCRUING: 'SUBMITTED' } },
  'claim-check': { cells: { ...nowhere, SUBMITTED: 'SUBMITTED' } },
  'claim-query': { cells: { ...nowhere, SUBMITTED: 'QUERIED' } },
  'claim-answer': { cells: { ...nowhere, QUERIED: 'SUBMITTED' } },
  'claim-agree': {
    cells: { ...nowhere, SUBMITTED: 'AGREED' },
    before: (scene) => sent(scene, 'claim-check', { post: 'finance-7' }),
  },
  'claim-pay': { cells: { ...nowhere, AGREED: 'PAID' } },
  'claim-waive': { cells: { ...nowhere, ...stays } },
};

/** The other side's word, after the first one's. */
const AGREED_WAIVER: Row = {
  cells: { ...nowhere, ...Object.fromEntries(OPEN.map((stage) => [stage, 'WAIVED'])) },
  before: (scene) => sent(scene, 'claim-waive'),
  over: { org: 'kent' },
};

const ROWS = [
  ...Object.entries(TABLE).map(([name, row]) => [name, name as ClaimName, row] as const),
  ['claim-waive by the other side', 'claim-waive', AGREED_WAIVER] as const,
];

describe.each(ROWS)('%s', (_, name, { cells, before, over }) => {
  test.each(STAGES.map((stage) => [stage, cells[stage]] as const))('when it is %s: %s', (stage, cell) => {
    const scene = reach(stage);
    const earlier = before?.(scene);
    if (earlier && scene.refusalOf(earlier) === undefined) scene.run(earlier);
    const command = sent(scene, name, over);
    if (cell.startsWith('!')) {
      expect(`!${scene.refusalOf(command)}`).toBe(cell);
      return;
    }
    scene.run(command);
    expect(stageOf(scene)).toBe(cell);
  });
});

/** The last day of a step is told once from every open stage, and from no other. */
test.each(STAGES.map((stage) => [stage, (OPEN as readonly Stage[]).includes(stage)] as const))(
  'the time of the next step when it is %s: told %s',
  (stage, isTold) => {
    const scene = reach(stage);
    scene.setNow(claimOf(scene)?.dueBy ?? at(24 * 400));
    const told = scene.internal({ name: 'claim-due', ...ofClaim }).map(({ type }) => type);
    expect(told).toEqual(isTold ? ['muster.claim.overdue.v1'] : []);
    expect(stageOf(scene)).toBe(stage);
  },
);

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
  expect(scene.attempt(sent(scene, 'claim-query', { org: 'sussex' }))).toMatchObject({
    refused: 'not-permitted',
    because: 'a claim is queried by its host only, which is kent; ask it to do so',
  });
  expect(scene.refusalOf(sent(scene, 'claim-query', { org: 'essex' }))).toBe('not-found');
  const actor = { role: 'requester', id: 'desk' };
  expect(scene.refusalOf(sent(scene, 'claim-query', { actor }))).toBe('wrong-role');
});

test('who checks a claim that was checked is told that another post goes on with it', () => {
  const scene = reach('SUBMITTED');
  scene.run(sent(scene, 'claim-check', { post: 'finance-7' }));
  expect(scene.attempt(sent(scene, 'claim-check', { post: 'finance-8' }))).toMatchObject({
    refused: 'wrong-status',
    because: 'finance-7 has checked claim o1 already; another post of finance agrees to it or queries it',
  });
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
