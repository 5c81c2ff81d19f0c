import type { EventData, MusterEvent } from '@muster/contracts';
import { type ClaimEvent, type ClaimState, evolveClaim, isClaimEvent } from '@muster/domain';
import { type Fact, factOf, type PackEvent } from './facts.ts';

/** Which claim: the donor, and the deployment's id. */
export type ClaimName = { donor: string; claimId: string };

/** What was lent, as far as it bears on what is owed. */
export type Lent = Pick<
  EventData<'muster.deployment.opened.v1'>,
  'requestId' | 'lineId' | 'capabilityId' | 'quantity' | 'from' | 'to'
> & { homeAt?: string; hoursWorked?: number };

/** One step in the life of a claim. */
export type PackStep = Omit<Fact, 'event'> & { event: ClaimEvent };

/** All that there is to show about one claim. */
export type ClaimPack = {
  claim: ClaimState;
  lent: Lent | undefined;
  paid: EventData<'muster.claim.paid.v1'> | undefined;
  steps: readonly PackStep[];
};

const isAbout = ({ event }: Fact, { donor, claimId }: ClaimName): boolean => {
  if (!('donor' in event.data) || event.data.donor !== donor) return false;
  if (isClaimEvent(event)) return event.data.claimId === claimId;
  return 'deploymentId' in event.data && event.data.deploymentId === claimId;
};

const lentAfter = (lent: Lent | undefined, event: MusterEvent): Lent | undefined => {
  switch (event.type) {
    case 'muster.deployment.opened.v1': {
      const { requestId, lineId, capabilityId, quantity, from, to } = event.data;
      return { requestId, lineId, capabilityId, quantity, from, to };
    }
    case 'muster.extension.confirmed.v1':
      return lent && { ...lent, to: event.data.to };
    case 'muster.deployment.returned.v1':
      return lent && { ...lent, homeAt: event.data.at };
    case 'muster.deployment.debriefed.v1': {
      const { by, donor, hoursWorked } = event.data;
      return lent && by === donor && hoursWorked !== undefined ? { ...lent, hoursWorked } : lent;
    }
    default:
      return lent;
  }
};

/**
 * The claim, made from stored events and nothing else, so that both sides and anyone later make the same of them.
 * Undefined when they hold no such claim.
 */
export const packOf = (stored: readonly PackEvent[], name: ClaimName): ClaimPack | undefined => {
  let claim: ClaimState | undefined;
  let lent: Lent | undefined;
  let paid: ClaimPack['paid'];
  const steps: PackStep[] = [];
  for (const view of [...stored].sort((a, b) => a.seq - b.seq)) {
    const fact = factOf(view);
    if (!isAbout(fact, name)) continue;
    const { event, ...at } = fact;
    if (!isClaimEvent(event)) {
      lent = lentAfter(lent, event);
      continue;
    }
    claim = evolveClaim(claim, event, fact.time);
    if (event.type === 'muster.claim.paid.v1') paid = event.data;
    steps.push({ ...at, event });
  }
  return claim && { claim, lent, paid, steps };
};
