import type { BoardAction, RequestView, Urgency } from '@muster/contracts';
import type { TagColour } from '../parts/tag.tsx';

type Words = { words: string; colour: TagColour };

export const URGENCIES: Readonly<Record<Urgency, Words>> = {
  IMMEDIATE: { words: 'Immediate', colour: 'red' },
  EXPECTED: { words: 'Expected', colour: 'orange' },
  FUTURE: { words: 'Future', colour: 'grey' },
};

export const REQUEST_STATUS_WORDS: Readonly<Record<RequestView['status'], Words>> = {
  draft: { words: 'Draft', colour: 'grey' },
  'awaiting-approval': { words: 'Awaiting approval', colour: 'purple' },
  open: { words: 'Open', colour: 'blue' },
  'part-filled': { words: 'Part filled', colour: 'yellow' },
  filled: { words: 'Filled', colour: 'green' },
  unfilled: { words: 'Unfilled', colour: 'red' },
  refused: { words: 'Refused', colour: 'grey' },
  cancelled: { words: 'Cancelled', colour: 'grey' },
  expired: { words: 'Expired', colour: 'grey' },
  closed: { words: 'Closed', colour: 'grey' },
};

/** What there is to do, as one says it to the person who is to do it. */
export const TO_DO: Readonly<Record<BoardAction['kind'], string>> = {
  submit: 'Send the draft',
  approve: 'Approve or refuse',
  'approve-in-writing': 'Approve in writing',
  answer: 'Offer or decline',
  'approve-offer': 'Approve or refuse an offer of your own',
  'choose-offers': 'Choose among the offers',
  'meet-condition': 'Say whether the condition is met',
  confirm: 'Confirm the booking',
  'answer-lapse': 'Answer for the lapsed booking',
  'ask-further': 'Ask further forces',
  'accept-escalation': 'Agree to the next tier',
  'acknowledge-unfilled': 'Acknowledge what stays short',
  'report-status': 'Report where the units are',
  'confirm-control': 'Confirm who has control',
  'answer-recall': 'Answer the recall',
  'settle-recall': 'Settle the recall',
  'settle-shortfall': 'Settle the shortfall',
  release: 'Release the units',
  'report-return': 'Report the return',
  debrief: 'Debrief',
  'answer-extension': 'Answer the extension',
  'answer-welfare': 'Say how the people are',
  'review-secondment': 'Review the secondment',
  'estimate-costs': 'Estimate the costs',
  'record-costs': 'Record the costs',
  'submit-claim': 'Submit the claim',
  'judge-claim': 'Check, query or agree to the claim',
  'answer-claim': 'Answer the query on the claim',
  'pay-claim': 'Pay the claim',
  'agree-waiver': 'Agree that nothing is paid',
};

/** A token of the contracts as words: `ask-further` as `Ask further`. */
export const tokenWords = (token: string): string => {
  const words = token.replaceAll(/[-_.]/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
