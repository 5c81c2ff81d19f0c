import { type Continued, type Refusal, refuse } from '@muster/contracts';
import type { Booking, BookingState } from '../booking/state.ts';
import type { Draft } from '../ledger/draft.ts';
import type { LedgerView } from '../ledger/view.ts';
import { closeIfDone } from '../request/ending.ts';
import { statusWords } from './words.ts';

/** Units that are offered or taken for another request than the one that they are lent to. */
type Onward = { donor: string; capabilityId: string; quantity: number; continues: string };

/** The booking that is to continue another and waits for its home force, if there is one. */
export const awaitingNext = (state: BookingState | undefined, bookingId: string): Booking | undefined =>
  [...(state?.bookings.values() ?? [])].find(
    ({ status, continues }) =>
      continues?.bookingId === bookingId && (status === 'reserved' || status === 'lapsing'),
  );

/** What the units would go on from, or why they cannot go on without going home. */
export const continuation = (view: LedgerView, wanted: Onward): Continued | Refusal => {
  const { donor, capabilityId, quantity, continues } = wanted;
  const before = view.deployment(donor, continues);
  if (!before) return refuse('not-found', `${donor} has no deployment ${continues}`);
  const name = `deployment ${continues}`;
  if (before.capabilityId !== capabilityId) {
    return refuse('not-eligible', `${name} is of another capability than ${capabilityId}`);
  }
  if (view.advert(donor, capabilityId)?.data.kind === 'queue') {
    return refuse('not-eligible', `the work of a queue has no units that could go on`);
  }
  if (before.status !== 'RELEASED') {
    return refuse(
      'wrong-status',
      `the units of ${name} are ${statusWords(before.status)}; only units that their host has released go on, so it releases them first`,
    );
  }
  if (before.quantity !== quantity) {
    const because = `only all ${before.quantity} units of ${name} go on together`;
    return refuse('invalid', because, [{ path: 'quantity', because }]);
  }
  const next = awaitingNext(view.bookings(donor, capabilityId), continues);
  if (next) return refuse('already-answered', `the units of ${name} are promised to a next assignment`);
  return { bookingId: continues, since: before.continues?.since ?? before.from };
};

type Next = { donor: string; capabilityId: string; next: Booking };

/** Ends in the draft what the units go on from, once home has confirmed what they go on to. */
export const handOn = (draft: Draft, { donor, capabilityId, next }: Next): void => {
  const { continues, bookingId: nextDeploymentId } = next;
  if (!continues) return;
  const before = draft.view.bookings(donor, capabilityId)?.bookings.get(continues.bookingId);
  if (before?.status !== 'released') return;
  const { bookingId, token, host, requestId } = before;
  const at = draft.now;
  draft.change(donor, capabilityId, { kind: 'handed-on', bookingId, token, next: nextDeploymentId, at });
  draft.emit({
    type: 'muster.deployment.handed_on.v1',
    data: { donor, deploymentId: bookingId, host, nextDeploymentId, at },
  });
  closeIfDone(draft, { host, requestId });
};
