import {
  type AgreedCost,
  CLAIM_LINES_MAX,
  type ClaimLine,
  type CommandBody,
  isRefusal,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { isHome } from '../deployment/parties.ts';
import { statusWords } from '../deployment/words.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { agreedFor } from '../request/cost.ts';
import { later } from '../time/instants.ts';
import { mergedLines, totalOf } from './lines.ts';
import { approvalOf, claimFor, dueAfter, namedIn, notFinance } from './parties.ts';

/** The cost that was agreed with the acceptance, as a line of its own. */
const agreedLines = (agreed: AgreedCost | undefined): ClaimLine[] =>
  agreed
    ? [{ lineId: 'agreed', category: 'other', rateRef: agreed.basis, amountPence: agreed.amountPence }]
    : [];

const tooMany = (lines: readonly ClaimLine[]): Refusal | undefined => {
  if (lines.length <= CLAIM_LINES_MAX) return undefined;
  const because = `would be ${lines.length} in all, ${CLAIM_LINES_MAX} are allowed`;
  return refuse('invalid', `the lines ${because}`, [{ path: 'lines', because }]);
};

/** The donor says what it expects its deployment to cost. One that is closed owes nothing, unless it was ended early. */
export const decideEstimate = (
  org: string,
  body: CommandBody<'claim-estimate'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { donor, claimId, actor } = body;
  const deployment = view.deployment(donor, claimId);
  if (!deployment || (org !== deployment.donor && org !== deployment.host)) {
    return refuse(
      'not-found',
      `${org} takes part in no deployment ${claimId} of ${donor}; look for the right one in its list of deployments`,
    );
  }
  if (org !== donor) return refuse('not-permitted', `only the donor ${donor} opens a claim`);
  const fault = notFinance(actor);
  if (fault) return fault;
  const { host, requestId, status, earlyEnd } = deployment;
  const known = view.claim(donor, claimId);
  if (known)
    return refuse(
      'wrong-status',
      `there is a claim for ${claimId} already, which is ${known.status.toLowerCase()}; record costs in that`,
    );
  if (status === 'CLOSED' && !earlyEnd)
    return refuse(
      'wrong-status',
      `deployment ${claimId} is closed and owes nothing; no claim is opened for it any more`,
    );
  const agreed = agreedFor(view, deployment);
  const lines = body.lines ?? agreedLines(agreed?.agreedCost);
  if (lines.length === 0) {
    const because = 'are needed, since no cost was agreed with the offer';
    return refuse('invalid', `lines ${because}`, [{ path: 'lines', because }]);
  }
  if (!agreed) throw new Error(`deployment ${claimId} of ${donor} was never accepted`);
  const { costCategory } = agreed;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.cost.estimated.v1',
    data: {
      ...{ donor, claimId, host, requestId, costCategory, lines, totalPence: totalOf(lines) },
      ...{ estimatedBy: actor.id, dueBy: dueAfter(later(now, deployment.to), 'record') },
    },
  });
  return draft.done();
};

/** Costs that have come up. */
export const decideRecord = (
  org: string,
  body: CommandBody<'claim-record'>,
  view: LedgerView,
  now: string,
): Decision => {
  const step = { side: 'donor', from: ['ESTIMATED', 'ACCRUING'], what: 'recorded' } as const;
  const claim = claimFor(org, body, step, view);
  if (isRefusal(claim)) return claim;
  const all = mergedLines(claim.status === 'ACCRUING' ? claim.lines : [], body.lines);
  const fault = tooMany(all);
  if (fault) return fault;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.cost.recorded.v1',
    data: {
      ...{ ...namedIn(claim), lines: body.lines, totalPence: totalOf(all), recordedBy: body.actor.id },
      dueBy: dueAfter(now, 'submit'),
    },
  });
  return draft.done();
};

/** The donor claims what it has recorded, once its units are home. */
export const decideClaimSubmit = (
  org: string,
  body: CommandBody<'claim-submit'>,
  view: LedgerView,
  now: string,
): Decision => {
  const step = { side: 'donor', from: ['ACCRUING'], what: 'submitted' } as const;
  const claim = claimFor(org, body, step, view);
  if (isRefusal(claim)) return claim;
  const status = view.deployment(claim.donor, claim.claimId)?.status;
  if (!isHome(status)) {
    return refuse(
      'wrong-status',
      `the units of deployment ${claim.claimId} are ${status ? statusWords(status) : 'unknown'}; claim once they are home`,
    );
  }
  const { lines, totalPence } = claim;
  const { actor } = body;
  const approval = approvalOf(org, { actor, totalPence, claim }, view, now);
  if (isRefusal(approval)) return approval;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.claim.submitted.v1',
    data: {
      ...{ ...namedIn(claim), round: 1, lines: [...lines], totalPence, submittedBy: actor.id, approval },
      dueBy: dueAfter(now, 'agree'),
    },
  });
  return draft.done();
};

/** The donor answers a query, with lines put right where they were wrong; it is claimed anew. */
export const decideAnswer = (
  org: string,
  body: CommandBody<'claim-answer'>,
  view: LedgerView,
  now: string,
): Decision => {
  const step = { side: 'donor', from: ['QUERIED'], what: 'answered' } as const;
  const claim = claimFor(org, body, step, view);
  if (isRefusal(claim)) return claim;
  const lines = mergedLines(claim.lines, body.lines ?? []);
  const fault = tooMany(lines);
  if (fault) return fault;
  const totalPence = totalOf(lines);
  const { actor, answer } = body;
  const approval = approvalOf(org, { actor, totalPence, claim }, view, now);
  if (isRefusal(approval)) return approval;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.claim.submitted.v1',
    data: {
      ...{ ...namedIn(claim), round: claim.round + 1, lines, totalPence, submittedBy: actor.id, approval },
      ...{ answer, dueBy: dueAfter(now, 'agree') },
    },
  });
  return draft.done();
};
