import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { type Ledger, maySeeAdvert, rankCandidates } from '@muster/domain';

/** Capabilities that could fill a line of the asking host's own request, ranked; and why others could not. */
export const askCandidates = (
  ledger: Ledger,
  { requestId, lineId, limit }: ParsedQuery<'candidates'>,
  org: string,
  now: string,
): AskAnswer<'candidates'> | Refusal => {
  const line = ledger.view.request(org, requestId)?.lines.find((each) => each.lineId === lineId);
  if (!line) return refuse('not-found', `${org} has no request ${requestId} with a line ${lineId}`);
  const { candidates, rejectedTotal, policyVersion } = rankCandidates(line, org, ledger.view, now, {
    isKnown: ({ data }) => maySeeAdvert(org, data),
    first: limit,
  });
  return { line, candidates, rejectedTotal, policyVersion };
};
