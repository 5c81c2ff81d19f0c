import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FORCES, type Mode } from '@muster/contracts';
import { StartError } from './errors.ts';
import type { StartOptions } from './options.ts';
import type { Desk, Scenario } from './scenario/schema.ts';

/** What is played, and who takes part. */
export type Cast = {
  mode: Mode;
  scenarios: readonly Scenario[];
  /** Forces that are started; undefined for all. */
  forces: readonly string[] | undefined;
  /** How many those are. */
  taking: number;
  /** Forces whose adapter leaves answers to a person. */
  desks: readonly string[];
};

const SCENARIO = /\.yaml$/;

/**
 * The file of a scenario: one that is there, or one of ours by its name.
 * @throws StartError with the names of ours where there is neither.
 */
export const scenarioFile = (repository: string, written: string): string => {
  if (existsSync(written)) return resolve(written);
  const folder = join(repository, 'infra', 'demo', 'scenarios');
  const names = readdirSync(folder).filter((file) => SCENARIO.test(file));
  if (names.includes(`${written}.yaml`)) return join(folder, `${written}.yaml`);
  throw new StartError(
    `There is no scenario ${written}: no file ${resolve(written)}, and those of ${folder} are ${names.map((name) => name.replace(SCENARIO, '')).join(', ')}.`,
  );
};

const modeFor = (scenarios: readonly Scenario[], asked: Mode | undefined): Mode => {
  const modes = new Set(scenarios.map(({ mode }) => mode));
  if (asked === 'exercise') return asked;
  if (modes.size > 1)
    throw new StartError('Exercises are played by themselves; give the others --mode exercise');
  const [mode = 'actual'] = modes;
  if (asked === 'actual' && mode === 'exercise')
    throw new StartError(`${scenarios.map(({ name }) => name).join(', ')} is an exercise; leave --mode out`);
  return mode;
};

/** The forces to be started: as asked for, else those for which all scenarios are written. */
const forcesFor = (scenarios: readonly Scenario[], asked: readonly string[] | undefined) => {
  if (asked) return [...new Set(asked)];
  const casts = scenarios.map(({ cast }) => cast);
  return casts.every((cast) => cast !== undefined) ? [...new Set(casts.flat())] : undefined;
};

/** True when the forces take part that the scenario is written for. */
const isWhole = ({ cast }: Scenario, forces: readonly string[] | undefined): boolean => {
  const meant = new Set(cast ?? FORCES.map(({ id }) => id));
  const taking = new Set(forces ?? FORCES.map(({ id }) => id));
  return [...meant].every((force) => taking.has(force));
};

/** The scenario as far as the forces that take part can play it. */
const takePart = (scenario: Scenario, forces: readonly string[] | undefined): Scenario => {
  if (isWhole(scenario, forces)) return scenario;
  const { requests, steps, name } = scenario;
  const left = requests.filter(({ host }) => forces?.includes(host) ?? true);
  const hosts = [...new Set(requests.map(({ host }) => host))].join(', ');
  if (left.length === 0)
    throw new StartError(
      `None of the scenario's host forces takes part. Add one of them to --forces: ${hosts}`,
    );
  if (steps && left.length < requests.length)
    throw new StartError(`${name} is played step by step and needs all of its hosts in --forces: ${hosts}`);
  return { ...scenario, requests: left, expect: undefined };
};

/** A force that is a desk for one scenario is one for all; where another does not say, it offers what it has. */
const withDesks = (scenario: Scenario, desks: readonly string[]): Scenario => {
  const own = scenario.desks.map(({ force }) => force);
  const others = desks.filter((force) => !own.includes(force));
  return {
    ...scenario,
    desks: [...scenario.desks, ...others.map((force): Desk => ({ force, does: 'offer' }))],
  };
};

/**
 * Who plays what.
 * @throws StartError when the scenarios do not go together, or not with what was asked for.
 */
export const castOf = (
  scenarios: readonly Scenario[],
  options: Pick<StartOptions, 'mode' | 'forces'>,
): Cast => {
  const mode = modeFor(scenarios, options.mode);
  const forces = forcesFor(scenarios, options.forces);
  const desks = [...new Set(scenarios.flatMap((scenario) => scenario.desks.map(({ force }) => force)))];
  return {
    mode,
    forces,
    taking: forces?.length ?? FORCES.length,
    desks,
    scenarios: scenarios.map((scenario) => withDesks(takePart(scenario, forces), desks)),
  };
};
