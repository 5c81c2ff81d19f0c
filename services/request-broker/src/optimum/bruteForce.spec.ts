import { type OptimumModel, partsOf, type Solved, type Solver, solveOptimum, strainOf } from '@muster/domain';
import { beforeAll, expect, it } from 'vitest';
import { highsSolver } from './highs.ts';

const INSTANCES = 500;
const RINGS = 200;
/** Wide enough that the solver never stops for time. */
const SECONDS = 60;
/** Every span of a line, with its rest, ends by then. */
const INSTANTS = 9;

/** Mulberry32: the same seed gives the same instance everywhere. */
const randomOf = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
};

/** Up to three lines and three capabilities of as many donors or fewer, with minimums, rest, and units lent already. */
const instance = (seed: number): OptimumModel => {
  const random = randomOf(seed);
  const spans = Array.from({ length: random(1, 3) }, () => {
    const from = random(0, 4);
    return { from, to: from + random(1, 3) };
  });
  const lines = spans.map(() => {
    const need = random(1, 5);
    return { rank: random(0, 1), need, minimum: random(1, need) };
  });
  const columns: OptimumModel['columns'][number][] = [];
  const limits: OptimumModel['limits'][number][] = [];
  const strains: OptimumModel['strains'][number][] = [];
  const activeAt = (own: readonly number[], at: number, rest = 0): number[] =>
    own.filter((column) => {
      const span = spans[columns[column]?.line ?? 0];
      return span && span.from <= at && at < span.to + rest;
    });
  for (let capabilities = random(1, 3); capabilities > 0; ) {
    const ofDonor: number[] = [];
    let free = 0;
    for (let left = random(1, capabilities); left > 0; left -= 1) {
      capabilities -= 1;
      const own: number[] = [];
      for (const line of spans.keys()) {
        if (random(0, 3) === 0) continue;
        own.push(columns.length);
        columns.push({ line, most: random(1, 3), lateMinutes: random(0, 3), costPence: random(0, 9) });
      }
      const most = random(1, 4);
      const rest = random(0, 1);
      for (let at = 0; at < INSTANTS; at += 1) {
        const active = activeAt(own, at, rest);
        if (active.length > 0) limits.push({ columns: active, most });
      }
      ofDonor.push(...own);
      free += most;
    }
    const lent = random(0, 2);
    for (let at = 0; at < INSTANTS; at += 1) {
      const active = activeAt(ofDonor, at);
      if (active.length > 0) strains.push({ columns: active, lent, gross: lent + free + random(0, 2) });
    }
  }
  return { lines, columns, limits, strains };
};

type Scored = { values: number[]; score: number[] };

const isFeasible = ({ lines, columns, limits }: OptimumModel, values: readonly number[]): boolean => {
  const total = (own: readonly number[]): number => own.reduce((all, each) => all + (values[each] ?? 0), 0);
  const filled = lines.map((_, line) =>
    total([...columns.keys()].filter((at) => columns[at]?.line === line)),
  );
  return (
    limits.every((limit) => total(limit.columns) <= limit.most) &&
    lines.every(({ need, minimum }, line) => {
      const units = filled[line] ?? 0;
      return units === 0 || (units >= minimum && units <= need);
    })
  );
};

const scoreOf = ({ lines, columns, strains }: OptimumModel, values: readonly number[]): number[] => {
  const of = (weigh: (column: (typeof columns)[number]) => number): number =>
    columns.reduce((all, column, index) => all + weigh(column) * (values[index] ?? 0), 0);
  return [
    -of(({ line }) => (lines[line]?.rank === 0 ? 1 : 0)),
    -of(({ line }) => (lines[line]?.rank === 1 ? 1 : 0)),
    of(({ lateMinutes }) => lateMinutes),
    strainOf(strains, values),
    of(({ costPence }) => costPence),
  ];
};

const isBetter = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((value, index) => Math.abs(value - (b[index] ?? 0)) > 1e-9);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

/** Tries every assignment of whole units. */
const bruteForce = (model: OptimumModel): Scored => {
  const values = model.columns.map(() => 0);
  let best: Scored = { values: [...values], score: scoreOf(model, values) };
  for (;;) {
    const at = values.findIndex((value, index) => value < (model.columns[index]?.most ?? 0));
    if (at < 0) return best;
    values[at] = (values[at] ?? 0) + 1;
    values.fill(0, 0, at);
    if (!isFeasible(model, values)) continue;
    const score = scoreOf(model, values);
    if (isBetter(score, best.score)) best = { values: [...values], score };
  }
};

let solver: Solver;
beforeAll(async () => {
  solver = (await highsSolver())(() => SECONDS);
});

it(`is as good as trying everything, on ${INSTANCES} small instances`, { timeout: 120_000 }, () => {
  let programmes = 0;
  const counting: Solver = (programme) => {
    programmes += 1;
    return solver(programme);
  };
  let parts = 0;
  for (let seed = 1; seed <= INSTANCES; seed += 1) {
    const model = instance(seed);
    const whole = solveOptimum(model, counting);
    expect(isFeasible(model, whole.values), `seed ${seed}`).toBe(true);
    expect(whole.stages.every(({ gap }) => gap === 0)).toBe(true);
    for (const part of partsOf(model)) {
      parts += 1;
      const values = part.columns.map((index) => whole.values[index] ?? 0);
      const best = bruteForce(part.model);
      const score = scoreOf(part.model, values);
      for (const [at, value] of score.entries())
        expect(value, `seed ${seed}`).toBeCloseTo(best.score[at] ?? 0, 9);
    }
  }
  // Both ways through are met: the relaxation that meets the minimums, and the decisions about them.
  expect(programmes).toBeGreaterThan(parts);
});

/** Three lines that overlap two by two, of which one donor's two units can serve one each: a relaxation serves half. */
const splitting = (): OptimumModel => ({
  lines: [0, 1, 2].map(() => ({ rank: 0, need: 1, minimum: 1 })),
  columns: [0, 1, 2].map((line) => ({ line, most: 1, lateMinutes: 0, costPence: 1 + line })),
  limits: [
    [0, 1],
    [1, 2],
    [0, 2],
  ].map((columns) => ({ columns, most: 1 })),
  strains: [],
});

/** Lines in a ring: of the near units one serves each two neighbours, and each line could have a dear one of its own. */
const ringOf = (near: readonly number[], dear: readonly number[]): OptimumModel => {
  const lines = near.map(() => ({ rank: 0, need: 1, minimum: 1 }));
  const columns = [near, dear].flatMap((costs) =>
    costs.map((costPence, line) => ({ line, most: 1, lateMinutes: 0, costPence })),
  );
  const limits = lines.map((_, line) => ({ columns: [line, (line + 1) % lines.length], most: 1 }));
  return { lines, columns, limits, strains: [] };
};

const ring = (seed: number): OptimumModel => {
  const random = randomOf(seed);
  const near = Array.from({ length: random(1, 2) * 2 + 1 }, () => random(0, 9));
  return ringOf(
    near,
    near.map(() => random(5, 40)),
  );
};

it(`is as good as trying everything where near the cheapest units are split, on ${RINGS} rings`, () => {
  let inWhole = 0;
  const counting: Solver = (programme) => {
    if (programme.integers.length > 0) inWhole += 1;
    return solver(programme);
  };
  for (let seed = 1; seed <= RINGS; seed += 1) {
    const model = ring(seed);
    const { values, stages } = solveOptimum(model, counting);
    expect(isFeasible(model, values), `seed ${seed}`).toBe(true);
    expect(scoreOf(model, values), `seed ${seed}`).toEqual(bruteForce(model).score);
    expect(stages.every(({ gap }) => gap === 0)).toBe(true);
  }
  expect(inWhole).toBeGreaterThan(RINGS / 4);
});

it('finds the best where the relaxation splits units', () => {
  const { values, stages } = solveOptimum(splitting(), solver);
  expect(values).toEqual([1, 0, 0]);
  expect(stages.map(({ value, gap }) => [value, gap])).toEqual([
    [1, 0],
    [0, 0],
    [0, 0],
    [1, 0],
  ]);
});

it('says so when it ran out of time, and keeps to what is allowed', () => {
  const model = instance(7);
  const outOfTime: Solver = (programme) => ({ ...solver(programme), solve: () => ({ kind: 'stopped' }) });
  const { values, stages } = solveOptimum(model, outOfTime);
  expect(isFeasible(model, values)).toBe(true);
  expect(stages.some(({ gap }) => gap > 0)).toBe(true);
});

it('keeps what a search in whole numbers has found when it runs out of time, with its gap', () => {
  const model = ringOf([0, 0, 0], [10, 10, 10]);
  const cutShort: Solver = (programme) => {
    const session = solver(programme);
    if (programme.integers.length === 0) return session;
    return { ...session, solve: (minimise) => ({ ...session.solve(minimise), kind: 'stopped' }) as Solved };
  };
  const { values, stages } = solveOptimum(model, cutShort);
  expect(isFeasible(model, values)).toBe(true);
  expect(stages.map(({ stage, gap }) => [stage, gap > 0])).toEqual([
    ['fill', false],
    ['lateness', false],
    ['strain', false],
    ['cost', true],
  ]);
});
