import type { MusterEvent } from '@muster/contracts';
import { evolveRegister, isPolicyEvent, type PolicyEvent } from '../approval/evolve.ts';
import type { Register } from '../approval/state.ts';
import { applyBooking, type BookingEvent } from '../booking/evolve.ts';
import type { Booking, BookingState } from '../booking/state.ts';
import { type ClaimEvent, evolveClaim, isClaimEvent } from '../claim/evolve.ts';
import type { ClaimState } from '../claim/state.ts';
import { type DeploymentEvent, evolveDeployment } from '../deployment/evolve.ts';
import type { DeploymentState } from '../deployment/state.ts';
import { applyRequest, type OwnRequest, type RequestEvent } from '../request/evolve.ts';

export type OwnBooking = BookingState & { bookings: Map<string, Booking> };

/** States that may be changed in place, to be read and put back one by one. */
export type Shelf = {
  request(host: string, requestId: string): OwnRequest | undefined;
  putRequest(state: OwnRequest): void;
  booking(donor: string, capabilityId: string): OwnBooking | undefined;
  putBooking(state: OwnBooking): void;
  deployment(donor: string, deploymentId: string): DeploymentState | undefined;
  putDeployment(state: DeploymentState): void;
  claim(donor: string, claimId: string): ClaimState | undefined;
  putClaim(state: ClaimState): void;
  register(org: string): Register | undefined;
  putRegister(state: Register): void;
};

/** An event of the assistance ledger. */
export type LedgerEvent = RequestEvent | BookingEvent | DeploymentEvent | ClaimEvent | PolicyEvent;

export const isLedgerEvent = (event: MusterEvent): event is LedgerEvent =>
  !event.type.startsWith('muster.capability.') && !event.type.startsWith('muster.home.');

const takeRequest = (shelf: Shelf, event: RequestEvent, at: string): void => {
  if ('deploymentId' in event.data && !('requestId' in event.data)) {
    // The event does not name the request; the deployment does.
    const deployment = shelf.deployment(event.data.donor, event.data.deploymentId);
    if (deployment) applyRequest(shelf.request(deployment.host, deployment.requestId), event, at);
    return;
  }
  const next = applyRequest(shelf.request(event.data.host, event.data.requestId), event, at);
  if (next) shelf.putRequest(next);
};

const takeDeployment = (shelf: Shelf, event: DeploymentEvent, at: string): void => {
  const { donor, deploymentId } = event.data;
  const next = evolveDeployment(shelf.deployment(donor, deploymentId), event, at);
  if (next) shelf.putDeployment(next);
};

/** Takes one event of the assistance ledger into the states that it concerns. */
export const takeEvent = (shelf: Shelf, event: LedgerEvent, at: string): void => {
  if (isPolicyEvent(event)) {
    shelf.putRegister(evolveRegister(shelf.register(event.data.org), event, at));
    return;
  }
  if (isClaimEvent(event)) {
    const next = evolveClaim(shelf.claim(event.data.donor, event.data.claimId), event, at);
    if (next) shelf.putClaim(next);
    return;
  }
  switch (event.type) {
    case 'muster.booking.opened.v1':
    case 'muster.booking.changed.v1':
    case 'muster.booking.shortfall.v1':
      shelf.putBooking(applyBooking(shelf.booking(event.data.donor, event.data.capabilityId), event));
      return;
    case 'muster.resource.released.v1':
    case 'muster.deployment.forfeited.v1':
    case 'muster.deployment.aborted.v1':
      takeDeployment(shelf, event, at);
      takeRequest(shelf, event, at);
      return;
    case 'muster.deployment.opened.v1':
    case 'muster.deployment.status.v1':
    case 'muster.deployment.returned.v1':
    case 'muster.deployment.control_proposed.v1':
    case 'muster.deployment.control_transferred.v1':
    case 'muster.return.requested.v1':
    case 'muster.return.answered.v1':
    case 'muster.return.withdrawn.v1':
    case 'muster.return.raised.v1':
    case 'muster.return.settled.v1':
    case 'muster.deployment.debriefed.v1':
    case 'muster.deployment.closed.v1':
    case 'muster.deployment.status_requested.v1':
    case 'muster.deployment.desk_taken.v1':
    case 'muster.extension.requested.v1':
    case 'muster.extension.answered.v1':
    case 'muster.extension.confirmed.v1':
    case 'muster.extension.ended.v1':
    case 'muster.deployment.handed_on.v1':
    case 'muster.deployment.welfare_answered.v1':
    case 'muster.deployment.secondment_review.v1':
    case 'muster.deployment.secondment_reviewed.v1':
      takeDeployment(shelf, event, at);
      return;
    default:
      takeRequest(shelf, event, at);
  }
};
