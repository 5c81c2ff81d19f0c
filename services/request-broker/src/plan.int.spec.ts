import {
  type AskAnswer,
  type AskQuery,
  PLAN_TIME_LIMIT_MS_MAX,
  type PlanAssignment,
  type RequestLine,
} from '@muster/contracts';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOf, inHours } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

/** A busy machine takes its time to start the thread of the solver; a caller waits so much longer. */
const timeLimitMs = PLAN_TIME_LIMIT_MS_MAX;

let world: World;
let kent: Org;
let surrey: Org;
let npocc: Org;

const national = { role: 'national-centre', id: 'npocc-duty-desk' } as const;

beforeAll(async () => {
  world = await startWorld();
  await world.replica();
  kent = await world.as('kent');
  surrey = await world.as('surrey');
  npocc = await world.as('npocc');
  // The first plan waits for the thread of the solver to start, on a busy machine for longer than a caller does.
  await eventually(
    async () => (await npocc.caller.ask(world.mode, 'npocc', 'plan', { timeLimitMs })).kind === 'answer',
    { deadlineMs: 50_000, what: 'the solver has started' },
  );
});

afterAll(() => world[Symbol.asyncDispose]());

type Plan = AskAnswer<'plan'>;

const planFor = (org: Org, query: AskQuery<'plan'>): Promise<Plan> =>
  org.answer('plan', { ...query, timeLimitMs });

/** A request for so many units of a code. */
const ask = (commandId: string, code: string, quantity: number, urgency: 'IMMEDIATE' | 'EXPECTED') => {
  const { lines, terms, ...rest } = createOf(commandId, ['essex']);
  const [line] = lines;
  if (!line) throw new Error('the sample has a line');
  const wanted: RequestLine = { ...line, capabilityCode: code, quantity, minimumQuantity: 1 };
  return { ...rest, lines: [wanted], terms: { ...terms, urgency } };
};

const approval = (commandId: string, plan: Plan, rows: number[]) => ({
  commandId,
  actor: national,
  planId: plan.planId,
  basedOnSeq: plan.basedOnSeq,
  policyVersion: plan.policyVersion ?? '',
  assignments: rows.flatMap((row): PlanAssignment[] => {
    const assignment = plan.assignments[row];
    return assignment ? [assignment] : [];
  }),
});

const reserved = async (org: Org, host: string, requestId: string): Promise<number | undefined> => {
  const { lines } = await org.answer('request-show', { host, requestId });
  return lines[0]?.reserved;
};

describe('a plan for requests that compete', () => {
  beforeAll(async () => {
    await world.advertise('essex', 'compete', { code: 'DG.GP', quantity: 3, reserveFloor: 1 });
    await kent.stored('request-create', ask('compete-kent', 'DG.GP', 2, 'IMMEDIATE'));
    await surrey.stored('request-create', ask('compete-surrey', 'DG.GP', 2, 'EXPECTED'));
  });

  it('fills the more urgent first, keeps the reserve floor, and says why the other stays short', async () => {
    const plan = await planFor(npocc, { requestIds: ['compete-kent', 'compete-surrey'] });
    expect(plan).toMatchObject({ isOptimal: true, policyVersion: expect.any(String) });
    expect(plan.assignments).toMatchObject([
      { host: 'kent', donor: 'essex', capabilityId: 'compete', quantity: 2, lateMinutes: 0 },
    ]);
    const short = plan.lines.find(({ host }) => host === 'surrey');
    expect(short).toMatchObject({
      needed: 2,
      unfilled: 2,
      why: [{ code: 'used-elsewhere', capabilities: 1 }],
    });
    expect(short?.leftOut[0]?.reasons[0]?.because).toContain('kent/compete-kent line a');
    expect(plan.objectives).toMatchObject([
      { term: 'fill', urgency: 'IMMEDIATE', value: 2, outOf: 2, proof: { kind: 'optimal' } },
      { term: 'fill', urgency: 'EXPECTED', value: 0, outOf: 2 },
      { term: 'lateness', value: 0, unit: 'unit minutes late' },
      { term: 'strain', value: 2 / 3, at: { donor: 'essex', capabilityCode: 'DG.GP' } },
      { term: 'cost', unit: 'pence' },
    ]);
    expect(await reserved(npocc, 'kent', 'compete-kent')).toBe(0);
  });

  it('is for the coordinators of a request only, each for its own', async () => {
    const hosts = async (org: Org): Promise<string[]> => [
      ...new Set((await planFor(org, {})).lines.map(({ host }) => host)),
    ];
    expect(await hosts(kent)).toEqual(['kent']);
    expect(await hosts(await world.as('essex'))).toEqual([]);
    expect(await hosts(await world.as('ricc-eastern'))).toEqual(['kent']);
    const foreign = await surrey.caller.ask(world.mode, 'surrey', 'plan', { requestIds: ['compete-kent'] });
    expect(foreign).toMatchObject({
      refusal: { refused: 'not-found', fields: [{ path: 'requestIds[0]' }] },
    });
  });

  it('shows how it would be without a force, or by an earlier time', async () => {
    const only = { requestIds: ['compete-kent'] };
    const without = await planFor(kent, { ...only, without: ['essex'] });
    expect(without.assignments).toEqual([]);
    expect(without.lines).toMatchObject([{ unfilled: 2, why: [{ code: 'without', capabilities: 1 }] }]);
    const by = await planFor(kent, { ...only, by: inHours(-1) });
    expect(by.lines[0]?.leftOut).toMatchObject([
      { donor: 'essex', capabilityId: 'compete', reasons: [{ code: 'arrives-late' }] },
    ]);
  });
});

describe('the approval of a plan', () => {
  it('takes a part, refuses what has changed by name, and lets the rest be planned anew', async () => {
    for (const force of ['essex', 'surrey']) {
      await world.advertise(force, `part-${force}`, { code: 'SE.DIVE', quantity: 1 });
    }
    await kent.stored('request-create', ask('part', 'SE.DIVE', 2, 'IMMEDIATE'));
    const plan = await planFor(npocc, { requestIds: ['part'] });
    expect(plan.assignments).toHaveLength(2);

    await npocc.stored('plan-approve', approval('part-1', plan, [0]));
    expect(await reserved(kent, 'kent', 'part')).toBe(1);

    const stale = await npocc.refused('plan-approve', approval('part-2', plan, [0, 1]));
    expect(stale).toMatchObject({ refused: 'plan-stale', fields: [{ path: 'assignments[0]' }] });
    expect(stale.fields?.[0]?.because).toContain('no-capacity');
    expect(await reserved(kent, 'kent', 'part')).toBe(1);

    const anew = await planFor(npocc, { requestIds: ['part'] });
    expect(anew.assignments).toMatchObject([{ donor: plan.assignments[1]?.donor, quantity: 1 }]);
    expect(anew.planId).not.toBe(plan.planId);
    await npocc.stored('plan-approve', approval('part-3', anew, [0]));
    expect(await reserved(kent, 'kent', 'part')).toBe(2);
    expect((await planFor(npocc, { requestIds: ['part'] })).lines).toEqual([]);
  });
});
