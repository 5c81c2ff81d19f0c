import { type CommandBody, isRefusal, type Refusal, refuse } from '@muster/contracts';
import { authorise } from '../approval/authorise.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { DONOR_DECLINE } from '../policies.ts';
import { answerable, offerData } from './answering.ts';
import { offerable } from './offering.ts';
import { standingUnits } from './prepared.ts';
import { answerKey, type Preparation, preparationKey, type RequestState } from './state.ts';
import { openToAll } from './unsolicited.ts';

type Body = CommandBody<'offer-approve'> | CommandBody<'offer-refuse'>;
type Open = { request: RequestState; prepared: Preparation };

/** An offer of the force that waits for a decision. Of those of others nobody learns anything. */
const waiting = (org: string, { host, requestId, offerId }: Body, view: LedgerView): Open | Refusal => {
  const request = view.request(host, requestId);
  const prepared = request?.preparations.get(preparationKey(org, offerId));
  if (!request || !prepared) {
    return refuse('not-found', `${org} has prepared no offer ${offerId} to ${host} under ${requestId}`);
  }
  return prepared.status === 'prepared'
    ? { request, prepared }
    : refuse('wrong-status', `the offer has been ${prepared.status} already; nothing waits to be decided`);
};

const notRole = (role: string, roles: readonly string[]): Refusal | undefined =>
  roles.includes(role)
    ? undefined
    : refuse('wrong-role', `${roles.join(' or ')} decides on an offer of the force, not ${role}`, [
        { path: 'actor.role', because: `must be ${roles.join(' or ')}` },
      ]);

/** Another post of the donor, within its delegation, lets an offer go out. Everything is looked at afresh. */
export const decideOfferApprove = (
  org: string,
  body: CommandBody<'offer-approve'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { actor, offerId, rationale, authorityRank } = body;
  const found = waiting(org, body, view);
  if (isRefusal(found)) return found;
  const { prepared } = found;
  const fault = notRole(actor.role, ['donor-approver']);
  if (fault) return fault;
  if (actor.id === prepared.preparedBy) {
    return refuse('same-person', `${actor.id} prepared it, so another post has to decide`);
  }
  const request = prepared.unsolicited ? openToAll(org, prepared, view) : answerable(org, body, view, now);
  if (isRefusal(request)) return request;
  const offered = offerable(request, org, prepared, view, now);
  if (isRefusal(offered)) return offered;
  const decider = { org, post: actor.id, role: 'donor-approver' } as const;
  const matter = {
    codes: [prepared.capabilityCode],
    quantity: standingUnits(request, org) + prepared.quantity,
    legalBasis: request.terms.legalBasis,
    ...(prepared.costEstimate && { costPence: prepared.costEstimate.amountPence }),
  };
  const granted = authorise(decider, matter, view, now);
  if (isRefusal(granted)) return granted;
  const { host, requestId } = request;
  const decided = { ...decider, ...granted, at: now };
  const draft = startDraft(view, now);
  const approval = {
    ...{ basis: 'person' as const, ...decided, rationale },
    ...(authorityRank !== undefined && { authorityRank }),
  };
  draft.emit({
    type: 'muster.offer.approved.v1',
    data: { donor: org, offerId, host, requestId, approval },
  });
  draft.emit({
    type: 'muster.offer.made.v1',
    data: { ...offerData(offered, org, prepared), approval: { basis: 'delegated', ...decided } },
  });
  return draft.done();
};

/** The offer is not made: the approver says no, or the desk takes it back. The host may be told at once. */
export const decideOfferRefuse = (
  org: string,
  body: CommandBody<'offer-refuse'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { actor, offerId, reason, rationale, declineReason } = body;
  const found = waiting(org, body, view);
  if (isRefusal(found)) return found;
  const { lineId, unsolicited } = found.prepared;
  const fault = notRole(actor.role, ['donor-approver', 'donor-desk']);
  if (fault) return fault;
  const { host, requestId } = found.request;
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.offer.refused.v1',
    data: {
      ...{ donor: org, offerId, host, requestId, refusedBy: actor.id, reason },
      ...(rationale && { rationale }),
    },
  });
  if (declineReason === undefined) return draft.done();
  if (unsolicited) return refuse('not-asked', `${host} did not ask ${org}, so there is nothing to decline`);
  const request = answerable(org, body, view, now);
  if (isRefusal(request)) return request;
  const answer = request.answers.get(answerKey(org, lineId))?.answer;
  if (answer !== 'waiting') {
    return refuse('already-answered', `${org} has ${answer ?? 'not been asked'} for line ${lineId}`);
  }
  draft.emit({
    type: 'muster.offer.declined.v1',
    data: {
      ...{ host, requestId, lineIds: [lineId], donor: org, reasonCode: declineReason },
      approval: DONOR_DECLINE,
    },
  });
  return draft.done();
};
