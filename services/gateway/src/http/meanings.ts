import type { ProblemCode } from './problems.ts';

/** What a code means, and what whoever gets it can do about it. */
export type Meaning = { means: string; remedy: string };

const LOOK = 'Look again at what it is about, then decide.';
const AGAIN = 'Send the same again, with the same Idempotency-Key, after Retry-After.';

/** Every code of a problem. They are stable: what is told here of one stays true. */
export const MEANINGS = {
  invalid: {
    means: 'The body, the query or a header does not fit its schema.',
    remedy: 'Mend what `fields` names; /docs has the schema.',
  },
  'not-permitted': {
    means: 'The organisation for which you act may not do this.',
    remedy:
      'Act for another of your duties (`as`; /v1/me lists them), or ask the organisation whose matter it is.',
  },
  'not-found': {
    means: 'There is none, or none that your organisation may see.',
    remedy: 'Take the id from a list, such as /v1/<mode>/requests.',
  },
  'command-id-reused': {
    means: 'The Idempotency-Key has been used for another command.',
    remedy: 'Use a new key for each command, and the old one only to send the same again.',
  },
  'request-ended': {
    means: 'The request has ended.',
    remedy: 'Make a new request if the need is still there.',
  },
  'answer-time-passed': {
    means: 'The time for answers has passed.',
    remedy: 'Offer unsolicited, or speak to the host.',
  },
  'not-asked': {
    means: 'Your force was not asked for this line.',
    remedy: 'Offer unsolicited, or wait until the request widens.',
  },
  'already-answered': {
    means: 'Your force has answered for this line.',
    remedy: 'Withdraw the offer before making another.',
  },
  'offer-not-open': { means: 'The offer is no longer open.', remedy: LOOK },
  'line-full': { means: 'The line needs no more than it has.', remedy: LOOK },
  'not-eligible': {
    means: 'The capability does not do what the line asks: code, window, accreditation or releasability.',
    remedy: 'Choose another; candidates tell why each one does or does not fit.',
  },
  'no-capacity': {
    means: 'Not enough is free over the whole time.',
    remedy: 'Ask for fewer or for another time, or choose another capability.',
  },
  'duty-breach': {
    means: 'The units should rest, or have been on duty for too long.',
    remedy: 'Choose others, or give an override with its reason; `fields` names each rule.',
  },
  'advert-not-current': {
    means: 'The advert has expired, was withdrawn or is unavailable.',
    remedy: 'Choose another capability, or ask its force to renew the advert.',
  },
  'wrong-status': { means: 'It is not in a state that allows this.', remedy: LOOK },
  'bad-time': {
    means: 'Times are in the wrong order or in the past.',
    remedy: 'Send times such as 2026-11-26T18:00:00.000Z, the earlier one first.',
  },
  'plan-stale': {
    means: 'What the plan rests on has changed.',
    remedy: 'Ask for the plan again; `fields` names each assignment that no longer holds.',
  },
  'wrong-role': {
    means: 'The role does not do this.',
    remedy: 'Act in another of your roles (`muster-role`).',
  },
  'same-person': {
    means: 'One post may not do both of two steps that check each other.',
    remedy: 'Leave it to another post.',
  },
  'approval-needed': {
    means: 'The rules of the organisation leave this to a person.',
    remedy: 'Have an approver decide.',
  },
  'no-delegation': {
    means: 'No delegation that is valid now lets this post decide.',
    remedy: 'Have a delegation granted, or leave it to who holds one.',
  },
  'below-minimum': {
    means: 'So few of the units taken can be reserved that the line stays below its minimum.',
    remedy: 'Take other offers or more of them; `fields` names what stands in the way.',
  },
  'over-scope': {
    means: 'The delegation does not reach so far.',
    remedy: 'Leave it to a post whose delegation does.',
  },
  'over-approval': {
    means: 'It is more than the approval of the request covers, by units or by cost.',
    remedy: 'Accept less, or have the request approved for more.',
  },
  'cost-not-agreed': {
    means: 'Host and donor do not go by the same cost yet.',
    remedy: 'Record the agreement about the cost, or choose an offer on the same basis.',
  },
  contention: { means: 'Too many others changed the same things at once.', remedy: AGAIN },
  integrity: {
    means: 'The ledger looks wrong for this capability, so nothing of it is lent.',
    remedy: 'Tell whoever runs the mesh: `muster doctor` has the alarm.',
  },
  unavailable: { means: 'Something that is needed does not answer now.', remedy: AGAIN },
  'clock-skew': {
    means: 'The clock of the sender is too far ahead.',
    remedy: 'Set the clock of the gateway’s machine.',
  },
  'bad-reply-subject': {
    means: 'The gateway asked in a way that the mesh does not answer.',
    remedy: 'Tell whoever runs the gateway.',
  },
  'no-session': {
    means: 'Nobody has signed in, or the session has ended.',
    remedy: 'Sign in at /auth/login.',
  },
  csrf: {
    means: 'A change needs the token of the session, and must come from a page of this address.',
    remedy: 'Send the `csrf` of /v1/me in the header x-muster-csrf.',
  },
  policy: {
    means: 'The policy permits this to none of the roles in which you act.',
    remedy: 'Ask somebody in a role that the detail names.',
  },
  changed: {
    means: 'It has changed since the answer whose ETag is in If-Match.',
    remedy: LOOK,
  },
  'too-many': {
    means: 'Too many requests in a minute, or too many streams of one session.',
    remedy: 'Wait as Retry-After says, or close a stream.',
  },
  'too-large': {
    means: 'The address, the headers, the body or the answer is too large.',
    remedy: 'Send less, or ask for a shorter period.',
  },
  'unsupported-type': {
    means: 'Bodies are JSON, and not compressed.',
    remedy: 'Send content-type: application/json.',
  },
  'bad-request': { means: 'It cannot be read as a request.', remedy: 'Mend what the detail says.' },
  'no-such-route': { means: 'There is nothing at this address.', remedy: '/docs has every address.' },
  'sign-in-failed': {
    means: 'The sign-in did not come to its end, or gives no duty on the mesh.',
    remedy: 'Begin again at /auth/login; a duty is given by your identity server.',
  },
  'too-slow': { means: 'The request did not arrive whole in time.', remedy: 'Send it again at once.' },
  fault: {
    means: 'The gateway failed at this request; why is in its log alone.',
    remedy: 'Tell whoever runs the gateway at what time it was.',
  },
} as const satisfies Record<ProblemCode, Meaning>;
