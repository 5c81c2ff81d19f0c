import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FORCES, MODES, STREAM_KINDS, streamName } from '@muster/contracts';
import { type Cast, castOf, scenarioFile } from './cast.ts';
import { runChecker } from './check.ts';
import { timeOfDay } from './clock-face.ts';
import { because, StartError } from './errors.ts';
import { acknowledgedFile, type DataDir, openDataDir } from './mesh/data-dir.ts';
import { type GivenBroker, givenBroker } from './mesh/given.ts';
import { lastSequences } from './mesh/store.ts';
import { readActual, touchedBy } from './mesh/untouched.ts';
import { bringUp, type PeopleAccess, type RunningMesh } from './mesh/up.ts';
import { parseOptions, type StartOptions } from './options.ts';
import { openPeople, type People } from './scenario/people.ts';
import { bringHome, playScenario } from './scenario/play.ts';
import { lastPlay, nextPlay, savePlay } from './scenario/plays.ts';
import { readScenario, type Scenario } from './scenario/schema.ts';
import { codeOf, type PlaySummary, type Summary, summarise, summarisePlay, summaryJson } from './summary.ts';
import { summaryText } from './summary-text.ts';
import { desksFile, whereToLook } from './where-to-look.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Progress goes to standard error, so that standard output holds the result alone. */
const say = (line: string): void => {
  process.stderr.write(`${timeOfDay(new Date())} ${line}\n`);
};

type Demo = {
  dir: DataDir;
  given: GivenBroker | undefined;
  cast: Cast;
  options: StartOptions;
  stopped: AbortSignal;
};

/** Progress of one play; which one, where there are several, and that it is an exercise. */
const sayOf =
  ({ mode, scenarios }: Cast, name: string) =>
  (line: string): void =>
    say(`${mode === 'exercise' ? 'EXERCISE ' : ''}${scenarios.length > 1 ? `[${name}] ` : ''}${line}`);

const playOne = async (
  { dir, cast, options }: Demo,
  scenario: Scenario,
  people: People,
  now: number,
): Promise<PlaySummary | undefined> => {
  const { mode } = cast;
  const tell = sayOf(cast, scenario.name);
  const last = lastPlay(dir, scenario.name, mode);
  if (last?.finished && !options.once) {
    tell(`${scenario.name} was played on this folder before; --fresh begins again`);
    return undefined;
  }
  const next = nextPlay(last, scenario, now);
  if (next.kind === 'go-on') tell(`going on with ${scenario.name}, which was interrupted`);
  if (next.kind === 'too-late') {
    const began = new Date(next.began).toISOString();
    tell(`${scenario.name} was interrupted too long ago to go on with (its first window began ${began})`);
    tell('its units return, and it is played anew');
    await bringHome(scenario, next.last, people);
  }
  savePlay(dir, scenario.name, mode, next.play);
  const played = await playScenario({ scenario, play: next.play, people, say: tell });
  savePlay(dir, scenario.name, mode, { ...next.play, finished: true });
  return summarisePlay(scenario, cast.taking, played);
};

const play = async (mesh: RunningMesh, demo: Demo): Promise<Summary | undefined> => {
  const { dir, cast, stopped } = demo;
  const { mode } = cast;
  const acknowledged = dir.file(acknowledgedFile(mode));
  const people = openPeople({ mode, keysDir: mesh.keysDir, url: mesh.url, acknowledged, stopped });
  const facts = STREAM_KINDS.filter((kind) => kind !== 'TIMERS' && kind !== 'ALERTS');
  const streams = facts.map((kind) => streamName(kind, mode));
  try {
    const actual = mode === 'exercise' ? await readActual({ ...mesh, admin: mesh.admin() }) : undefined;
    const before = await lastSequences(mesh.admin());
    const started = Date.now();
    // Each play begins a millisecond after the one before, since its ids are made of that.
    const all = await Promise.all(
      cast.scenarios.map((scenario, index) => playOne(demo, scenario, people, started + index)),
    );
    const plays = all.filter((each) => each !== undefined);
    if (plays.length === 0) return undefined;
    const after = await lastSequences(mesh.admin());
    const eventsWritten = streams.reduce((sum, name) => sum + (after[name] ?? 0) - (before[name] ?? 0), 0);
    say('checking the streams');
    const of = { repository, mode, url: mesh.url, keysDir: mesh.keysDir, acknowledged, stopped };
    const checker = await runChecker(of);
    const touched = actual ? touchedBy(actual, await readActual({ ...mesh, admin: mesh.admin() })) : [];
    return summarise({ mode, plays, eventsWritten, checker, touched });
  } finally {
    await people.close();
  }
};

const hostsOf = ({ scenarios }: Cast): string[] => [
  ...new Set(scenarios.flatMap(({ requests }) => requests.map(({ host }) => host))),
];

/** Lets people look from the beginning, while the play goes on; nobody can where it only plays once. */
const openToPeople = async (
  mesh: RunningMesh,
  { cast, options }: Demo,
): Promise<PeopleAccess | undefined> => {
  if (options.once) return undefined;
  const access = await mesh.openToPeople({
    port: options.httpPort,
    people: hostsOf(cast),
    desksFile: desksFile(repository, process.env),
  });
  if (access) say(`open to people: ${access.gatewayUrl}/ in a browser`);
  return access;
};

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
  process.stdout.write(`${json ? JSON.stringify(summaryJson(summary)) : summaryText(summary)}\n`);
};

/** As a shell says it where a result was wanted; staying up until Ctrl-C ends well with it. */
const codeOfStop = (options: StartOptions): number => (options.once ? 130 : 0);

const run = async (demo: Demo): Promise<number> => {
  const { dir, given, cast, options, stopped } = demo;
  // Before anything is started: a damaged file must be told at once.
  for (const { name } of cast.scenarios) lastPlay(dir, name, cast.mode);
  say(`starting the mesh on ${dir.root}`);
  const mesh = await bringUp(dir, {
    port: options.port,
    given,
    modes: cast.mode === 'exercise' ? MODES : ['actual'],
    forces: cast.forces,
    desks: cast.desks,
    repository,
    stopped,
    say,
  });
  const failed = mesh.failed.then((message) => {
    throw new StartError(message);
  });
  try {
    const forces = cast.forces ? `${cast.forces.length} of ${FORCES.length} forces are` : 'every force is';
    say(`the mesh is up; ${forces} advertised`);
    const done = await Promise.race([
      Promise.all([play(mesh, demo), openToPeople(mesh, demo)]),
      aborted(stopped),
      failed,
    ]);
    if (done === 'stopped') return codeOfStop(options);
    const [outcome, access] = done;
    if (outcome) show(outcome, options.json);
    if (options.once) return codeOf(outcome);
    const { mode } = cast;
    say(whereToLook({ url: mesh.url, access, dir, mode, repository, env: process.env }));
    await Promise.race([aborted(stopped), failed]);
    return 0;
  } finally {
    say('stopping');
    await mesh.stop();
  }
};

const main = async (): Promise<number> => {
  const parsed = parseOptions(process.argv.slice(2), {
    data: resolve(repository, '.muster/data'),
  });
  if (!parsed.ok) {
    (parsed.exit === 0 ? process.stdout : process.stderr).write(`${parsed.message}\n`);
    return parsed.exit;
  }
  const { options } = parsed;
  outliveReader();
  const stopped = stopSignal();
  const files = options.scenarios.map((name) => scenarioFile(repository, name));
  const cast = castOf(files.map(readScenario), options);
  const given = givenBroker(process.env, options.fresh);
  const dir = await openDataDir(resolve(options.data), options.fresh, say);
  return await run({ dir, given, cast, options, stopped }).catch((error: unknown) => {
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
