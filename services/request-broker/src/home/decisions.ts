import { type HomeEntry, HUB, type Mode, type MusterEvent, streamName } from '@muster/contracts';
import {
  BROKER_HOME,
  type Mesh,
  type StoredEvent,
  type Verdict,
  type Worker,
  type WorkMessage,
  work,
} from '@muster/mesh';
import { type Internal, verdictOf } from '../command/internal.ts';
import type { FaultPoint } from '../faults.ts';
import { WORK_PARALLEL } from '../limits.ts';
import type { ClassificationOf } from '../views/classifications.ts';

export type HomeOptions = {
  mesh: Mesh;
  mode: Mode;
  internal: Internal;
  fault: FaultPoint;
  classificationOf: ClassificationOf;
};

type HomeDecision = Extract<HomeEntry, { kind: 'confirmed' | 'refused' | 'void' }>;
type HomeRecorded = MusterEvent<'muster.home.recorded.v1'>;

const isDecision = (entry: HomeEntry): entry is HomeDecision =>
  entry.kind === 'confirmed' || entry.kind === 'refused' || entry.kind === 'void';

/** Brings every decision of one home record into the ledger; those that are in it already change nothing. */
const takeRecord = async (o: HomeOptions, stored: StoredEvent, event: HomeRecorded): Promise<Verdict> => {
  const { donor, capabilityId, homeVersion, entries } = event.data;
  for (const [entryIndex, entry] of entries.entries()) {
    if (!isDecision(entry)) continue;
    o.fault('between-home-event-and-append');
    const { envelope } = stored;
    const outcome = await o.internal.run(
      { name: 'home-decided', donor, capabilityId, homeVersion, entry, homeEventId: envelope.id },
      {
        causationId: envelope.id,
        actor: envelope.actor,
        correlationId: entry.requestId,
        classification: o.classificationOf(entry.host, entry.requestId),
        traceparent: envelope.traceparent,
        entryIndex,
      },
    );
    const verdict = verdictOf(outcome);
    if (verdict.do !== 'ack') return verdict;
  }
  return { do: 'ack' };
};

const handle = async (o: HomeOptions, message: WorkMessage): Promise<Verdict> => {
  const decoded = message.decode();
  if (!decoded.ok) return { do: 'dead', reason: 'unreadable', because: decoded.because };
  const { event } = decoded.stored;
  if (event.type !== 'muster.home.recorded.v1') return { do: 'ack' };
  return takeRecord(o, decoded.stored, event);
};

/** Consumes the home ledgers: what a home force decided becomes a commitment, a refusal or an end. */
export const followHome = (o: HomeOptions): Worker =>
  work(o.mesh, {
    stream: streamName('HOME', o.mode),
    durable: BROKER_HOME,
    mode: o.mode,
    owner: HUB,
    service: 'request-broker',
    parallel: WORK_PARALLEL,
    handle: (message) => handle(o, message),
  });
