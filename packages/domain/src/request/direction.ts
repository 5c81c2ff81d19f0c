import { type CommandBody, orgKind, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { dropOffersOfFullLine } from './accept.ts';
import { call, callId } from './call.ts';

/**
 * The national centre directs a force to lend. It goes past the donor's refusal and its reserve floor, never
 * past the record, and never past the donor's own ledger: no direction makes units exist.
 */
export const decideDirection = (
  org: string,
  body: CommandBody<'direction-record'>,
  view: LedgerView,
  now: string,
): Decision => {
  if (orgKind(org)?.kind !== 'national') {
    return refuse('not-permitted', `only the national centre records directions, not ${org}`);
  }
  if (body.actor.role !== 'national-centre') {
    const fields = [{ path: 'actor.role', because: 'must be national-centre' }];
    return refuse('wrong-role', `a direction is recorded by the national centre's own role`, fields);
  }
  const { commandId, host, requestId, lineId, donor, capabilityId, quantity } = body;
  const { instrument, signedBy, scope, reason } = body;
  const offerId = callId(commandId, 1);
  if (typeof offerId !== 'string') return offerId;
  const name = { host, requestId };
  const draft = startDraft(view, now);
  const request = draft.view.request(host, requestId);
  // A draft is its host's alone.
  if (!request || request.phase.kind === 'draft') {
    return refuse('not-found', `${host} has no request ${requestId}`);
  }
  draft.emit({
    type: 'muster.direction.recorded.v1',
    data: { ...name, lineId, donor, capabilityId, quantity, instrument, signedBy, scope, reason },
  });
  const fault = call(draft, name, {
    lineId,
    donor,
    capabilityId,
    quantity,
    offerId,
    because: { kind: 'direction', instrument, signedBy, scope },
    approval: { basis: 'policy', policy: `direction of the national centre under ${instrument}` },
    legalBasis: 'DIRECTED',
    ...(body.override && { override: { ...body.override, by: body.actor.id } }),
  });
  if (fault) return fault;
  dropOffersOfFullLine(draft, host, requestId, lineId);
  return draft.done();
};
