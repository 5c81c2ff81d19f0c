import { type CommandBody, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { closeIfDone, lapse } from './ending.ts';
import { offerStands, requestEnded } from './refusals.ts';

/**
 * The host takes back an acceptance that it did not mean. The line opens at once; the unit stays taken until
 * the home force has answered, and a confirmation that comes all the same is sent home.
 */
export const decideAcceptanceWithdraw = (
  org: string,
  body: CommandBody<'acceptance-withdraw'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { requestId, offerId, actor, reason } = body;
  const request = view.request(org, requestId);
  const offer = request?.offers.get(offerId);
  if (!request || !offer)
    return refuse('not-found', `${org} has no request ${requestId} with offer ${offerId}`);
  if (request.phase.kind !== 'live') return requestEnded(request);
  if (offer.status === 'committed') {
    return refuse(
      'wrong-status',
      `${offer.donor} has confirmed its units already (${offerId}); call them off as a deployment instead`,
    );
  }
  if (offer.status !== 'accepted')
    return refuse('wrong-status', `nothing to take back: ${offerStands(offer)}`);
  if (offer.called === 'direction') {
    return refuse('not-permitted', `the national centre has directed it, so ${org} does not take it back`);
  }
  const name = { host: org, requestId };
  const draft = startDraft(view, now);
  lapse(draft, name, offer, 'accepted-in-error', { by: actor.id, reason });
  closeIfDone(draft, name);
  return draft.done();
};
