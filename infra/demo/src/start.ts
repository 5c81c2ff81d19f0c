import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FORCES } from '@muster/contracts';
import { runChecker } from './check.ts';
import { because, StartError } from './errors.ts';
import { type DataDir, openDataDir } from './mesh/data-dir.ts';
import { type GivenBroker, givenBroker } from './mesh/given.ts';
import { lastSequences } from './mesh/store.ts';
import { bringUp, type RunningMesh } from './mesh/up.ts';
import { parseOptions, type StartOptions } from './options.ts';
import { openPeople } from './scenario/people.ts';
import { bringHome, playScenario } from './scenario/play.ts';
import { lastPlay, nextPlay, savePlay } from './scenario/plays.ts';
import { readScenario, type Scenario } from './scenario/schema.ts';
import { type Summary, summarise, summaryText } from './summary.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const EVENT_STREAMS = ['CAPABILITY_ACTUAL', 'ASSISTANCE_ACTUAL', 'HOME_ACTUAL'];

/** Progress goes to standard error, so that standard output holds the result alone. */
const say = (line: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
};

/** The scenario as far as the forces that take part can play it. */
const takePart = (scenario: Scenario, forces: readonly string[] | undefined): Scenario => {
  if (!forces || FORCES.every(({ id }) => forces.includes(id))) return scenario;
  const requests = scenario.requests.filter((request) => forces.includes(request.host));
  if (requests.length === 0) {
    const hosts = [...new Set(scenario.requests.map((request) => request.host))].join(', ');
    throw new StartError(
      `None of the scenario's host forces takes part. Add one of them to --forces: ${hosts}`,
    );
  }
  return { ...scenario, requests, expect: undefined };
};

type Demo = {
  dir: DataDir;
  given: GivenBroker | undefined;
  scenario: Scenario;
  options: StartOptions;
  stopped: AbortSignal;
};

const play = async (mesh: RunningMesh, demo: Demo): Promise<Summary | undefined> => {
  const { dir, scenario, options, stopped } = demo;
  const last = lastPlay(dir, scenario.name);
  if (last?.finished && !options.once) {
    say(`${scenario.name} was played on this folder before; --fresh begins again`);
    return undefined;
  }
  const next = nextPlay(last, scenario, Date.now());
  const acknowledged = dir.file('acknowledged.ndjson');
  const people = openPeople({ keysDir: mesh.keysDir, url: mesh.url, acknowledged, stopped });
  try {
    if (next.kind === 'go-on') say(`going on with ${scenario.name}, which was interrupted`);
    if (next.kind === 'too-late') {
      const began = new Date(next.began).toISOString();
      say(`${scenario.name} was interrupted too long ago to go on with (its first window began ${began})`);
      say('its units return, and it is played anew');
      await bringHome(scenario, next.last, people);
    }
    savePlay(dir, scenario.name, next.play);
    const before = await lastSequences(mesh.admin());
    const played = await playScenario(scenario, next.play, people, say);
    const after = await lastSequences(mesh.admin());
    const written = EVENT_STREAMS.reduce((sum, name) => sum + (after[name] ?? 0) - (before[name] ?? 0), 0);
    savePlay(dir, scenario.name, { ...next.play, finished: true });
    say('checking the streams');
    const checker = await runChecker({
      repository,
      url: mesh.url,
      keysDir: mesh.keysDir,
      acknowledged,
      stopped,
    });
    return summarise(scenario, options.forces && new Set(options.forces).size, played, written, checker);
  } finally {
    await people.close();
  }
};

const whereToLook = (mesh: RunningMesh, dir: DataDir): string => `
The mesh is up on ${mesh.url}. In another terminal:
  npm run muster -- --as kent request list
  npm run muster -- --as npocc watch --after 0
  npm run muster -- --as kent cover --code CY
  npm run muster -- doctor
Rosters that you may edit: ${dir.rosters}   Logs: ${dir.logs}
Ctrl-C stops everything; the next start goes on from here.`;

/** Aborted by Ctrl-C, by a request to end and by a terminal that is closed. */
const stopSignal = (): AbortSignal => {
  const controller = new AbortController();
  // Kept to the end: a second Ctrl-C must not end this process before it has stopped its children.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
};

/** What is told to a terminal or a pipe that is gone has no reader; the children must still be stopped. */
const outliveReader = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stream.destroy());
};

const aborted = (signal: AbortSignal): Promise<'stopped'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('stopped');
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });

const show = (summary: Summary, json: boolean): void => {
  process.stdout.write(`${json ? JSON.stringify(summary) : summaryText(summary)}\n`);
};

/** As a shell says it where a result was wanted; staying up until Ctrl-C ends well with it. */
const codeOfStop = (options: StartOptions): number => (options.once ? 130 : 0);

const run = async (demo: Demo): Promise<number> => {
  const { dir, given, scenario, options, stopped } = demo;
  // Before anything is started: a damaged file must be told at once.
  lastPlay(dir, scenario.name);
  say(`starting the mesh on ${dir.root}`);
  const mesh = await bringUp(dir, {
    port: options.port,
    given,
    forces: options.forces,
    desks: scenario.desks.map((desk) => desk.force),
    repository,
    stopped,
    say,
  });
  const failed = mesh.failed.then((message) => {
    throw new StartError(message);
  });
  try {
    const forces = options.forces
      ? `${new Set(options.forces).size} of ${FORCES.length} forces are`
      : 'every force is';
    say(`the mesh is up; ${forces} advertised`);
    const outcome = await Promise.race([play(mesh, demo), aborted(stopped), failed]);
    if (outcome === 'stopped') return codeOfStop(options);
    if (outcome) show(outcome, options.json);
    if (options.once) return outcome && outcome.faults.length === 0 ? 0 : 1;
    say(whereToLook(mesh, dir));
    await Promise.race([aborted(stopped), failed]);
    return 0;
  } finally {
    say('stopping');
    await mesh.stop();
  }
};

const main = async (): Promise<number> => {
  const parsed = parseOptions(process.argv.slice(2), {
    scenario: resolve(repository, 'infra/demo/scenarios/cyber-surge.yaml'),
    data: resolve(repository, '.muster/data'),
  });
  if (!parsed.ok) {
    (parsed.exit === 0 ? process.stdout : process.stderr).write(`${parsed.message}\n`);
    return parsed.exit;
  }
  const { options } = parsed;
  outliveReader();
  const stopped = stopSignal();
  const scenario = takePart(readScenario(resolve(options.scenario)), options.forces);
  const given = givenBroker(process.env, options.fresh);
  const dir = await openDataDir(resolve(options.data), options.fresh, say);
  return await run({ dir, given, scenario, options, stopped }).catch((error: unknown) => {
    if (!stopped.aborted) throw error;
    say('stopped');
    return codeOfStop(options);
  });
};

process.exitCode = await main().catch((error: unknown) => {
  const text = error instanceof Error && !(error instanceof StartError) ? error.stack : because(error);
  process.stderr.write(`${text}\n`);
  return 1;
});
// Everything is stopped; a play that was cut short may still wait for answers that no longer come.
process.exit();
