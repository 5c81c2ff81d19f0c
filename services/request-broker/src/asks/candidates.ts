import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { basesOf, type Ledger, mayCoordinate, maySeeAdvert, rankCandidates, seesAll } from '@muster/domain';
import type { TravelPort } from '../travel/port.ts';

/**
 * Capabilities that could fill a line, ranked, and why others could not: for the host of the request and its centres,
 * each of what it may know of.
 */
export const askCandidates = async (
  ledger: Ledger,
  { host: named, requestId, lineId, limit }: ParsedQuery<'candidates'>,
  org: string,
  now: string,
  travel: TravelPort,
): Promise<AskAnswer<'candidates'> | Refusal> => {
  const host = named ?? org;
  const request = ledger.view.request(host, requestId);
  const isIts = request && mayCoordinate(org, host) && seesAll(org, request);
  const line = isIts ? request.lines.find((each) => each.lineId === lineId) : undefined;
  if (!line) return refuse('not-found', `${org} coordinates no request ${requestId} with a line ${lineId}`);
  const { candidates, rejectedTotal, policyVersion } = rankCandidates(line, host, ledger.view, now, {
    travel: await travel.times(basesOf(line, host, ledger.view, now), line.reportTo),
    isKnown: ({ data }) => maySeeAdvert(org, data),
    first: limit,
  });
  return { line, candidates, rejectedTotal, policyVersion };
};
