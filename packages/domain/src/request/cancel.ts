import { type CommandBody, refuse } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { lapse, notifyAll, release } from './ending.ts';

/** The host takes its request back: reservations lapse, and what is committed goes home. */
export const decideCancel = (
  org: string,
  body: CommandBody<'request-cancel'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { requestId, reasonCode, reason } = body;
  const draft = startDraft(view, now);
  const request = draft.view.request(org, requestId);
  if (!request) return refuse('not-found', `${org} has no request ${requestId}`);
  if (request.phase.kind !== 'live') return refuse('request-ended', `the request is ${request.phase.kind}`);
  const name = { host: org, requestId };
  draft.emit({ type: 'muster.request.cancelled.v1', data: { ...name, reasonCode, reason } });
  notifyAll(draft, request, { kind: 'cancelled', reasonCode });
  for (const offer of [...request.offers.values()]) {
    if (offer.status === 'accepted') lapse(draft, name, offer, 'request-cancelled');
    if (offer.status === 'committed') release(draft, org, offer, 'request-cancelled');
  }
  return draft.done();
};
