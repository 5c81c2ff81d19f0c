import { APPEND_MESSAGES_MAX, type BookingChange, type MusterEvent } from '@muster/contracts';
import type { Register } from '../approval/state.ts';
import { applyChange, copyBooking, mayChange } from '../booking/evolve.ts';
import type { ClaimState } from '../claim/state.ts';
import type { DeploymentState } from '../deployment/state.ts';
import { copyRequest, type OwnRequest } from '../request/evolve.ts';
import { type LedgerEvent, type OwnBooking, type Shelf, takeEvent } from './take.ts';
import type { LedgerView } from './view.ts';

/**
 * A decision in the making: what it emits can be seen in its own view at once, so that several steps of one
 * command build on each other. All that it changes in one capability's bookings is folded into one event.
 */
export type Draft = {
  now: string;
  view: LedgerView;
  emit(event: Exclude<LedgerEvent, { type: 'muster.booking.changed.v1' }>): void;
  /** The fencing token of a reservation made by this decision. */
  token(donor: string, capabilityId: string): number;
  change(donor: string, capabilityId: string, change: BookingChange): void;
  done(): { events: MusterEvent[] };
};

const overlay = (view: LedgerView): Shelf => {
  const requests = new Map<string, OwnRequest>();
  const bookings = new Map<string, OwnBooking>();
  const deployments = new Map<string, DeploymentState>();
  const claims = new Map<string, ClaimState>();
  const registers = new Map<string, Register>();
  const copyOf = <K, V, O>(mine: Map<K, O>, key: K, theirs: V | undefined, copy: (value: V) => O) => {
    const known = mine.get(key);
    if (known || theirs === undefined) return known;
    const own = copy(theirs);
    mine.set(key, own);
    return own;
  };
  return {
    request: (host, id) => copyOf(requests, `${host}.${id}`, view.request(host, id), copyRequest),
    putRequest: (state) => requests.set(`${state.host}.${state.requestId}`, state),
    booking: (donor, id) => copyOf(bookings, `${donor}.${id}`, view.bookings(donor, id), copyBooking),
    putBooking: (state) => bookings.set(`${state.donor}.${state.capabilityId}`, state),
    deployment: (donor, id) => deployments.get(`${donor}.${id}`) ?? view.deployment(donor, id),
    putDeployment: (state) => deployments.set(`${state.donor}.${state.deploymentId}`, state),
    claim: (donor, id) => claims.get(`${donor}.${id}`) ?? view.claim(donor, id),
    putClaim: (state) => claims.set(`${state.donor}.${state.claimId}`, state),
    register: (org) => registers.get(org) ?? view.register(org),
    putRegister: (state) => registers.set(state.org, state),
  };
};

type Changed = MusterEvent<'muster.booking.changed.v1'>;

export const startDraft = (view: LedgerView, now: string): Draft => {
  const shelf = overlay(view);
  const events: MusterEvent[] = [];
  const folded = new Map<string, Changed>();

  const opened = (donor: string, capabilityId: string): OwnBooking => {
    const state = shelf.booking(donor, capabilityId);
    if (!state) throw new Error(`the bookings of ${donor}/${capabilityId} have no genesis record`);
    return state;
  };
  /** The one event of this decision for the capability. */
  const eventFor = (donor: string, capabilityId: string): Changed => {
    const key = `${donor}.${capabilityId}`;
    const known = folded.get(key);
    if (known) return known;
    const state = opened(donor, capabilityId);
    state.bookingVersion += 1;
    const data = { donor, capabilityId, bookingVersion: state.bookingVersion, changes: [] };
    const event: Changed = { type: 'muster.booking.changed.v1', data };
    folded.set(key, event);
    events.push(event);
    return event;
  };

  return {
    now,
    view: {
      ...view,
      request: shelf.request,
      bookings: shelf.booking,
      deployment: shelf.deployment,
      claim: shelf.claim,
      register: shelf.register,
    },
    emit(event) {
      events.push(event);
      takeEvent(shelf, event, now);
    },
    token: (donor, capabilityId) => {
      const pending = folded.get(`${donor}.${capabilityId}`);
      return pending ? pending.data.bookingVersion : opened(donor, capabilityId).bookingVersion + 1;
    },
    change(donor, capabilityId, change) {
      const { bookings } = opened(donor, capabilityId);
      const booking = bookings.get(change.bookingId);
      if (!mayChange(booking, change)) {
        const from = booking ? `${booking.status} with token ${booking.token}` : 'nothing';
        throw new Error(`booking ${change.bookingId} cannot go from ${from} to ${change.kind}`);
      }
      eventFor(donor, capabilityId).data.changes.push(change);
      applyChange(bookings, change);
    },
    done() {
      if (events.length > APPEND_MESSAGES_MAX) {
        throw new Error(`a decision of ${events.length} events does not fit one append`);
      }
      return { events };
    },
  };
};
