import { type Actor, type ClaimStatus, type MoneyApproval, type Refusal, refuse } from '@muster/contracts';
import { authorise } from '../approval/authorise.ts';
import type { LedgerView } from '../ledger/view.ts';
import { addMs } from '../time/instants.ts';
import type { ClaimState } from './state.ts';

const DAY_MS = 86_400_000;

/**
 * Days that each step of a claim is given, from the event that asks for it. Our assumption: the national guide's
 * times are not public.
 */
export const CLAIM_STEP_DAYS = {
  /** To record the first costs, and any further ones or the claim after them. */
  record: 28,
  submit: 28,
  /** For the host to agree or query. */
  agree: 28,
  answer: 14,
  pay: 30,
} as const;

export const dueAfter = (now: string, step: keyof typeof CLAIM_STEP_DAYS): string =>
  addMs(now, CLAIM_STEP_DAYS[step] * DAY_MS);

type Named = { donor: string; claimId: string; actor: Actor };

export const notFinance = ({ role }: Actor): Refusal | undefined =>
  role === 'finance'
    ? undefined
    : refuse('wrong-role', `finance sees to claims, not ${role}`, [
        { path: 'actor.role', because: 'must be finance' },
      ]);

/** Which side may take a step, and from where. */
export type Step = { side: 'donor' | 'host' | 'both'; from: readonly ClaimStatus[]; what: string };

/** The claim, when this side may take the step with it now. */
export const claimFor = (
  org: string,
  { donor, claimId, actor }: Named,
  { side, from, what }: Step,
  view: LedgerView,
): ClaimState | Refusal => {
  const claim = view.claim(donor, claimId);
  if (!claim || (org !== claim.donor && org !== claim.host)) {
    return refuse(
      'not-found',
      `${org} takes part in no claim ${claimId} of ${donor}; look for the right one in its list of claims`,
    );
  }
  if (side !== 'both' && org !== claim[side]) {
    return refuse(
      'not-permitted',
      `a claim is ${what} by its ${side} only, which is ${claim[side]}; ask it to do so`,
    );
  }
  const fault = notFinance(actor);
  if (fault) return fault;
  return from.includes(claim.status)
    ? claim
    : refuse(
        'wrong-status',
        `claim ${claimId} is ${claim.status.toLowerCase()} and cannot be ${what}; look at the claim for its next step`,
      );
};

/**
 * On what a decision about money rests: an organisation that has given a post a delegation as finance leaves
 * these decisions to such posts, within their scope; one that has not leaves them to its finance desk.
 */
export const approvalOf = (
  org: string,
  { actor, totalPence, claim }: { actor: Actor; totalPence: number; claim: ClaimState },
  view: LedgerView,
  now: string,
): MoneyApproval | Refusal => {
  const delegations = [...(view.register(org)?.delegations.values() ?? [])];
  if (!delegations.some(({ role }) => role === 'finance')) {
    return { basis: 'policy', policy: 'finance desk decides' };
  }
  const deployment = view.deployment(claim.donor, claim.claimId);
  const lines = view.request(claim.host, claim.requestId)?.lines ?? [];
  const codes = lines
    .filter(({ lineId }) => lineId === deployment?.lineId)
    .map(({ capabilityCode }) => capabilityCode);
  const matter = { codes, quantity: deployment?.quantity ?? 0, costPence: totalPence };
  const granted = authorise({ org, post: actor.id, role: 'finance' }, matter, view, now);
  return 'refused' in granted ? granted : { basis: 'person', ...granted };
};

/** The parts of a name that every event of a claim carries. */
export const namedIn = ({ donor, claimId, host }: ClaimState) => ({ donor, claimId, host });
