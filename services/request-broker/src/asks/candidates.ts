import {
  type AskAnswer,
  type CandidateView,
  type ParsedQuery,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { candidates, type Ledger, maySeeAdvert, WEIGHTS } from '@muster/domain';

/** Capabilities that could fill a line of the asking host's own request, ranked; and why others could not. */
export const askCandidates = (
  ledger: Ledger,
  { requestId, lineId, limit }: ParsedQuery<'candidates'>,
  org: string,
  now: string,
): AskAnswer<'candidates'> | Refusal => {
  const line = ledger.view.request(org, requestId)?.lines.find((each) => each.lineId === lineId);
  if (!line) return refuse('not-found', `${org} has no request ${requestId} with a line ${lineId}`);
  const mayKnow = ({ donor, capabilityId }: CandidateView): boolean => {
    const advert = ledger.view.advert(donor, capabilityId);
    return advert !== undefined && maySeeAdvert(org, advert.data);
  };
  const all = candidates(line, org, ledger.view, now, WEIGHTS).filter(mayKnow);
  return {
    line,
    candidates: all.slice(0, limit),
    rejectedTotal: all.filter(({ eligible }) => !eligible).length,
  };
};
