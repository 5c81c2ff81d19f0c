import type {
  Aggregate,
  CapabilityAdvertised,
  Command,
  HomeEntry,
  MusterEvent,
  Refusal,
} from '@muster/contracts';
import type { Register } from '../approval/state.ts';
import type { BookingState } from '../booking/state.ts';
import type { ClaimState } from '../claim/state.ts';
import type { DeploymentState } from '../deployment/state.ts';
import type { HomeState } from '../home/state.ts';
import type { RequestState } from '../request/state.ts';

/** The last advert of a capability that was heard of, also when its time is up or it was taken back. */
export type Advert = {
  data: CapabilityAdvertised;
  /** When the force last said so. */
  heardAt: string;
  withdrawn?: { revision: number; at: string } | undefined;
};

/** What a decider may look at. Every function is a look-up at one moment, and none of them changes anything. */
export type LedgerView = {
  request(host: string, requestId: string): RequestState | undefined;
  /** The bookings of a capability; undefined before its genesis. */
  bookings(donor: string, capabilityId: string): BookingState | undefined;
  deployment(donor: string, deploymentId: string): DeploymentState | undefined;
  /** The claim for a deployment, under the deployment's id. */
  claim(donor: string, claimId: string): ClaimState | undefined;
  /** Who may decide what for an organisation; undefined while it has set nothing. */
  register(org: string): Register | undefined;
  advert(force: string, capabilityId: string): Advert | undefined;
  /** Every advert of this capability code. */
  adverts(code: string): Iterable<Advert>;
  /** The donor's own ledger, as the hub has seen it. */
  home(donor: string, capabilityId: string): HomeState | undefined;
};

/** A home force's decision on one booking. */
export type HomeDecisionEntry = Extract<
  HomeEntry,
  { kind: 'confirmed' | 'refused' | 'void' | 'extension-confirmed' | 'extension-refused' }
>;

const DECISIONS: readonly HomeEntry['kind'][] = [
  'confirmed',
  'refused',
  'void',
  'extension-confirmed',
  'extension-refused',
];

export const isHomeDecision = (entry: HomeEntry): entry is HomeDecisionEntry =>
  DECISIONS.includes(entry.kind);

/** What the broker decides without a command from an organisation. */
export type InternalCommand =
  | {
      name: 'home-decided';
      donor: string;
      capabilityId: string;
      homeVersion: number;
      entry: HomeDecisionEntry;
      homeEventId: string;
    }
  | {
      name: 'answer-time-due' | 'request-end-due' | 'approval-due' | 'wave-due' | 'accept-due';
      host: string;
      requestId: string;
    }
  /** Asked after the events of {@link settledAfter}: two that are decided side by side cannot see one another. */
  | { name: 'settle-request'; host: string; requestId: string }
  | { name: 'confirm-due' | 'offer-due'; host: string; requestId: string; offerId: string }
  /** The time has come at which an unanswered recall goes to the national tier. */
  | { name: 'recall-due'; donor: string; deploymentId: string }
  /** The time of an extension has come: nobody answered it, or the home ledger has not confirmed it. */
  | { name: 'extension-due'; donor: string; deploymentId: string }
  /** Units have been away for as long as mutual aid is meant to last. */
  | { name: 'secondment-due'; donor: string; deploymentId: string }
  /** Nothing is owed any more for a deployment that was waiting for its money alone. */
  | { name: 'settle-deployment'; donor: string; deploymentId: string }
  /** The next step of a claim has not come in time. */
  | { name: 'claim-due'; donor: string; claimId: string }
  | { name: 'open-bookings'; capabilities: { donor: string; capabilityId: string }[] }
  | { name: 'check-shortfall'; donor: string; capabilityId: string };

export type LedgerCommand = Command | InternalCommand;

/** Events to be stored together; none means that there is nothing to do. `alsoGuard`: relied on but not written. */
export type Decision = { events: MusterEvent[]; alsoGuard?: Aggregate[] } | Refusal;
