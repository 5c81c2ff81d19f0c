import type { HomeEntry, MusterEvent } from '@muster/contracts';
import type { HomeDecisionEntry, InternalCommand, LedgerView } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';
import type { Cause } from '../command/internal.ts';
import type { ClassificationOf } from '../views/classifications.ts';

/** One decision of a home force, as the broker takes it up. */
export type Decided = { command: InternalCommand & { name: 'home-decided' }; cause: Cause; storedAt: number };

const isDecision = (entry: HomeEntry): entry is HomeDecisionEntry =>
  entry.kind === 'confirmed' || entry.kind === 'refused' || entry.kind === 'void';

/** The actor of a home record, which its own force wrote and may have written wrongly. */
const actorOf = (donor: string, actor: string): string =>
  actor.startsWith(`${donor}/`) ? actor : `${donor}/adapter/unnamed`;

/** The decisions of one home record. */
export const decisionsIn = (
  { envelope, storedAt }: StoredEvent,
  { data }: MusterEvent<'muster.home.recorded.v1'>,
  classificationOf: ClassificationOf,
): Decided[] => {
  const { donor, capabilityId, homeVersion, entries } = data;
  return entries.flatMap((entry, entryIndex) => {
    if (!isDecision(entry)) return [];
    const command = { name: 'home-decided' as const, donor, capabilityId, homeVersion, entry };
    const cause = {
      causationId: envelope.id,
      actor: actorOf(donor, envelope.actor),
      correlationId: entry.requestId,
      classification: classificationOf(entry.host, entry.requestId),
      traceparent: envelope.traceparent,
      entryIndex,
    };
    return [{ command: { ...command, homeEventId: envelope.id }, cause, storedAt }];
  });
};

/** Home decisions that were read and that the ledger does not show yet. */
export type Undecided = {
  applyHome(stored: StoredEvent): void;
  applyLedger(stored: StoredEvent): void;
  /** Forgets a decision that will never have an effect, unless another has come in its place. */
  drop(decided: Decided): void;
  open(): Iterable<Decided>;
};

const ENDS: readonly string[] = ['confirmed', 'refused', 'void'];

export const trackUndecided = (view: () => LedgerView, classificationOf: ClassificationOf): Undecided => {
  const open = new Map<string, Decided>();
  const keyOf = (donor: string, bookingId: string): string => `${donor}/${bookingId}`;

  const isSettled = (donor: string, capabilityId: string, bookingId: string): boolean => {
    const booking = view().bookings(donor, capabilityId)?.bookings.get(bookingId);
    return booking !== undefined && booking.status !== 'reserved' && booking.status !== 'lapsing';
  };

  return {
    applyHome(stored) {
      if (stored.event.type !== 'muster.home.recorded.v1') return;
      const { donor, capabilityId } = stored.event.data;
      for (const decided of decisionsIn(stored, stored.event, classificationOf)) {
        const { bookingId } = decided.command.entry;
        if (!isSettled(donor, capabilityId, bookingId)) open.set(keyOf(donor, bookingId), decided);
      }
    },
    applyLedger({ event }) {
      if (event.type !== 'muster.booking.changed.v1') return;
      for (const { kind, bookingId } of event.data.changes) {
        if (ENDS.includes(kind)) open.delete(keyOf(event.data.donor, bookingId));
      }
    },
    drop({ command }) {
      const key = keyOf(command.donor, command.entry.bookingId);
      if (open.get(key)?.command.homeVersion === command.homeVersion) open.delete(key);
    },
    open: () => open.values(),
  };
};
