import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { basesOf, type Ledger, maySeeAdvert, rankCandidates } from '@muster/domain';
import type { TravelPort } from '../travel/port.ts';

/** Capabilities that could fill a line of the asking host's own request, ranked; and why others could not. */
export const askCandidates = async (
  ledger: Ledger,
  { requestId, lineId, limit }: ParsedQuery<'candidates'>,
  org: string,
  now: string,
  travel: TravelPort,
): Promise<AskAnswer<'candidates'> | Refusal> => {
  const line = ledger.view.request(org, requestId)?.lines.find((each) => each.lineId === lineId);
  if (!line) return refuse('not-found', `${org} has no request ${requestId} with a line ${lineId}`);
  const { candidates, rejectedTotal, policyVersion } = rankCandidates(line, org, ledger.view, now, {
    travel: await travel.times(basesOf(line, org, ledger.view, now), line.reportTo),
    isKnown: ({ data }) => maySeeAdvert(org, data),
    first: limit,
  });
  return { line, candidates, rejectedTotal, policyVersion };
};
