import { isForce, type Refusal, refuse } from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';
import { lineOf } from './lines.ts';
import { requestEnded } from './refusals.ts';
import type { Answer, RequestState } from './state.ts';

type Named = { host: string; requestId: string; lineId: string; capabilityId: string };

/**
 * The request to which a force may offer although it was not asked. Such a force has been told of it outside
 * the mesh, and nothing here tells it more: to name a request, a line or a kind of unit that does not fit is
 * answered in the same words as to name what does not exist.
 */
export const openToAll = (
  org: string,
  { host, requestId, lineId, capabilityId }: Named,
  view: LedgerView,
): RequestState | Refusal => {
  if (!isForce(org)) return refuse('not-permitted', `${org} is not a force, and only forces offer units`);
  const request = view.request(host, requestId);
  const code = view.advert(org, capabilityId)?.data.code;
  if (request?.recipients.some(({ force }) => force === org)) {
    return request.phase.kind === 'live' ? request : requestEnded(request);
  }
  const line = request && lineOf(request, lineId);
  if (request?.phase.kind === 'live' && line && line.capabilityCode === code && org !== host) return request;
  const because = `${host} has no open request ${requestId} with a line ${lineId} for ${org}/${capabilityId}`;
  return refuse('not-found', `${because}; ask whoever told you of it`);
};

/** Whether the force was asked for the line, whatever it has said. */
export const wasAsked = (answer: Answer | undefined): boolean =>
  answer !== undefined && !(answer.answer === 'offered' && answer.unsolicited);

/** Why a force that the host has asked for the line offers nothing unsolicited. */
export const askedInstead = (request: RequestState, org: string, lineId: string, now: string): Refusal => {
  const { host, answerBy, answerTimePassed } = request;
  const asked = `${host} asked ${org} for line ${lineId}`;
  return answerTimePassed || now >= answerBy
    ? refuse(
        'answer-time-passed',
        `${asked}, and answers were due by ${answerBy}; tell its desk (${request.terms.contactDesk}) that you can help, and it may ask you again`,
      )
    : refuse('invalid', `${asked}: offer as a force that was asked`, [
        { path: 'unsolicited', because: asked },
      ]);
};
