import type { DeploymentView, RequestView } from '@muster/contracts';
import { decideAtDesk, runDeployment } from './donor.ts';
import { fillRequest, type RequestRef, requestBody, viewOf, viewWhen } from './host.ts';
import type { People } from './people.ts';
import type { Play } from './plays.ts';
import type { Scenario, ScenarioRequest } from './schema.ts';

/** Rows asked for at once. */
const PAGE_ROWS = 1_000;

export type Played = { key: string; ref: RequestRef; end: RequestView };

const deploymentsOf = async (people: People, { host, requestId }: RequestRef) => {
  const { items } = await people.ask(host, 'deployment-list', { host, limit: PAGE_ROWS });
  return items.filter((each) => each.requestId === requestId && each.status !== 'RETURNED');
};

const hasEnded = (view: RequestView): boolean => view.status === 'closed' || view.status === 'expired';

type Filled = Pick<Played, 'key' | 'ref'> & { deployments: DeploymentView[] };

/** Asks, lets the desks decide, accepts and waits for the home forces: everything before anybody moves. */
const fill = async (
  scenario: Scenario,
  of: ScenarioRequest,
  play: Play,
  people: People,
  say: (line: string) => void,
): Promise<Filled> => {
  await new Promise((resolve) => setTimeout(resolve, of.afterSeconds * 1_000));
  const body = requestBody(scenario, of, play, Date.now());
  const created = await people.send(of.host, 'request-create', body);
  if (created.kind === 'refused') {
    const { refused, because, fields } = created.refusal;
    throw new Error(`${of.host} ${of.key}: ${refused}, ${because} ${JSON.stringify(fields ?? [])}`);
  }
  const ref = { host: of.host, requestId: body.commandId };
  const first = await viewOf(people, ref);
  const forces = new Set(first.answers.map((answer) => answer.force));
  say(
    `${of.host} asks ${forces.size} forces for ${of.lines.map((line) => `${line.quantity} ${line.code}`).join(', ')}`,
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
  return { key: of.key, ref, deployments };
};

const deploy = async (people: People, { key, ref, deployments }: Filled): Promise<Played> => {
  await Promise.all(deployments.map((deployment) => runDeployment(people, deployment)));
  const end = await viewWhen(people, ref, (view) => hasEnded(view) || deployments.length === 0);
  return { key, ref, end };
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
