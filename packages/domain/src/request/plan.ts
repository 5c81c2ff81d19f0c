import {
  type CommandBody,
  type FieldFault,
  isRefusal,
  orgKind,
  type PlanAssignment,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { regionOf } from '../access/visibility.ts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { PLAN_APPROVAL } from '../policies.ts';
import { dropOffersOfFullLine, takeOffer } from './accept.ts';
import { call, callId } from './call.ts';
import { requestEnded } from './refusals.ts';

/** Whether an organisation coordinates a host's requests: the host itself, its regional centre, the national centre. */
export const mayCoordinate = (org: string, host: string): boolean => {
  const kind = orgKind(org);
  switch (kind?.kind) {
    case 'national':
      return true;
    case 'region':
      return regionOf(host) === kind.region;
    case 'force':
    case undefined:
      return org === host;
  }
};

const nameOf = ({ host, requestId }: PlanAssignment): { host: string; requestId: string } => ({
  host,
  requestId,
});

/** Puts one assignment into the draft, or says what stands in its way now. */
const carryOut = (
  draft: Draft,
  body: CommandBody<'plan-approve'>,
  assignment: PlanAssignment,
  index: number,
): Refusal | undefined => {
  const { lineId, donor, capabilityId, quantity, offerId } = assignment;
  const name = nameOf(assignment);
  if (offerId === undefined) {
    const id = callId(body.commandId, index + 1);
    if (typeof id !== 'string') return id;
    const because = { kind: 'plan' as const, planId: body.planId, policyVersion: body.policyVersion };
    return call(draft, name, {
      lineId,
      donor,
      capabilityId,
      quantity,
      offerId: id,
      because,
      approval: PLAN_APPROVAL,
    });
  }
  const request = draft.view.request(name.host, name.requestId);
  if (!request) return refuse('not-found', `${name.host} has no request ${name.requestId}`);
  if (request.phase.kind !== 'live') return requestEnded(request);
  const offer = request.offers.get(offerId);
  if (offer && (offer.lineId !== lineId || offer.donor !== donor || offer.capabilityId !== capabilityId)) {
    return refuse(
      'invalid',
      `offer ${offerId} is ${offer.donor}/${offer.capabilityId} for line ${offer.lineId}`,
    );
  }
  const line = takeOffer(draft, request, { offerId, quantity }, index, { policyVersion: body.policyVersion });
  return isRefusal(line) ? line : undefined;
};

const distinct = <T>(all: readonly T[], keyOf: (one: T) => string): T[] => [
  ...new Map(all.map((one) => [keyOf(one), one])).values(),
];

const requestKey = ({ host, requestId }: PlanAssignment): string => `${host}/${requestId}`;

/**
 * A coordinator approves a plan, or the part of it that is sent. All of it is reserved in one append; if
 * anything changed since the plan was made, nothing is, and every assignment that no longer holds is named.
 */
export const decidePlanApprove = (
  org: string,
  body: CommandBody<'plan-approve'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { commandId: _, actor, assignments, planId, basedOnSeq, policyVersion, rationale } = body;
  const foreign = assignments.find(({ host }) => !mayCoordinate(org, host));
  if (foreign) return refuse('not-permitted', `${org} does not coordinate the requests of ${foreign.host}`);
  const draft = startDraft(view, now);
  const ofRequests = distinct(assignments, requestKey);
  for (const first of ofRequests) {
    const request = draft.view.request(first.host, first.requestId);
    if (!request || (request.phase.kind === 'draft' && org !== first.host)) {
      return refuse('not-found', `${first.host} has no request ${first.requestId}`);
    }
    draft.emit({
      type: 'muster.plan.approved.v1',
      data: {
        ...nameOf(first),
        planId,
        basedOnSeq,
        policyVersion,
        approvedBy: { org, role: actor.role, post: actor.id },
        ...(rationale !== undefined && { rationale }),
        assignments: assignments.filter((one) => requestKey(one) === requestKey(first)),
      },
    });
  }
  const faults: FieldFault[] = [];
  for (const [index, assignment] of assignments.entries()) {
    const fault = carryOut(draft, body, assignment, index);
    if (!fault) continue;
    if (fault.refused === 'invalid' || fault.refused === 'unavailable') return fault;
    faults.push({ path: `assignments[${index}]`, because: `${fault.refused}: ${fault.because}` });
  }
  if (faults.length > 0) {
    const because = `${faults.length} of ${assignments.length} assignments no longer hold, so nothing was reserved; ask for a new plan, or send the others again without them`;
    return refuse('plan-stale', because, faults);
  }
  for (const { host, requestId, lineId } of distinct(
    assignments,
    (one) => `${requestKey(one)}/${one.lineId}`,
  )) {
    dropOffersOfFullLine(draft, host, requestId, lineId);
  }
  return draft.done();
};
