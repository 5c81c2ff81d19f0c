import type { ClaimLine, MusterEvent } from '@muster/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClaimName, claimOf, home, type Over, sent } from '../testing/claimed.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';
import { type ClaimEvent, isClaimEvent } from './evolve.ts';

const SEED = 20_261_126;
const RUNS = 100;
const STEPS_MAX = 60;

/** How often each step is tried beside the others; a waiver ends most of what could follow. */
const STEPS: Record<ClaimName, number> = {
  'claim-estimate': 2,
  'claim-record': 6,
  'claim-submit': 4,
  'claim-check': 8,
  'claim-query': 3,
  'claim-answer': 6,
  'claim-agree': 12,
  'claim-pay': 8,
  'claim-waive': 1,
};

type Act = {
  name: ClaimName;
  org: string;
  post: string;
  lines: ClaimLine[];
  isExact: boolean;
  hours: number;
};

const line: fc.Arbitrary<ClaimLine> = fc.record({
  lineId: fc.constantFrom('pay', 'travel', 'meals'),
  category: fc.constantFrom('pay', 'travel', 'subsistence'),
  amountPence: fc.nat(1_000_000),
});
const act: fc.Arbitrary<Act> = fc.noBias(
  fc.record({
    name: fc.constantFrom(
      ...(Object.keys(STEPS) as ClaimName[]).flatMap((name) =>
        Array.from({ length: STEPS[name] }, () => name),
      ),
    ),
    org: fc.constantFrom('sussex', 'kent', ...Array.from({ length: 6 }, () => 'usual')),
    post: fc.constantFrom('finance-1', 'finance-2', 'finance-lead'),
    lines: fc.uniqueArray(line, { selector: ({ lineId }) => lineId, minLength: 1, maxLength: 3 }),
    isExact: fc.boolean(),
    hours: fc.nat(400),
  }),
);

const overOf = ({ name, org, post, lines, isExact }: Act, scene: Scene): Over => ({
  ...{ post, ...(org !== 'usual' && { org }) },
  ...((name === 'claim-estimate' || name === 'claim-record' || name === 'claim-answer') && { lines }),
  ...(name === 'claim-query' && { lineIds: [] }),
  ...(name === 'claim-pay' && {
    amountPence: (claimOf(scene)?.totalPence ?? 0) + (isExact ? 0 : 1),
    paidAt: scene.now(),
  }),
  ...(name === 'claim-waive' && !isExact && { basis: 'nil-charge' }),
});

/** What was stored of the claim after all that was tried, with due times that pass in between. */
const played = (acts: readonly Act[]): ClaimEvent[] => {
  const scene = home();
  let hours = 2;
  for (const each of acts) {
    hours += each.hours;
    scene.setNow(at(hours));
    scene.internal({ name: 'claim-due', donor: 'sussex', claimId: 'o1' });
    const command = sent(scene, each.name, overOf(each, scene));
    if (scene.refusalOf(command) === undefined) scene.run(command);
  }
  return scene.stored.map(({ event }: { event: MusterEvent }) => event).filter(isClaimEvent);
};

const histories = fc
  .sample(fc.array(act, { minLength: 20, maxLength: STEPS_MAX, size: 'max' }), { seed: SEED, numRuns: RUNS })
  .map(played);

const holds = (check: (events: readonly ClaimEvent[]) => void): void => histories.forEach(check);

const of = <T extends ClaimEvent['type']>(events: readonly ClaimEvent[], type: T) =>
  events.filter((event): event is Extract<ClaimEvent, { type: T }> => event.type === type);

/** Pence by the lines alone: later ones take the place of earlier ones, and costs that of what was expected. */
const sumsOf = (events: readonly ClaimEvent[]): [said: number, summed: number][] => {
  let lines = new Map<string, number>();
  let isExpected = true;
  return events.flatMap(({ type, data }): [number, number][] => {
    if ('lines' in data) {
      if (type === 'muster.claim.submitted.v1' || (type === 'muster.cost.recorded.v1' && isExpected)) {
        lines = new Map();
      }
      isExpected = type === 'muster.cost.estimated.v1';
      for (const { lineId, amountPence } of data.lines) lines.set(lineId, amountPence);
    }
    const said = 'totalPence' in data ? data.totalPence : undefined;
    return said === undefined ? [] : [[said, [...lines.values()].reduce((a, b) => a + b, 0)]];
  });
};

test('every total is the sum of the lines that stand', () => {
  holds((events) => {
    for (const [said, summed] of sumsOf(events)) expect(said).toBe(summed);
  });
});

test('nobody agrees alone, or to what they queried or what was not checked in this round', () => {
  let agreed = 0;
  holds((events) => {
    events.forEach(({ type, data }, index) => {
      if (type !== 'muster.claim.agreed.v1') return;
      agreed += 1;
      const before = events.slice(0, index);
      const check = of(before, 'muster.claim.checked.v1').at(-1)?.data;
      expect(check).toMatchObject({ round: data.round, totalPence: data.totalPence });
      expect(check?.checkedBy).not.toBe(data.agreedBy);
      const askers = of(before, 'muster.claim.queried.v1').map((query) => query.data.queriedBy);
      expect(askers).not.toContain(data.agreedBy);
    });
  });
  expect(agreed).toBeGreaterThan(RUNS / 10);
});

test('nothing is paid but what was agreed, once, and nothing that was waived', () => {
  let paid = 0;
  holds((events) => {
    const payments = of(events, 'muster.claim.paid.v1');
    paid += payments.length;
    expect(payments.length).toBeLessThanOrEqual(1);
    const agreements = of(events, 'muster.claim.agreed.v1').map(({ data }) => data.totalPence);
    for (const { data } of payments) expect(agreements).toContain(data.amountPence);
    const ends = payments.length + of(events, 'muster.claim.waived.v1').length;
    expect(ends).toBeLessThanOrEqual(1);
  });
  expect(paid).toBeGreaterThan(RUNS / 20);
});
