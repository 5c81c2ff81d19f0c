import type { DeploymentView, RequestView } from '@muster/contracts';
import { StartError } from '../errors.ts';
import { decideAtDesk, runDeployment } from './donor.ts';
import { fillRequest, type RequestRef, refOf, requestBody, viewOf, viewWhen } from './host.ts';
import type { People } from './people.ts';
import type { Play } from './plays.ts';
import type { Scenario, ScenarioRequest } from './schema.ts';

/** Rows asked for at once. */
const PAGE_ROWS = 1_000;

/** A line for which nobody could be asked, since no other force advertises its code. */
export type Unasked = { line: ScenarioRequest['lines'][number]; because: string };

export type Played = {
  key: string;
  host: string;
  unasked: readonly Unasked[];
  /** How the request ended; undefined when nobody could be asked for any of its lines. */
  end: RequestView | undefined;
};

const deploymentsOf = async (people: People, { host, requestId }: RequestRef) => {
  const { items } = await people.ask(host, 'deployment-list', { host, limit: PAGE_ROWS });
  return items.filter(
    (each) => each.requestId === requestId && !['RETURNED', 'CLOSED'].includes(each.status),
  );
};

const hasEnded = (view: RequestView): boolean => view.status === 'closed' || view.status === 'expired';

type Filled = Omit<Played, 'end'> & { ref: RequestRef; deployments: DeploymentView[]; asked: boolean };

/** Index of the line that a refusal is about. */
const REFUSED_LINE = /^lines\[(\d+)\]/;

/** Asks for help; a line for which nobody is there to be asked is left out, the others go on. */
const create = async (
  scenario: Scenario,
  of: ScenarioRequest,
  play: Play,
  people: People,
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
const fill = async (
  scenario: Scenario,
  of: ScenarioRequest,
  play: Play,
  people: People,
  say: (line: string) => void,
): Promise<Filled> => {
  await people.pause(of.afterSeconds * 1_000);
  const ref = refOf(of, play);
  const created = await create(scenario, of, play, people);
  const { unasked } = created;
  for (const { line, because } of unasked)
    say(`${of.host} ${of.key}/${line.id}: nobody is asked, ${because}`);
  const filled = { key: of.key, host: of.host, ref, unasked };
  if (created.of.lines.length === 0) return { ...filled, asked: false, deployments: [] };
  const first = await viewOf(people, ref);
  const forces = new Set(first.answers.map((answer) => answer.force));
  say(
    `${of.host} asks ${forces.size} force${forces.size === 1 ? '' : 's'} for ${created.of.lines.map((line) => `${line.quantity} ${line.code}`).join(', ')}, to answer by ${first.answerBy.slice(11, 19)}`,
  );
  await Promise.all(
    scenario.desks
      .filter((desk) => forces.has(desk.force))
      .map((desk) => {
        const asked = first.answers.filter((each) => each.force === desk.force).map((each) => each.lineId);
        const lines = first.lines.map((each) => each.line).filter((line) => asked.includes(line.lineId));
        return decideAtDesk(people, desk, ref, lines);
      }),
  );
  await fillRequest(people, ref);
  const deployments = await deploymentsOf(people, ref);
  say(`${of.host} ${of.key}: ${deployments.length} deployments committed`);
  return { ...filled, asked: true, deployments };
};

const deploy = async (people: People, { ref, deployments, asked, ...of }: Filled): Promise<Played> => {
  await Promise.all(deployments.map((deployment) => runDeployment(people, deployment)));
  if (!asked) return { ...of, end: undefined };
  const end = await viewWhen(people, ref, (view) => hasEnded(view) || deployments.length === 0);
  return { ...of, end };
};

/** Brings home the units of a play that was interrupted and is not gone on with: they would stay away for ever. */
export const bringHome = async (scenario: Scenario, play: Play, people: People): Promise<void> => {
  for (const of of scenario.requests) {
    const deployments = await deploymentsOf(people, refOf(of, play));
    await Promise.all(deployments.map((deployment) => runDeployment(people, deployment)));
  }
};

/**
 * Plays every request of the scenario, side by side as they would come. Nobody returns before every host has
 * what it can get, since in the story they are away for days.
 */
export const playScenario = async (
  scenario: Scenario,
  play: Play,
  people: People,
  say: (line: string) => void,
): Promise<Played[]> => {
  const filled = await Promise.all(scenario.requests.map((of) => fill(scenario, of, play, people, say)));
  say('the units mobilise, work and return');
  return Promise.all(filled.map((each) => deploy(people, each)));
};
