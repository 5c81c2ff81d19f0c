import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecker } from './check.ts';
import { because, StartError } from './errors.ts';
import { type DataDir, openDataDir } from './mesh/data-dir.ts';
import { lastSequences } from './mesh/store.ts';
import { bringUp, type RunningMesh } from './mesh/up.ts';
import { parseOptions, type StartOptions } from './options.ts';
import { openPeople } from './scenario/people.ts';
import { playScenario } from './scenario/play.ts';
import { lastPlay, newPlay, savePlay } from './scenario/plays.ts';
import { readScenario, type Scenario } from './scenario/schema.ts';
import { type Summary, summarise, summaryText } from './summary.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const EVENT_STREAMS = ['CAPABILITY_ACTUAL', 'ASSISTANCE_ACTUAL', 'HOME_ACTUAL'];

/** Progress goes to standard error, so that standard output holds the result alone. */
const say = (line: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
};

const takePart = (scenario: Scenario, forces: readonly string[] | undefined): Scenario => {
  if (!forces) return scenario;
  const requests = scenario.requests.filter((request) => forces.includes(request.host));
  if (requests.length === 0) {
    const hosts = [...new Set(scenario.requests.map((request) => request.host))].join(', ');
    throw new StartError(
      `None of the scenario's host forces takes part. Add one of them to --forces: ${hosts}`,
    );
  }
  return { ...scenario, requests };
};

const play = async (
  mesh: RunningMesh,
  dir: DataDir,
  scenario: Scenario,
  options: StartOptions,
): Promise<Summary | undefined> => {
  const last = lastPlay(dir, scenario.name);
  if (last?.finished && !options.once) {
    say(`${scenario.name} was played on this folder before; --fresh begins again`);
    return undefined;
  }
  const of = last && !last.finished ? last : newPlay(Date.now());
  if (of === last) say(`going on with ${scenario.name}, which was interrupted`);
  savePlay(dir, scenario.name, of);
  const acknowledged = dir.file('acknowledged.ndjson');
  const people = openPeople(mesh.keysDir, mesh.url, acknowledged);
  const before = await lastSequences(mesh.admin);
  try {
    const played = await playScenario(scenario, of, people, say);
    const after = await lastSequences(mesh.admin);
    const written = EVENT_STREAMS.reduce((sum, name) => sum + (after[name] ?? 0) - (before[name] ?? 0), 0);
    savePlay(dir, scenario.name, { ...of, finished: true });
    say('checking the streams');
    const checker = await runChecker({ repository, url: mesh.url, keysDir: mesh.keysDir, acknowledged });
    return summarise(scenario, played, written, checker);
  } finally {
    await people.close();
  }
};

const whereToLook = (mesh: RunningMesh, dir: DataDir): string => `
The mesh is up on ${mesh.url}. In another terminal:
  npm run muster -- --as kent request list
  npm run muster -- --as npocc watch
  npm run muster -- --as kent cover --code CY
Rosters that you may edit: ${dir.rosters}   Logs: ${dir.logs}
Ctrl-C stops everything; the next start goes on from here.`;

const untilStopped = (): Promise<'stopped'> =>
  new Promise((resolve) => {
    // Kept to the end: a second Ctrl-C must not end this process before it has stopped its children.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('stopped'));
  });

const show = (summary: Summary, json: boolean): void => {
  process.stdout.write(`${json ? JSON.stringify(summary) : summaryText(summary)}\n`);
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
  const stopped = untilStopped();
  const scenario = takePart(readScenario(resolve(options.scenario)), options.forces);
  const dir = await openDataDir(resolve(options.data), options.fresh, say);
  say(`starting the mesh on ${dir.root}`);
  const mesh = await bringUp(dir, {
    port: options.port,
    forces: options.forces,
    desks: scenario.desks.map((desk) => desk.force),
    repository,
  });
  const failed = mesh.failed.then((message) => {
    throw new StartError(message);
  });
  try {
    say('the mesh is up; every force is advertised');
    const outcome = await Promise.race([play(mesh, dir, scenario, options), stopped, failed]);
    if (outcome === 'stopped') return options.once ? 130 : 0;
    if (outcome) show(outcome, options.json);
    if (options.once) return outcome && outcome.faults.length === 0 ? 0 : 1;
    say(whereToLook(mesh, dir));
    await Promise.race([stopped, failed]);
    return 0;
  } finally {
    say('stopping');
    await mesh.stop();
  }
};

process.exitCode = await main().catch((error: unknown) => {
  const text = error instanceof Error && !(error instanceof StartError) ? error.stack : because(error);
  process.stderr.write(`${text}\n`);
  return 1;
});
