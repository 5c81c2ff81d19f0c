import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { type ClaimState, claimViewOf, type Ledger, maySeeClaim } from '@muster/domain';
import { pageOf } from './pages.ts';

const keyOf = (row: ClaimState): string => `${row.since}/${row.donor}/${row.claimId}`;

/** Claims in which the organisation takes part, as host or donor, or that it looks after; latest first. */
export const askClaims = (
  ledger: Ledger,
  query: ParsedQuery<'claim-list'>,
  org: string,
): AskAnswer<'claim-list'> => {
  const fits = (row: ClaimState): boolean =>
    maySeeClaim(org, row) &&
    (query.status === undefined || row.status === query.status) &&
    (query.host === undefined || row.host === query.host) &&
    (query.donor === undefined || row.donor === query.donor);
  const page = pageOf(Iterator.from(ledger.claims()).filter(fits), keyOf, query);
  return { ...page, items: page.items.map(claimViewOf) };
};

export const askClaim = (
  ledger: Ledger,
  { donor, claimId }: ParsedQuery<'claim-show'>,
  org: string,
): AskAnswer<'claim-show'> | Refusal => {
  const claim = ledger.view.claim(donor, claimId);
  return claim && maySeeClaim(org, claim)
    ? claimViewOf(claim)
    : refuse('not-found', `there is no claim ${claimId} of ${donor} that ${org} may see`);
};
