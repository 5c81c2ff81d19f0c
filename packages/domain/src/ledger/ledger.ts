import {
  type Aggregate,
  aggregateKey,
  aggregateOf,
  type Envelope,
  type MusterEvent,
  parseEventId,
  type StreamKind,
  streamOf,
} from '@muster/contracts';
import type { Register } from '../approval/state.ts';
import type { ClaimState } from '../claim/state.ts';
import type { DeploymentState } from '../deployment/state.ts';
import { applyHome, type HomeEvent } from '../home/evolve.ts';
import type { HomeState } from '../home/state.ts';
import type { OwnRequest } from '../request/evolve.ts';
import type { RequestState } from '../request/state.ts';
import { type AdvertEvent, createAdverts } from './adverts.ts';
import { isLedgerEvent, type OwnBooking, takeEvent } from './take.ts';
import type { LedgerView } from './view.ts';

/** An event as it stands in its stream. */
export type StoredFact = { seq: number; subject: string; envelope: Envelope; event: MusterEvent };

/** What one command stored. `seq` is that of its last event. */
export type CommandResult = { seq: number; events: { id: string; type: string; subject: string }[] };

/** Everything that is known from the streams, kept in memory and changed only by what was stored. */
export type Ledger = {
  /** Takes in one stored event of any stream; each stream in its own order, and no event twice. */
  apply(stored: StoredFact): void;
  /** Looks at the states as they are at the moment of the look-up. What it gives must not be changed. */
  view: LedgerView;
  /** Sequence, in its own stream, of the aggregate's last event; 0 when it has none. */
  lastSeq(aggregate: Aggregate): number;
  /** What the command stored in the assistance ledger, or undefined when nothing is known of it. */
  result(org: string, commandId: string): CommandResult | undefined;
  requests(): Iterable<RequestState>;
  deployments(): Iterable<DeploymentState>;
  claims(): Iterable<ClaimState>;
  /** Forgets a stream that began anew, or all of them. */
  reset(stream?: StreamKind): void;
};

type OwnHome = Parameters<typeof applyHome>[0];

export const createLedger = (): Ledger => {
  const requests = new Map<string, OwnRequest>();
  const bookings = new Map<string, OwnBooking>();
  const deployments = new Map<string, DeploymentState>();
  const claims = new Map<string, ClaimState>();
  const registers = new Map<string, Register>();
  const homes = new Map<string, NonNullable<OwnHome>>();
  const adverts = createAdverts();
  const sequences = new Map<string, number>();
  const results = new Map<string, CommandResult>();

  const shelf = {
    request: (host: string, id: string) => requests.get(`${host}.${id}`),
    putRequest: (state: OwnRequest) => void requests.set(`${state.host}.${state.requestId}`, state),
    booking: (donor: string, id: string) => bookings.get(`${donor}.${id}`),
    putBooking: (state: OwnBooking) => void bookings.set(`${state.donor}.${state.capabilityId}`, state),
    deployment: (donor: string, id: string) => deployments.get(`${donor}.${id}`),
    putDeployment: (state: DeploymentState) =>
      void deployments.set(`${state.donor}.${state.deploymentId}`, state),
    claim: (donor: string, id: string) => claims.get(`${donor}.${id}`),
    putClaim: (state: ClaimState) => void claims.set(`${state.donor}.${state.claimId}`, state),
    register: (org: string) => registers.get(org),
    putRegister: (state: Register) => void registers.set(state.org, state),
  };

  const takeHome = (event: HomeEvent): void => {
    const key = `${event.data.donor}.${event.data.capabilityId}`;
    homes.set(key, applyHome(homes.get(key), event));
  };

  const keepResult = ({ seq, subject, envelope }: StoredFact): void => {
    const id = parseEventId(envelope.id);
    if (!id) return;
    const key = `${id.org}.${id.commandId}`;
    const known = results.get(key) ?? { seq, events: [] };
    known.seq = seq;
    known.events.push({ id: envelope.id, type: envelope.type, subject });
    results.set(key, known);
  };

  const home = (donor: string, id: string): HomeState | undefined => homes.get(`${donor}.${id}`);
  return {
    apply(stored) {
      const { event, envelope } = stored;
      sequences.set(aggregateKey(aggregateOf(event)), stored.seq);
      if (isLedgerEvent(event)) {
        keepResult(stored);
        takeEvent(shelf, event, envelope.time);
      } else if (streamOf(event.type) === 'HOME') takeHome(event as HomeEvent);
      else adverts.apply(event as AdvertEvent, envelope.time);
    },
    view: {
      request: shelf.request,
      bookings: shelf.booking,
      deployment: shelf.deployment,
      claim: shelf.claim,
      register: shelf.register,
      advert: adverts.get,
      adverts: adverts.ofCode,
      home,
    },
    lastSeq: (aggregate) => sequences.get(aggregateKey(aggregate)) ?? 0,
    result: (org, commandId) => results.get(`${org}.${commandId}`),
    requests: () => requests.values(),
    deployments: () => deployments.values(),
    claims: () => claims.values(),
    reset(stream) {
      const isMeant = (kind: StreamKind): boolean => stream === undefined || stream === kind;
      if (isMeant('ASSISTANCE'))
        for (const map of [requests, bookings, deployments, claims, registers, results]) map.clear();
      if (isMeant('HOME')) homes.clear();
      if (isMeant('CAPABILITY')) adverts.clear();
      for (const key of [...sequences.keys()]) {
        const kind = key.split('.')[0];
        const owner: StreamKind =
          kind === 'capability' ? 'CAPABILITY' : kind === 'home' ? 'HOME' : 'ASSISTANCE';
        if (isMeant(owner)) sequences.delete(key);
      }
    },
  };
};
