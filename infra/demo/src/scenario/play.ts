import type { DeploymentView, RequestView } from '@muster/contracts';
import { timeOfDay } from '../clock-face.ts';
import { StartError } from '../errors.ts';
import { openShift } from './desks.ts';
import { deploymentsOf, eventsOf } from './evidence.ts';
import { fillRequest, type RequestRef, refOf, requestBody, viewOf, viewWhen } from './host.ts';
import type { People } from './people.ts';
import type { Play } from './plays.ts';
import type { Scenario, ScenarioRequest } from './schema.ts';
import { type Expectation, expectNow, performScript, type Script, sourcesOf } from './script.ts';
import { type TierReached, type Timers, tiersOf, timersOf } from './told.ts';
import { runDeployment } from './units.ts';

/** A line for which nobody could be asked, since no other force advertises its code. */
export type Unasked = { line: ScenarioRequest['lines'][number]; because: string };

export type Played = {
  key: string;
  host: string;
  unasked: readonly Unasked[];
  /** How the request ended; undefined when nobody could be asked for any of its lines. */
  end: RequestView | undefined;
  tiers: readonly TierReached[];
  timers: Timers;
};

/** A whole play: its requests, what was expected on the way, and why it ended early, if it did. */
export type PlayedScenario = { played: Played[]; met: Expectation[]; stopped?: string };

const standing = async (people: People, ref: RequestRef): Promise<DeploymentView[]> => {
  const all = await deploymentsOf(people, ref);
  return all.filter(({ status }) => status !== 'RETURNED' && status !== 'CLOSED');
};

const hasEnded = (view: RequestView): boolean => view.status === 'closed' || view.status === 'expired';

type Filled = Pick<Played, 'key' | 'host' | 'unasked'> & {
  ref: RequestRef;
  deployments: DeploymentView[];
  asked: boolean;
};

/** Index of the line that a refusal is about. */
const REFUSED_LINE = /^lines\[(\d+)\]/;

/** Asks for help; a line for which nobody is there to be asked is left out, the others go on. */
const create = async (
  { scenario, play, people }: Script,
  of: ScenarioRequest,
): Promise<{ of: ScenarioRequest; unasked: Unasked[] }> => {
  const lines = [...of.lines];
  const unasked: Unasked[] = [];
  while (lines.length > 0) {
    const left = { ...of, lines };
    const answer = await people.send(
      of.host,
      'request-create',
      requestBody(scenario, left, play, Date.now()),
    );
    if (answer.kind === 'stored') return { of: left, unasked };
    const { refused, because, fields = [] } = answer.refusal;
    const at = REFUSED_LINE.exec(fields[0]?.path ?? '')?.[1];
    const [line] = refused === 'not-found' && at !== undefined ? lines.splice(Number(at), 1) : [];
    if (!line) {
      const where = fields.map((field) => `\n  ${field.path}: ${field.because}`).join('');
      throw new StartError(`${of.host} could not ask for help (${of.key}): ${refused}, ${because}${where}`);
    }
    unasked.push({ line, because: fields[0]?.because ?? because });
  }
  return { of: { ...of, lines }, unasked };
};

/** Asks, lets the desks decide, accepts and waits for the home forces: everything before anybody moves. */
const fill = async (script: Script, of: ScenarioRequest): Promise<Filled> => {
  const { scenario, play, people, say } = script;
  await people.pause(of.afterSeconds * 1_000);
  const ref = refOf(of, play);
  const created = await create(script, of);
  const { unasked } = created;
  for (const { line, because } of unasked)
    say(`${of.host} ${of.key}/${line.id}: nobody is asked, ${because}`);
  const filled = { key: of.key, host: of.host, ref, unasked };
  if (created.of.lines.length === 0) return { ...filled, asked: false, deployments: [] };
  const first = await viewOf(people, ref);
  const forces = new Set(first.answers.map((answer) => answer.force));
  say(
    `${of.host} asks ${forces.size} force${forces.size === 1 ? '' : 's'} for ${created.of.lines.map((line) => `${line.quantity} ${line.code}`).join(', ')}, to answer by ${timeOfDay(first.answerBy)}`,
  );
  const shift = openShift(people, scenario.desks, ref);
  try {
    await fillRequest(people, ref);
  } finally {
    await shift.end();
  }
  const deployments = await standing(people, ref);
  say(`${of.host} ${of.key}: ${deployments.length} deployments committed`);
  return { ...filled, asked: true, deployments };
};

const toldOf = async (people: People, ref: RequestRef, view: RequestView) => {
  const events = await eventsOf(people, ref);
  return { tiers: tiersOf({ view, events }), timers: timersOf({ events }) };
};

const deploy = async (people: People, { ref, deployments, asked, ...of }: Filled): Promise<Played> => {
  await Promise.all(deployments.map((deployment) => runDeployment(people, deployment)));
  if (!asked) return { ...of, end: undefined, tiers: [], timers: {} };
  const end = await viewWhen(people, ref, (view) => hasEnded(view) || deployments.length === 0);
  return { ...of, end, ...(await toldOf(people, ref, end)) };
};

/** Brings home the units of a play that was interrupted and is not gone on with: they would stay away for ever. */
export const bringHome = async (scenario: Scenario, play: Play, people: People): Promise<void> => {
  for (const of of scenario.requests) {
    const deployments = await standing(people, refOf(of, play));
    await Promise.all(deployments.map((deployment) => runDeployment(people, deployment)));
  }
};

/**
 * Plays every request of the scenario, side by side as they would come. Nobody returns before every host has
 * what it can get, since in the story they are away for days.
 */
const playRequests = async (script: Script): Promise<PlayedScenario> => {
  const { scenario, people, say } = script;
  const filled = await Promise.all(scenario.requests.map((of) => fill(script, of)));
  say('the units mobilise, work and return');
  return { played: await Promise.all(filled.map((each) => deploy(people, each))), met: [] };
};

/** Plays the scenario step by step. */
const playSteps = async (script: Script, steps: NonNullable<Scenario['steps']>): Promise<PlayedScenario> => {
  const { scenario, people, play } = script;
  const { met, stopped } = await performScript(script, steps);
  const listed = await Promise.all(
    scenario.requests.map(async (of): Promise<Played> => {
      const ref = refOf(of, play);
      const { items } = await people.ask(of.host, 'request-list', { host: of.host, limit: 1_000 });
      const end = items.find(({ requestId }) => requestId === ref.requestId);
      const told = end ? await toldOf(people, ref, end) : { tiers: [], timers: {} };
      return { key: of.key, host: of.host, unasked: [], end, ...told };
    }),
  );
  return { played: listed, met, ...(stopped !== undefined && { stopped }) };
};

/** Plays a scenario and judges what it expects at its end. */
export const playScenario = async (script: Script): Promise<PlayedScenario> => {
  const { steps, expect } = script.scenario;
  const of = steps ? await playSteps(script, steps) : await playRequests(script);
  if (!expect || of.stopped !== undefined) return of;
  const sources = sourcesOf(script);
  const atEnd: Expectation[] = [];
  for (const check of expect.checks) atEnd.push(await expectNow(check, sources));
  return { ...of, met: [...of.met, ...atEnd] };
};
