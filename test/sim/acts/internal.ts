import type { HomeDecisionEntry, InternalCommand, RequestState } from '@muster/domain';
import type { Mesh } from '../mesh.ts';

type Name = InternalCommand['name'];
type OfRequest = { host: string; requestId: string };

/** What every home force has decided so far, in the order in which the hub hears of it. */
const homeDecisions = ({ stored }: Mesh): InternalCommand[] =>
  stored.flatMap(({ event, envelope }) => {
    if (event.type !== 'muster.home.recorded.v1') return [];
    const { donor, capabilityId, homeVersion, entries } = event.data;
    const isDecision = (entry: (typeof entries)[number]): entry is HomeDecisionEntry =>
      entry.kind !== 'seen' && entry.kind !== 'used' && entry.kind !== 'use-returned';
    return entries.filter(isDecision).map(
      (entry): InternalCommand => ({
        ...{ name: 'home-decided', donor, capabilityId, homeVersion, entry, homeEventId: envelope.id },
      }),
    );
  });

const capabilities = ({ stored }: Mesh): { donor: string; capabilityId: string }[] =>
  stored.flatMap(({ event }) => {
    if (event.type !== 'muster.capability.advertised.v1') return [];
    return [{ donor: event.data.force, capabilityId: event.data.capabilityId }];
  });

const ofRequests =
  <N extends Name>(name: N, isMeant: (request: RequestState) => boolean) =>
  ({ ledger }: Mesh): (OfRequest & { name: N })[] =>
    [...ledger.requests()].filter(isMeant).map(({ host, requestId }) => ({ name, host, requestId }));

const isOpen = ({ phase }: RequestState): boolean => phase.kind === 'live' || phase.kind === 'awaiting';

/** For each decision that the broker comes to by itself, all that there is to decide so. */
export const INTERNAL: { [K in Name]: (mesh: Mesh) => InternalCommand[] } = {
  'home-decided': homeDecisions,
  'answer-time-due': ofRequests('answer-time-due', isOpen),
  'request-end-due': ofRequests('request-end-due', isOpen),
  'approval-due': ofRequests('approval-due', ({ oral }) => oral !== undefined),
  'wave-due': ofRequests('wave-due', ({ reach }) => reach.nextWaveAt !== undefined),
  'accept-due': ofRequests('accept-due', ({ reach }) => reach.asked !== undefined),
  'settle-request': ofRequests('settle-request', isOpen),
  'confirm-due': ({ ledger }) =>
    [...ledger.requests()].flatMap(({ host, requestId, offers }) =>
      [...offers.values()]
        .filter(({ status }) => status === 'accepted')
        .map(({ offerId }) => ({ name: 'confirm-due', host, requestId, offerId }) as const),
    ),
  'offer-due': ({ ledger }) =>
    [...ledger.requests()].flatMap(({ host, requestId, offers }) =>
      [...offers.values()]
        .filter(({ validUntil }) => validUntil !== undefined)
        .map(({ offerId }) => ({ name: 'offer-due', host, requestId, offerId }) as const),
    ),
  'recall-due': ({ ledger }) =>
    [...ledger.deployments()]
      .filter(({ recall }) => recall !== undefined)
      .map(({ donor, deploymentId }) => ({ name: 'recall-due', donor, deploymentId })),
  'extension-due': ({ ledger }) =>
    [...ledger.deployments()]
      .filter(({ extension }) => extension !== undefined)
      .map(({ donor, deploymentId }) => ({ name: 'extension-due', donor, deploymentId })),
  'secondment-due': ({ ledger }) =>
    [...ledger.deployments()].map(({ donor, deploymentId }) => ({
      ...{ name: 'secondment-due', donor, deploymentId },
    })),
  'settle-deployment': ({ ledger }) =>
    [...ledger.deployments()]
      .filter(({ debriefed }) => debriefed.includes('donor'))
      .map(({ donor, deploymentId }) => ({ name: 'settle-deployment', donor, deploymentId })),
  'claim-due': ({ ledger }) =>
    [...ledger.claims()].map(({ donor, claimId }) => ({ name: 'claim-due', donor, claimId })),
  'open-bookings': (mesh) => [{ name: 'open-bookings', capabilities: capabilities(mesh) }],
  'check-shortfall': (mesh) => capabilities(mesh).map((each) => ({ name: 'check-shortfall', ...each })),
};

export const INTERNAL_NAMES = Object.keys(INTERNAL) as Name[];
