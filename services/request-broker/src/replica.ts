import type { Mode } from '@muster/contracts';
import type { Appender, IntegrityAlarm, Mesh } from '@muster/mesh';
import { type AdvertKeeper, keepAdverts } from './adverts/keeper.ts';
import { createEngine } from './command/engine.ts';
import type { ExternalOptions } from './command/external.ts';
import { type IntegrityWatch, watchIntegrity } from './command/integrity.ts';
import { createInternal } from './command/internal.ts';
import { createKeyedMutex } from './command/keys.ts';
import type { FaultPoint } from './faults.ts';
import { keepHome } from './home/keeper.ts';
import { trackUndecided, type Undecided } from './home/undecided.ts';
import { type Deadlines, trackDeadlines } from './timers/deadlines.ts';
import { keepTimers } from './timers/keeper.ts';
import { trackUnsettled, unsettledBy } from './timers/unsettled.ts';
import { trackClassifications } from './views/classifications.ts';
import { openViews, type Views } from './views/views.ts';

export type ReplicaOptions = {
  mesh: Mesh;
  mode: Mode;
  appender: Appender;
  fault: FaultPoint;
  random: () => number;
  /** The streams began anew: this replica must be replaced by one that reads from the start. */
  onReset(): void;
};

/** All that rests on one reading of the streams; after an exercise reset it is thrown away as a whole. */
export type Replica = {
  views: Views;
  external: ExternalOptions;
  integrity: IntegrityWatch;
  /** The deadlines that stand open. */
  deadlines: Pick<Deadlines, 'open'>;
  /** Faults that the projections found in the streams themselves. */
  streamAlarms(): readonly IntegrityAlarm[];
  /** Begins to act on what was read: home ledgers, timers, adverts. Call once `views.caughtUp`. */
  act(): void;
  stop(): Promise<void>;
};

export const openReplica = (o: ReplicaOptions): Replica => {
  const { mesh, mode } = o;
  const deadlines = trackDeadlines();
  const unsettled = trackUnsettled();
  const classifications = trackClassifications();
  const streamAlarms: IntegrityAlarm[] = [];
  const noteworthy: { adverts?: AdvertKeeper } = {};

  const undecided: Undecided = trackUndecided(() => views.ledger.view, classifications.of);
  const views: Views = openViews({
    mesh,
    mode,
    onAssistance(stored) {
      classifications.apply(stored);
      deadlines.apply(stored);
      unsettled.note(unsettledBy(stored, views.ledger.view, classifications.of));
      undecided.applyLedger(stored);
      noteworthy.adverts?.note(stored.event);
    },
    onHome: (stored) => undecided.applyHome(stored),
    onCapability: (stored) => noteworthy.adverts?.note(stored.event),
    onAlarm(alarm) {
      streamAlarms.push(alarm);
      mesh.log.fatal({ alarm }, 'a stream does not add up');
    },
    onReset: o.onReset,
  });
  const { ledger } = views;
  const integrity = watchIntegrity({ mesh, mode, views });
  const engine = createEngine({
    views,
    appender: o.appender,
    mode,
    clock: mesh.clock,
    log: mesh.log,
    keys: createKeyedMutex(),
    integrity,
    fault: o.fault,
    random: o.random,
  });
  const internal = createInternal({ engine, ledger, clock: mesh.clock });
  const adverts = keepAdverts({ ledger, internal, log: mesh.log });
  noteworthy.adverts = adverts;
  const common = { mesh, mode, internal, fault: o.fault, classificationOf: classifications.of };
  const acting: { stop(): Promise<void> }[] = [];

  return {
    views,
    external: { engine, views, mode, clock: mesh.clock, classificationOf: classifications.of },
    integrity,
    deadlines,
    streamAlarms: () => streamAlarms,
    act() {
      adverts.start();
      acting.push(
        adverts,
        keepHome({ ...common, undecided }),
        keepTimers({ ...common, views, deadlines, unsettled }),
      );
    },
    async stop() {
      await Promise.all(acting.map((each) => each.stop()));
      await views.stop();
    },
  };
};
