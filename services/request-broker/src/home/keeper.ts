import { HUB, type Mode, streamName } from '@muster/contracts';
import { BROKER_HOME, type Mesh, type Verdict, type WorkMessage, work } from '@muster/mesh';
import { type Internal, verdictOf } from '../command/internal.ts';
import type { FaultPoint } from '../faults.ts';
import { HOME_PATIENCE_MS, SWEEP_INTERVAL_MS, WORK_PARALLEL } from '../limits.ts';
import { startSweep } from '../sweep.ts';
import type { ClassificationOf } from '../views/classifications.ts';
import { type Decided, decisionsIn, type Undecided } from './undecided.ts';

export type HomeOptions = {
  mesh: Mesh;
  mode: Mode;
  internal: Internal;
  undecided: Undecided;
  fault: FaultPoint;
  classificationOf: ClassificationOf;
};

const take = async (o: HomeOptions, decided: Decided): Promise<Verdict> => {
  o.fault('between-home-event-and-append');
  const verdict = verdictOf(await o.internal.run(decided.command, decided.cause));
  // The ledger takes no other view of it later: a booking that is not there now never will be under this token.
  if (verdict.do === 'dead') o.undecided.drop(decided);
  return verdict;
};

/** Brings every decision of one home record into the ledger; those that are in it already change nothing. */
const handle = async (o: HomeOptions, message: WorkMessage): Promise<Verdict> => {
  const decoded = message.decode();
  if (!decoded.ok) return { do: 'dead', reason: 'unreadable', because: decoded.because };
  const { event } = decoded.stored;
  if (event.type !== 'muster.home.recorded.v1') return { do: 'ack' };
  for (const decided of decisionsIn(decoded.stored, event, o.classificationOf)) {
    const verdict = await take(o, decided);
    if (verdict.do !== 'ack') return verdict;
  }
  return { do: 'ack' };
};

/**
 * A message that a killed broker held comes again only after its acknowledgement time; the replicas that
 * live need not wait for that.
 */
const passOver = async (o: HomeOptions, olderThanMs: number): Promise<void> => {
  const before = o.mesh.clock.now() - olderThanMs;
  const due = [...o.undecided.open()].filter(({ storedAt }) => storedAt <= before);
  // Together, since each refusal looks at the server first and those that come together share one look.
  for (let at = 0; at < due.length; at += WORK_PARALLEL) {
    await Promise.all(due.slice(at, at + WORK_PARALLEL).map((decided) => takeUp(o, decided)));
  }
};

const takeUp = async (o: HomeOptions, decided: Decided): Promise<void> => {
  if (o.internal.hasEffect(decided.command)) await take(o, decided);
  else o.undecided.drop(decided);
};

/** Consumes the home ledgers: what a home force decided becomes a commitment, a refusal or an end. */
export const keepHome = (o: HomeOptions): { stop(): Promise<void> } => {
  const worker = work(o.mesh, {
    stream: streamName('HOME', o.mode),
    durable: BROKER_HOME,
    mode: o.mode,
    owner: HUB,
    service: 'request-broker',
    parallel: WORK_PARALLEL,
    handle: (message) => handle(o, message),
  });
  let patienceMs = 0;
  const pass = async (): Promise<void> => {
    await passOver(o, patienceMs);
    patienceMs = HOME_PATIENCE_MS;
  };
  const report = (error: unknown): void =>
    o.mesh.log.error({ err: error }, 'a pass over home decisions failed');
  const sweep = startSweep(pass, { everyMs: SWEEP_INTERVAL_MS, report });
  return {
    async stop() {
      await Promise.all([worker.stop(), sweep.stop()]);
    },
  };
};
