import { COMMANDS, type DeploymentView } from '@muster/contracts';
import type { CommandInput } from '@muster/mesh';
import { StartError } from '../errors.ts';
import { openShift, type Shift } from './desks.ts';
import { evaluate, type Sources } from './evaluate.ts';
import { deploymentsOf, gather } from './evidence.ts';
import { fillRequest, type RequestRef, refOf, requestBody } from './host.ts';
import type { People } from './people.ts';
import { type Play, windowStart } from './plays.ts';
import type { Scenario, ScenarioRequest } from './schema.ts';
import type { Act, Selection, Send, Step, Until } from './steps.ts';
import { namedId, withValues } from './times.ts';
import { comeHome, debrief, goOut, passControl } from './units.ts';
import { checkText } from './words.ts';

/** How long one wait for news may take, in milliseconds. */
const NEWS_MS = 1_000;

/** Something that was expected at a moment, and whether it held. */
export type Expectation = { what: string; met: boolean; instead: string[] };

export type Script = {
  scenario: Scenario;
  play: Play;
  people: People;
  say: (line: string) => void;
};

type Running = Script & { met: Expectation[]; shifts: Shift[]; sources: Sources };

/** The script cannot go on: what comes next rests on what did not come about. */
class Stopped extends Error {}

const requestOf = ({ scenario }: Script, key: string): ScenarioRequest => {
  const found = scenario.requests.find((each) => each.key === key);
  if (!found) throw new StartError(`${scenario.name} has no request ${key}`);
  return found;
};

const refFor = (script: Script, key: string): RequestRef => refOf(requestOf(script, key), script.play);

/** What checks are judged by, as the people of the play see it. */
export const sourcesOf = (script: Script): Sources => ({
  evidence: (key) => gather(script.people, refFor(script, key)),
  board: (org) => script.people.ask(org, 'board', { limit: 200 }),
  requestId: (key) => refFor(script, key).requestId,
  free: async ({ request, line, force, capability }) => {
    const of = requestOf(script, request);
    const wanted = of.lines.find(({ id }) => id === line);
    if (!wanted) throw new StartError(`${request} has no line ${line}`);
    const from = windowStart(script.play.startedAt, wanted);
    const { items } = await script.people.ask(of.host, 'capability-search', {
      force,
      code: wanted.code,
      from: new Date(from).toISOString(),
      to: new Date(from + wanted.forHours * 3_600_000).toISOString(),
      limit: 1_000,
    });
    return items.find((each) => each.capabilityId === capability)?.free ?? 0;
  },
});

const selected = async (
  script: Script,
  { request, donor, line, isHome }: Selection,
): Promise<DeploymentView[]> => {
  const all = await deploymentsOf(script.people, refFor(script, request));
  return all.filter(
    (each) =>
      isHome === (each.status === 'RETURNED' || each.status === 'CLOSED') &&
      (donor === undefined || each.donor === donor) &&
      (line === undefined || each.lineId === line),
  );
};

const ask = async (running: Running, key: string): Promise<void> => {
  const { people, play, scenario, say, shifts } = running;
  const of = requestOf(running, key);
  const ref = refOf(of, play);
  const body = requestBody(scenario, of, play, Date.now());
  const answer = await people.send(of.host, of.draft ? 'request-draft' : 'request-create', body);
  if (answer.kind === 'refused')
    throw new Stopped(
      `${of.host} could not ask for ${key}: ${answer.refusal.refused}, ${answer.refusal.because}`,
    );
  const wanted = of.lines.map((line) => `${line.quantity} ${line.code}`).join(', ');
  say(`${of.host} ${of.draft ? 'writes down' : 'asks for'} ${key}: ${wanted}`);
  shifts.push(openShift(people, scenario.desks, ref));
};

const act = async (running: Running, step: Act): Promise<void> => {
  const { people, say } = running;
  switch (step.do) {
    case 'ask':
      return ask(running, step.request);
    case 'fill': {
      const view = await fillRequest(people, refFor(running, step.request), step.lines);
      const left = view.lines.map(
        ({ line, unfilled }) => `${line.lineId} ${line.quantity - unfilled} of ${line.quantity}`,
      );
      say(`${view.host} ${step.request} is filled as far as it goes: ${left.join(', ')}`);
      return;
    }
    case 'work': {
      const units = await selected(running, step.of);
      say(`${units.length} deployments of ${step.of.request} go to work`);
      await Promise.all(
        units.map(async (of) => {
          await goOut(people, of);
          if (step.control) await passControl(people, of);
        }),
      );
      return;
    }
    case 'home': {
      const units = await selected(running, step.of);
      say(`${units.length} deployments of ${step.of.request} come home`);
      const { injuries, welfare, lessons } = step;
      await Promise.all(
        units.map(async (of, index) => {
          await comeHome(
            people,
            of,
            welfare === 'later' ? undefined : { injuries: index === 0 ? injuries : 0 },
          );
          if (lessons !== undefined) await debrief(people, of, lessons);
        }),
      );
    }
  }
};

type Target = { host: string; donor?: string; of: object };

/** What a command is about: a request, each of some deployments, or nothing that it needs to be told. */
const targetsOf = async (running: Running, step: Send): Promise<Target[]> => {
  if (step.deployments) {
    const units = await selected(running, step.deployments);
    if (units.length === 0) throw new Stopped(`${step.send}: there is no such deployment`);
    // A claim goes by the id of its deployment.
    return units.map(({ host, donor, deploymentId }) => ({
      host,
      donor,
      of: { donor, deploymentId, claimId: deploymentId },
    }));
  }
  if (step.request === undefined) return [{ host: step.as, of: {} }];
  const ref = refFor(running, step.request);
  return [{ host: ref.host, of: ref }];
};

const orgOf = (as: Send['as'], { host, donor }: Target): string => {
  if (as === 'host') return host;
  return as === 'donor' ? (donor ?? host) : as;
};

const send = async (running: Running, step: Send, numbered: string): Promise<void> => {
  const { people, play, met, say } = running;
  const id = step.id === undefined ? numbered : namedId(play, step.id);
  for (const [index, target] of (await targetsOf(running, step)).entries()) {
    const org = orgOf(step.as, target);
    const parsed = COMMANDS[step.send].safeParse({
      ...target.of,
      ...Object(withValues(step.with, play, Date.now())),
      commandId: index === 0 ? id : `${id}-${index}`,
      actor: step.by,
    });
    if (!parsed.success) {
      const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new StartError(`${running.scenario.name}, ${step.send}: ${faults.join('; ')}`);
    }
    const answer = await people.send(org, step.send, parsed.data as CommandInput<typeof step.send>);
    const said = answer.kind === 'refused' ? answer.refusal.refused : 'stored';
    const because = answer.kind === 'refused' ? answer.refusal.because : 'it was stored';
    const isMeant = step.refused === said ? ', as it has to be' : '';
    const outcome = answer.kind === 'refused' ? `refused${isMeant} (${said}): ${because}` : said;
    say(`${org}, ${step.by.id}: ${step.send} ${outcome}`);
    if (step.refused !== undefined) {
      const isMet = said === step.refused;
      met.push({
        what: `${step.send} of ${org} is refused: ${step.refused}`,
        met: isMet,
        instead: isMet ? [] : [because],
      });
    } else if (answer.kind === 'refused') throw new Stopped(`${org} ${step.send}: ${said}, ${because}`);
  }
};

/** Waits for a check to hold, from event to event, and says for what it waits. */
const until = async (running: Running, { until: check, withinSeconds }: Until): Promise<void> => {
  const { people, met, say, sources, scenario } = running;
  const what = checkText(check);
  const deadline = Date.now() + withinSeconds * 1_000;
  const key = 'request' in check ? check.request : undefined;
  const host = key === undefined ? (scenario.requests[0]?.host ?? '') : refFor(running, key).host;
  let isTold = false;
  for (let afterSeq = 0; ; ) {
    const news = await people.ask(host, 'events', {
      afterSeq,
      limit: 1_000,
      ...(isTold && { waitMs: NEWS_MS }),
    });
    afterSeq = news.lastSeq;
    if (news.events.length === 1_000) continue;
    const instead = await evaluate(check, sources);
    if (instead.length === 0) {
      met.push({ what, met: true, instead });
      return;
    }
    if (Date.now() > deadline) {
      met.push({ what, met: false, instead });
      throw new Stopped(`waited ${withinSeconds} s in vain for ${what}: ${instead.join('; ')}`);
    }
    if (!isTold) say(`waiting for ${what} (at most ${withinSeconds} s)`);
    isTold = true;
  }
};

/** Judges a check at this moment. */
export const expectNow = async (
  check: Parameters<typeof evaluate>[0],
  sources: Sources,
): Promise<Expectation> => {
  const instead = await evaluate(check, sources);
  return { what: checkText(check), met: instead.length === 0, instead };
};

const perform = async (running: Running, steps: readonly Step[], prefix: string): Promise<void> => {
  for (const [index, step] of steps.entries()) {
    const id = `${prefix}${index}`;
    if ('do' in step) await act(running, step);
    else if ('send' in step) await send(running, step, id);
    else if ('until' in step) await until(running, step);
    else if ('expect' in step) running.met.push(await expectNow(step.expect, running.sources));
    else if ('say' in step) running.say(step.say);
    else
      await Promise.all(
        step.together.map((row, at) => perform(running, row, `${id}.${at}.`.replaceAll('.', '-'))),
      );
  }
};

export type Performed = { met: Expectation[]; stopped?: string };

/** Plays the steps of a scenario. A step that does not come about ends the script; what it had found stays. */
export const performScript = async (script: Script, steps: readonly Step[]): Promise<Performed> => {
  const running: Running = { ...script, met: [], shifts: [], sources: sourcesOf(script) };
  try {
    await perform(running, steps, `${script.play.runId}-s`);
    return { met: running.met };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    script.say(error.message);
    return { met: running.met, stopped: error.message };
  } finally {
    await Promise.all(running.shifts.map((shift) => shift.end()));
  }
};
