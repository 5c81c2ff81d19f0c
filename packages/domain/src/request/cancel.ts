import { type CancelReason, type CommandBody, orgKind, refuse } from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { lapse, notifyAll, type RequestName, release } from './ending.ts';
import { requestEnded } from './refusals.ts';
import type { Phase } from './state.ts';

/** Phases from which a request can still be taken back. */
const OPEN: readonly Phase['kind'][] = ['draft', 'awaiting', 'live'];

/** The request ends: reservations lapse, what is committed goes home, and whoever was asked is told. */
export const takeBack = (
  draft: Draft,
  name: RequestName,
  { reasonCode, reason }: { reasonCode: CancelReason; reason: string },
): void => {
  const request = draft.view.request(name.host, name.requestId);
  if (!request) throw new Error(`there is no request ${name.requestId} to take back`);
  draft.emit({ type: 'muster.request.cancelled.v1', data: { ...name, reasonCode, reason } });
  notifyAll(draft, request, { kind: 'cancelled', reasonCode });
  for (const offer of [...request.offers.values()]) {
    if (offer.status === 'accepted') lapse(draft, name, offer, 'request-cancelled');
    if (offer.status === 'committed') release(draft, name.host, offer, 'request-cancelled');
  }
};

/** The host takes its request back; the national centre may do so for a host that it names. */
export const decideCancel = (
  org: string,
  body: CommandBody<'request-cancel'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { requestId, reasonCode, reason } = body;
  const host = body.host ?? org;
  if (host !== org && (orgKind(org)?.kind !== 'national' || body.actor.role !== 'national-centre')) {
    return refuse('not-permitted', `${org} does not take back the requests of ${host}`);
  }
  const request = view.request(host, requestId);
  const isHidden = host !== org && request?.phase.kind === 'draft';
  if (!request || isHidden) return refuse('not-found', `${host} has no request ${requestId}`);
  if (!OPEN.includes(request.phase.kind)) {
    return requestEnded(request);
  }
  const draft = startDraft(view, now);
  takeBack(draft, { host, requestId }, { reasonCode, reason });
  return draft.done();
};
