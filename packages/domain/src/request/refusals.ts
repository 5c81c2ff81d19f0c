import { type Refusal, refuse } from '@muster/contracts';
import type { Offer, Phase, RequestState } from './state.ts';

const ANEW = 'if the need goes on, its host asks anew';

/** How a request stands that is not open, for people, and what may be done instead. */
const NOT_OPEN: Readonly<Record<Exclude<Phase['kind'], 'live'>, string>> = {
  draft: 'is still a draft; its host submits it first',
  awaiting: 'waits for an approver of its host; until then nobody is asked, and nothing is offered or taken',
  refused: `was refused by an approver of its host; ${ANEW}`,
  cancelled: `was cancelled by its host or a centre; ${ANEW}`,
  expired: `ended with its last window; ${ANEW}`,
  closed: `is closed, since its last units are home; ${ANEW}`,
};

/** Refuses what only an open request admits. */
export const requestEnded = ({ phase }: Pick<RequestState, 'phase'>): Refusal =>
  refuse(
    'request-ended',
    phase.kind === 'live' ? 'the request is open' : `the request ${NOT_OPEN[phase.kind]}`,
  );

const OTHER = 'choose another offer, or ask further forces';

/** How an offer stands that cannot be taken, turned down or taken back any more, and what may be done instead. */
const OFFER_STANDS: Readonly<Record<Offer['status'], string>> = {
  made: 'is open',
  provisional: 'is provisional: it cannot be accepted until its donor says that its condition has come true',
  accepted:
    'has been accepted and waits for its home force to confirm; until then the host may take that back',
  committed: 'has been confirmed by its home force; its units are released or called off as a deployment',
  refused: `was not confirmed by its home force, which refused; ${OTHER}`,
  lapsed: `was accepted and lapsed before its home force confirmed; ${OTHER}`,
  'stood-down': `was stood down, and its units do not count for the line; ${OTHER}`,
  'not-selected': `was not selected; its donor may offer again while answers are open`,
  withdrawn: `was withdrawn by its donor; ${OTHER}`,
  'run-out': `ran out before anybody accepted it; its donor may offer again while answers are open`,
  closed: 'ended with its request',
};

const nameOf = ({ donor, quantity, offerId }: Offer): string =>
  `the offer of ${quantity} by ${donor} (${offerId})`;

/** Says how an offer stands: whose it is, what became of it, and what may be done instead. */
export const offerStands = (offer: Offer): string => `${nameOf(offer)} ${OFFER_STANDS[offer.status]}`;

/** Refuses what an offer does not admit as it stands. */
export const offerNotOpen = (offer: Offer): Refusal => refuse('offer-not-open', offerStands(offer));

/** Refuses what comes after the time until which an offer was good, also when no timer has been heard yet. */
export const offerRanOut = (offer: Offer): Refusal =>
  refuse(
    'offer-not-open',
    `${nameOf(offer)} was good until ${offer.validUntil}; ask ${offer.donor} to offer again`,
  );

/** What a force may do that answers after the time for answers. */
export const answeredLate = ({ host, answerBy, terms }: RequestState): Refusal =>
  refuse(
    'answer-time-passed',
    `answers were due by ${answerBy}, and yours counts as none; if you can still help, tell the desk of ${host} (${terms.contactDesk}), which may ask you again`,
  );

/** Refuses units for a line that is over. */
export const lineOver = ({ lineId, to }: { lineId: string; to: string }): Refusal =>
  refuse('bad-time', `line ${lineId} ended at ${to}; its host may amend the request by a new line`);
