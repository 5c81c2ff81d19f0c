import type { MusterEvent } from '@muster/contracts';
import {
  type HomeDecisionEntry,
  type InternalCommand,
  isHomeDecision,
  type LedgerView,
} from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';
import type { Cause } from '../command/internal.ts';
import type { ClassificationOf } from '../views/classifications.ts';

/** One decision of a home force, as the broker takes it up. */
export type Decided = { command: InternalCommand & { name: 'home-decided' }; cause: Cause; storedAt: number };

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
    if (!isHomeDecision(entry)) return [];
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

const ENDS: readonly string[] = ['confirmed', 'refused', 'void', 'extended', 'extension-ended'];

/** What is decided: a booking, or further time of one. */
const nameOf = (of: { bookingId: string } & Partial<{ extensionToken: number }>): string =>
  of.extensionToken === undefined ? of.bookingId : `${of.bookingId}/${of.extensionToken}`;

export const trackUndecided = (view: () => LedgerView, classificationOf: ClassificationOf): Undecided => {
  const open = new Map<string, Decided>();
  const keyOf = (donor: string, name: string): string => `${donor}/${name}`;

  const isSettled = (donor: string, capabilityId: string, entry: HomeDecisionEntry): boolean => {
    const booking = view().bookings(donor, capabilityId)?.bookings.get(entry.bookingId);
    if (booking && 'extensionToken' in entry) {
      const extension = booking.status === 'confirmed' ? booking.extension : undefined;
      return booking.status !== 'reserved' && extension?.extensionToken !== entry.extensionToken;
    }
    return booking !== undefined && booking.status !== 'reserved' && booking.status !== 'lapsing';
  };

  return {
    applyHome(stored) {
      if (stored.event.type !== 'muster.home.recorded.v1') return;
      const { donor, capabilityId } = stored.event.data;
      for (const decided of decisionsIn(stored, stored.event, classificationOf)) {
        const { entry } = decided.command;
        if (!isSettled(donor, capabilityId, entry)) open.set(keyOf(donor, nameOf(entry)), decided);
      }
    },
    applyLedger({ event }) {
      if (event.type !== 'muster.booking.changed.v1') return;
      for (const change of event.data.changes) {
        if (ENDS.includes(change.kind)) open.delete(keyOf(event.data.donor, nameOf(change)));
      }
    },
    drop({ command }) {
      const key = keyOf(command.donor, nameOf(command.entry));
      if (open.get(key)?.command.homeVersion === command.homeVersion) open.delete(key);
    },
    open: () => open.values(),
  };
};
