import { isDeepStrictEqual } from 'node:util';
import type { Fact, Reserved } from './facts.ts';
import type { Note } from './report.ts';
import { moved, peakWithin, type Taken, WITHOUT_END } from './spans.ts';

const MINUTE_MS = 60_000;

/** Units that were reserved before they had rested, or would have to leave their rest for something promised. */
export const checkRest = (
  { where, seq }: { where: string; seq: number },
  change: Reserved,
  spans: readonly Taken[],
  note: Note,
): void => {
  const { minRestMinutes: minutes = 0, quantity } = change.reliedOn;
  if (minutes === 0 || change.override) return;
  const rested = (to: string): string => (to === WITHOUT_END ? to : moved(to, minutes * MINUTE_MS));
  const resting = spans.map((each) => ({ ...each, to: rested(each.to) }));
  const peak = peakWithin(resting, change.from, rested(change.to));
  if (peak.quantity > quantity)
    note(
      'rest-unheeded',
      where,
      seq,
      `${peak.quantity} of ${quantity} at work or at rest at ${peak.at}: ${peak.by.join(', ')}`,
    );
};

/** Rules that were passed over are on record beside the acceptance as beside the reservation, word for word. */
export const checkOverrides = (facts: readonly Fact[], note: Note): void => {
  const accepted = new Map(
    facts.flatMap((fact) =>
      fact.type === 'muster.offer.accepted.v1' || fact.type === 'muster.offer.called.v1'
        ? [[`${fact.org}.${fact.commandId} ${fact.data.offerId}`, fact.data.override] as const]
        : [],
    ),
  );
  for (const fact of facts) {
    if (fact.type !== 'muster.booking.changed.v1') continue;
    for (const change of fact.data.changes) {
      if (change.kind !== 'reserved') continue;
      const told = accepted.get(`${fact.org}.${fact.commandId} ${change.bookingId}`);
      if (!isDeepStrictEqual(told, change.override))
        note(
          'override-untold',
          `booking ${fact.data.donor}/${fact.data.capabilityId} ${change.bookingId}`,
          fact.seq,
          `the acceptance says ${JSON.stringify(told)}, the reservation ${JSON.stringify(change.override)}`,
        );
    }
  }
};
