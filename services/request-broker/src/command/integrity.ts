import {
  type Aggregate,
  aggregateKey,
  guardSubject,
  type Mode,
  type Refusal,
  refuse,
  streamName,
} from '@muster/contracts';
import { EPOCH_KEY, type Mesh } from '@muster/mesh';
import type { Views } from '../views/views.ts';

/** Why an aggregate is not written any more. */
export type Alarm = { aggregate: string; known: number; reported: number; at: string };

/**
 * Keeps watch over a store that is not trusted blindly: when the server reports an older last sequence than
 * this replica has read, nothing more is decided about that aggregate until people have looked.
 */
export type IntegrityWatch = {
  alarms(): Alarm[];
  /** A refusal when one of these is under alarm. */
  refusalFor(aggregates: readonly Aggregate[]): Refusal | undefined;
  /** Finds out which of these the server has lost; undefined when it has none of them older than we know. */
  examine(aggregates: readonly Aggregate[]): Promise<Refusal | undefined>;
};

/** What an aggregate is, for people. */
const wordsOf = ({ kind, owner, id }: Aggregate): string =>
  kind === 'booking' ? `the bookings of ${owner}/${id}` : `${kind} ${id} of ${owner}`;

const refusalOf = (aggregate: Aggregate, { known, reported }: Alarm): Refusal =>
  refuse(
    'integrity',
    `the ledger has lost records of ${wordsOf(aggregate)}, and nothing more is decided there until it was examined; tell whoever runs the mesh (the last record was number ${known}, the server has ${reported})`,
  );

/** Last sequence under the guard of an aggregate as the stream's leader says it; 0 for none. */
const reportedLast = async (mesh: Mesh, mode: Mode, aggregate: Aggregate): Promise<number> => {
  const subject = guardSubject(mode, aggregate);
  const message = await mesh.jsm.streams.getMessage(streamName('ASSISTANCE', mode), {
    last_by_subj: subject,
  });
  return message?.seq ?? 0;
};

const epochOf = async (mesh: Mesh, mode: Mode): Promise<string> => {
  const { config, created } = await mesh.jsm.streams.info(streamName('ASSISTANCE', mode));
  return config.metadata?.[EPOCH_KEY] ?? created;
};

export const watchIntegrity = (o: { mesh: Mesh; mode: Mode; views: Views }): IntegrityWatch => {
  const alarms = new Map<string, Alarm>();

  const examineOne = async (aggregate: Aggregate): Promise<Refusal | undefined> => {
    const known = o.views.ledger.lastSeq(aggregate);
    const reported = await reportedLast(o.mesh, o.mode, aggregate);
    if (reported >= known) return undefined;
    const at = new Date(o.mesh.clock.now()).toISOString();
    const alarm = { aggregate: aggregateKey(aggregate), known, reported, at };
    alarms.set(alarm.aggregate, alarm);
    o.mesh.log.fatal(alarm, 'integrity alarm: the ledger has lost records of an aggregate');
    return refusalOf(aggregate, alarm);
  };

  return {
    alarms: () => [...alarms.values()],
    refusalFor(aggregates) {
      if (alarms.size === 0) return undefined;
      for (const aggregate of aggregates) {
        const alarm = alarms.get(aggregateKey(aggregate));
        if (alarm) return refusalOf(aggregate, alarm);
      }
      return undefined;
    },
    async examine(aggregates) {
      // After a reset of the exercise the stream is younger by right, and this replica is about to be replaced.
      if ((await epochOf(o.mesh, o.mode)) !== o.views.assistance.projection.epoch()) return undefined;
      return (await Promise.all(aggregates.map(examineOne))).find((refusal) => refusal !== undefined);
    },
  };
};
