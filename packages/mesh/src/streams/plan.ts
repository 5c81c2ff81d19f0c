import { type ConsumerConfig, JetStreamApiError, type StreamConfig } from '@nats-io/jetstream';
import type { Mesh } from '../connect/connect.ts';
import { type Difference, differences, heldBecause } from './drift.ts';
import type { Definitions, DurableDefinition, StreamDefinition } from './types.ts';

/** One thing that is not as defined. */
export type PlanStep =
  | { do: 'create-stream'; stream: StreamDefinition }
  | { do: 'update-stream'; stream: StreamDefinition; changes: Difference[] }
  | { do: 'create-durable'; durable: DurableDefinition }
  | { do: 'update-durable'; durable: DurableDefinition; changes: Difference[] };

/** Drift that a plan never settles: a person decides. */
export type Held = { stream: string; durable?: string; difference?: Difference; because: string };

export type Plan = { steps: PlanStep[]; held: Held[] };

type Live = { streams: Map<string, StreamConfig>; durables: Map<string, Map<string, ConsumerConfig>> };

const readDurables = async (
  mesh: Pick<Mesh, 'jsm'>,
  stream: string,
): Promise<Map<string, ConsumerConfig>> => {
  const found = new Map<string, ConsumerConfig>();
  for await (const { config } of mesh.jsm.consumers.list(stream)) {
    if (config.durable_name !== undefined) found.set(config.durable_name, config);
  }
  return found;
};

const readLive = async (mesh: Pick<Mesh, 'jsm'>): Promise<Live> => {
  const live: Live = { streams: new Map(), durables: new Map() };
  for await (const { config } of mesh.jsm.streams.list()) live.streams.set(config.name, config);
  for (const stream of live.streams.keys()) live.durables.set(stream, await readDurables(mesh, stream));
  return live;
};

type Sorted = { changes: Difference[]; held: Held[] };

const sortOut = (found: Difference[], where: { stream: string; durable?: string }): Sorted => {
  const sorted: Sorted = { changes: [], held: [] };
  for (const difference of found) {
    const because = heldBecause(difference);
    if (because === undefined) sorted.changes.push(difference);
    else sorted.held.push({ ...where, difference, because });
  }
  return sorted;
};

const planStream = (plan: Plan, stream: StreamDefinition, live: Live): void => {
  const is = live.streams.get(stream.name);
  if (!is) {
    plan.steps.push({ do: 'create-stream', stream });
    return;
  }
  const { changes, held } = sortOut(differences(is, stream.config), { stream: stream.name });
  if (changes.length > 0) plan.steps.push({ do: 'update-stream', stream, changes });
  plan.held.push(...held);
};

const planDurable = (plan: Plan, durable: DurableDefinition, live: Live): void => {
  const is = live.durables.get(durable.stream)?.get(durable.name);
  if (!is) {
    plan.steps.push({ do: 'create-durable', durable });
    return;
  }
  const where = { stream: durable.stream, durable: durable.name };
  const { changes, held } = sortOut(differences(is, durable.config), where);
  if (changes.length > 0) plan.steps.push({ do: 'update-durable', durable, changes });
  plan.held.push(...held);
};

/** A durable that nobody defined holds nothing back, but somebody may be reading with it. */
const strangers = (definitions: Definitions, live: Live): Held[] => {
  const known = new Set(definitions.durables.map(({ stream, name }) => `${stream} ${name}`));
  const streams = new Set(definitions.streams.map(({ name }) => name));
  return [...live.durables]
    .filter(([stream]) => streams.has(stream))
    .flatMap(([stream, durables]) => [...durables.keys()].map((durable) => ({ stream, durable })))
    .filter(({ stream, durable }) => !known.has(`${stream} ${durable}`))
    .map((where) => ({ ...where, because: 'the durable is not defined' }));
};

/** Compares what is on the server with what should be. Changes nothing. */
export const planStreams = async (mesh: Pick<Mesh, 'jsm'>, definitions: Definitions): Promise<Plan> => {
  const live = await readLive(mesh);
  const plan: Plan = { steps: [], held: [] };
  for (const stream of definitions.streams) planStream(plan, stream, live);
  for (const durable of definitions.durables) planDurable(plan, durable, live);
  plan.held.push(...strangers(definitions, live));
  return plan;
};

export type Applied = { done: PlanStep[]; failed: { step: PlanStep; because: string }[]; held: Held[] };

const settingsOf = (changes: readonly Difference[]): Record<string, unknown> =>
  Object.fromEntries(changes.map(({ setting, should }) => [setting, should]));

const run = async (mesh: Pick<Mesh, 'jsm'>, step: PlanStep): Promise<void> => {
  switch (step.do) {
    case 'create-stream':
      await mesh.jsm.streams.add(step.stream.config);
      return;
    case 'update-stream':
      await mesh.jsm.streams.update(step.stream.name, settingsOf(step.changes));
      return;
    case 'create-durable':
      await mesh.jsm.consumers.add(step.durable.stream, step.durable.config);
      return;
    case 'update-durable':
      await mesh.jsm.consumers.update(step.durable.stream, step.durable.name, settingsOf(step.changes));
      return;
    default: {
      const never: never = step;
      throw new Error(`unknown step ${JSON.stringify(never)}`);
    }
  }
};

/**
 * Does the steps of a plan in order. What the server refuses is reported and the rest goes on. Nothing is
 * ever deleted, and what the plan holds is left alone.
 * @throws what the client throws when the server cannot be reached.
 */
export const applyPlan = async (mesh: Pick<Mesh, 'jsm'>, plan: Plan): Promise<Applied> => {
  const applied: Applied = { done: [], failed: [], held: plan.held };
  for (const step of plan.steps) {
    try {
      await run(mesh, step);
      applied.done.push(step);
    } catch (error) {
      if (!(error instanceof JetStreamApiError)) throw error;
      applied.failed.push({ step, because: error.message });
    }
  }
  return applied;
};
