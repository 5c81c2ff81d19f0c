import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { type Ledger, maySeeRequest, type RequestState, requestStatus, requestViewFor } from '@muster/domain';
import { pageOf } from './pages.ts';

const keyOf = (request: RequestState): string =>
  `${request.submittedAt}/${request.host}/${request.requestId}`;

/** The requests that an organisation hosts, is asked by, or looks after; newest first. */
export const askRequests = (
  ledger: Ledger,
  query: ParsedQuery<'request-list'>,
  org: string,
): AskAnswer<'request-list'> => {
  const fits = (request: RequestState): boolean =>
    maySeeRequest(org, request) &&
    (query.host === undefined || request.host === query.host) &&
    (query.status === undefined || requestStatus(request) === query.status);
  const rows = Iterator.from(ledger.requests()).filter(fits);
  const page = pageOf(rows, keyOf, query);
  return { ...page, items: page.items.map((request) => requestViewFor(ledger, request, org)) };
};

/** One request; one that may not be seen is answered as if there were none. */
export const askRequest = (
  ledger: Ledger,
  { host, requestId }: ParsedQuery<'request-show'>,
  org: string,
): AskAnswer<'request-show'> | Refusal => {
  const request = ledger.view.request(host, requestId);
  if (request && maySeeRequest(org, request)) return requestViewFor(ledger, request, org);
  return refuse('not-found', `there is no request ${requestId} of ${host} that ${org} may see`);
};
