import type { BoardAction } from '@muster/contracts';
import type { Action } from '../policy/policy.ts';

/**
 * What ends each kind of waiting: the commands, or what a force decides in its home ledger.
 * Whoever may do none of them is not told of it.
 */
export const ACTS = {
  submit: ['request-submit'],
  approve: ['request-approve', 'request-refuse'],
  'approve-in-writing': ['request-approve'],
  answer: ['offer-make', 'offer-decline', 'request-acknowledge'],
  'choose-offers': ['offer-accept', 'offer-not-select'],
  'approve-offer': ['offer-approve', 'offer-refuse'],
  'meet-condition': ['offer-condition-met', 'offer-withdraw'],
  confirm: ['home-decide'],
  'answer-lapse': ['home-decide'],
  'ask-further': ['request-ask', 'request-escalate'],
  'accept-escalation': ['escalation-accept'],
  'acknowledge-unfilled': ['unfilled-acknowledge'],
  'report-status': ['deployment-status'],
  'confirm-control': ['control-confirm'],
  'answer-recall': ['return-answer', 'deployment-release'],
  'settle-recall': ['return-settle'],
  'settle-shortfall': ['deployment-release', 'return-request'],
  release: ['deployment-release', 'extension-ask'],
  'report-return': ['deployment-return'],
  debrief: ['deployment-debrief'],
  'answer-extension': ['extension-answer'],
  'answer-welfare': ['welfare-answer'],
  'review-secondment': ['secondment-review'],
  'estimate-costs': ['claim-estimate'],
  'record-costs': ['claim-record'],
  'submit-claim': ['claim-submit', 'claim-record'],
  'judge-claim': ['claim-check', 'claim-query', 'claim-agree'],
  'answer-claim': ['claim-answer'],
  'pay-claim': ['claim-pay'],
  'agree-waiver': ['claim-waive'],
} as const satisfies Record<BoardAction['kind'], readonly Action[]>;
