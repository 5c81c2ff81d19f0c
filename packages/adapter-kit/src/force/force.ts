import { streamName } from '@muster/contracts';
import {
  adapterDurable,
  serveHomeDecisions,
  type Verdict,
  type Worker,
  type WorkMessage,
  work,
} from '@muster/mesh';
import { describeHeld, readConfirmations } from '../diff/confirmation.ts';
import { decideAtHome } from '../home/decisions.ts';
import type { Pass } from '../publish/advertiser.ts';
import { readRosterFolder } from '../roster/folder.ts';
import type { RosterReading } from '../roster/read.ts';
import { watchRoster } from '../roster/watch.ts';
import { handleEvent } from './handle.ts';
import { type ForceLink, isoNow } from './link.ts';
import type { Blocked, ForceHealth, ForceOptions } from './options.ts';
import { ADAPTER_SERVICE, createReporter } from './report.ts';
import { type ForceState, resumeForce } from './resume.ts';
import { createTurns } from './turns.ts';

/** How often the clock is looked at, as a share of an advert's life, and within these bounds in milliseconds. */
const TICK_SHARE = 0.05;
const TICK_MS_MIN = 250;
const TICK_MS_MAX = 30_000;
/** Wait before what could not be sent is sent again, in milliseconds. */
const UNSENT_AGAIN_MS = 1_000;

/** One force on the mesh. */
export type ForceAdapter = {
  health(): ForceHealth;
  /** Resolves when the roster has been published for the first time, or the adapter was stopped before. */
  ready: Promise<void>;
  /** Finishes what is in hand and stops. The connection is the caller's to close. */
  stop(): Promise<void>;
};

const tickMs = (ttlSeconds: number): number =>
  Math.min(TICK_MS_MAX, Math.max(TICK_MS_MIN, ttlSeconds * 1_000 * TICK_SHARE));

/** Puts a force on the mesh: adverts from its roster, its home ledger, its answers. */
export const startForce = (link: ForceLink, options: ForceOptions): ForceAdapter => {
  const { force, mode, mesh, log } = link;
  const stopping = new AbortController();
  const turns = createTurns();
  const reporter = createReporter(link);
  let health: ForceHealth = {
    force,
    state: 'resuming',
    adverts: 0,
    homeRecords: 0,
    rosterProblems: 0,
    unsent: 0,
    parked: [],
    handled: 0,
  };
  let state: ForceState | undefined;
  let reading: RosterReading | undefined;
  let worker: Worker | undefined;
  let blocked: Blocked | undefined;
  let again: NodeJS.Timeout | undefined;

  const note = (pass: Pass): void => {
    const { held, unsent } = pass;
    if (pass.advertised + pass.withdrawn > 0 || unsent.length > 0) {
      log.info({ ...pass, held: held?.digest, unsent: unsent.length }, 'roster published');
    }
    const because = unsent[0] && `${unsent.length} adverts are not stored yet: ${unsent[0].because}`;
    const remedy = because && 'the adapter sends them again by itself; see that the broker runs';
    health = { ...health, unsent: unsent.length, because, remedy };
    clearTimeout(again);
    if (unsent.length > 0) again = setTimeout(() => soon('send again', publish), UNSENT_AGAIN_MS);
  };

  const publish = async (): Promise<void> => {
    if (!state || !reading) return;
    const pass = await state.advertiser.apply(reading, await readConfirmations(options.rosterFolder));
    reporter.held(pass.held);
    health = { ...health, held: pass.held && describeHeld(pass.held) };
    note(pass);
  };

  const readAndPublish = async (): Promise<void> => {
    reading = await readRosterFolder(force, options.rosterFolder);
    health = { ...health, rosterProblems: reading.problemsTotal };
    await publish();
    // Also when an earlier try failed half-way: what counts is that the roster is out.
    if (state && health.state === 'resuming') health = { ...health, state: 'ready' };
    await reporter.problems(reading);
  };

  const resume = async (fresh: boolean): Promise<void> => {
    health = { ...health, state: 'resuming' };
    const onWaiting = (failed: { because: string; remedy: string }): void => {
      health = { ...health, ...failed };
    };
    state = await resumeForce(link, options, { fresh, signal: stopping.signal, onWaiting });
    if (!state) return;
    await readAndPublish();
  };

  const tick = async (): Promise<void> => {
    if (!state) return resume(false);
    // An exercise may be made anew at any time; the ledger's epoch says so.
    if (mode === 'exercise' && (await state.book.catchUp(0)).kind === 'new-epoch') return resume(true);
    if (health.state === 'resuming') return readAndPublish();
    const pass = await state.advertiser.renew();
    if (pass.renewed > 0 || pass.unsent.length > 0) note(pass);
  };

  const failed =
    (what: string) =>
    (error: unknown): void => {
      log.error({ err: error, what }, 'the adapter could not do this');
      health = {
        ...health,
        because: `${what}: ${String(error)}`,
        remedy: 'it is tried again by itself; see the log',
      };
    };
  /** Runs a task in turn; what goes wrong is shown and tried again with the next change or tick. */
  const soon = (what: string, task: () => Promise<void>): void => {
    if (!stopping.signal.aborted) turns.run(task).catch(failed(what));
  };

  const decide = async (message: WorkMessage): Promise<Verdict> => {
    if (!state) return { do: 'retry', afterMs: UNSENT_AGAIN_MS, because: 'the adapter is resuming' };
    return handleEvent(link, options, state, message, () => {
      state = undefined;
      soon('resume', () => resume(true));
    });
  };

  const handle = async (message: WorkMessage): Promise<Verdict> => {
    const verdict = await decide(message);
    const { seq } = message;
    const before = blocked?.seq === seq ? blocked : undefined;
    if (verdict.do === 'retry') {
      blocked = { seq, since: before?.since ?? isoNow(link.clock), because: verdict.because };
    } else if (before) blocked = undefined;
    return verdict;
  };

  const watcher = watchRoster(
    options.rosterFolder,
    options.settleMs,
    () => soon('read the roster', readAndPublish),
    (error) => log.warn({ err: error }, 'the roster folder cannot be watched'),
  );
  const ticking = setInterval(() => soon('renew', tick), tickMs(options.ttlSeconds));

  const startWork = (): void => {
    if (stopping.signal.aborted) return;
    const stream = streamName('ASSISTANCE', mode);
    const durable = adapterDurable(force);
    worker = work(mesh, { stream, durable, mode, owner: force, service: ADAPTER_SERVICE, handle });
  };
  const ready = turns
    .run(() => resume(false))
    .catch(failed('resume'))
    .then(startWork);
  const decisions =
    options.decisions === 'gateway'
      ? serveHomeDecisions(mesh, { mode, force, service: ADAPTER_SERVICE }, (body, traceparent) =>
          decideAtHome(link, body, traceparent),
        )
      : undefined;

  return {
    ready,
    health: () => ({
      ...health,
      adverts: state?.advertiser.live().length ?? 0,
      blocked,
      parked: [...(state?.parked ?? [])].map(([capabilityId, { since, because }]) => ({
        capabilityId,
        since,
        because,
      })),
      homeRecords: state?.book.records().size ?? 0,
      handled: worker?.handled() ?? 0,
    }),
    stop: async () => {
      stopping.abort();
      clearInterval(ticking);
      clearTimeout(again);
      await Promise.all([watcher.close(), worker?.stop(), decisions?.stop()]);
      await turns.idle();
      health = { ...health, state: 'stopped' };
    },
  };
};
