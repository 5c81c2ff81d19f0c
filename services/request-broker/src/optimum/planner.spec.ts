import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { PLAN_GRACE_MS, PLANS_WAITING_MAX } from '../limits.ts';
import type { PlanJob } from './job.ts';
import { createPlanner, type Planner } from './planner.ts';

const nothing: PlanJob = {
  facts: { requests: [], adverts: [], bookings: [], homes: [] },
  now: '2026-12-07T08:00:00.000Z',
  org: 'kent',
  timeLimitMs: 10_000,
  leftOutLimit: 1,
};
const unavailable = expect.objectContaining({ refused: 'unavailable' });
const made = expect.objectContaining({ proposal: expect.objectContaining({ isOptimal: true }) });

const start = (): Planner => createPlanner(pino({ level: 'silent' }));
const planner = start();
afterAll(() => planner.stop());

it('makes plans one after another, and refuses more than may wait', async () => {
  const asked = Array.from({ length: PLANS_WAITING_MAX + 1 }, () => planner.plan(() => nothing));
  expect(await Promise.all(asked)).toEqual([
    ...Array.from({ length: PLANS_WAITING_MAX }, () => made),
    unavailable,
  ]);
  expect(await planner.plan(() => nothing)).toEqual(made);
});

it('gives up on a plan that takes too long, and makes the next one', async () => {
  // A thread that has yet to be started never answers at once.
  const cold = start();
  expect(await cold.plan(() => ({ ...nothing, timeLimitMs: -PLAN_GRACE_MS }))).toEqual(unavailable);
  expect(await cold.plan(() => nothing)).toEqual(made);
  await cold.stop();
});

it('fails with a job that cannot be done, and does the next one', async () => {
  const broken = { ...nothing, facts: { ...nothing.facts, requests: [undefined] } };
  await expect(planner.plan(() => broken as unknown as PlanJob)).rejects.toThrow();
  expect(await planner.plan(() => nothing)).toEqual(made);
});

it('refuses what comes, and what is under way, once it stops', async () => {
  const stopped = start();
  const under = stopped.plan(() => nothing);
  await stopped.stop();
  expect(await under).toEqual(unavailable);
  expect(await stopped.plan(() => nothing)).toEqual(unavailable);
});
