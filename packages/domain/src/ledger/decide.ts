import { decideGrant, decideRevoke, decideRules } from '../approval/decide.ts';
import { decideOpenBookings, decideShortfall } from '../booking/upkeep.ts';
import { decideAnswer, decideClaimSubmit, decideEstimate, decideRecord } from '../claim/donor.ts';
import { decideAgree, decideCheck, decidePay, decideQuery } from '../claim/host.ts';
import { decideClaimDue, decideWaive } from '../claim/waive.ts';
import { decideControlConfirm, decideControlPropose } from '../deployment/control.ts';
import { decideDebrief, decideSettleDeployment } from '../deployment/debrief.ts';
import { decideRelease, decideReturn, decideStatus } from '../deployment/decide.ts';
import { decideDeploymentDesk, decideRequestDesk, decideStatusRequest } from '../deployment/desk.ts';
import { decideAbort, decideForfeit } from '../deployment/ending.ts';
import { decideExtensionAnswer, decideExtensionAsk, decideExtensionDue } from '../deployment/extension.ts';
import {
  decideRecallDue,
  decideReturnAnswer,
  decideReturnRequest,
  decideReturnSettle,
  decideReturnWithdraw,
} from '../deployment/recall.ts';
import { decideSecondmentDue, decideSecondmentReview } from '../deployment/secondment.ts';
import { decideWelfare } from '../deployment/welfare.ts';
import { decideMatchingPolicy } from '../matching/policy.ts';
import { decideAccept } from '../request/acceptance.ts';
import { decideAgreement } from '../request/agreement.ts';
import { decideAmend } from '../request/amend.ts';
import { decideDecline, decideOffer } from '../request/answering.ts';
import { decideApprovalDue, decideApprove, decideRefuse } from '../request/approve.ts';
import {
  decideAcceptDue,
  decideAcknowledge,
  decideAsk,
  decideAskWithdraw,
  decideEscalate,
  decideEscalationAccept,
  decideUnfilledAcknowledge,
  decideWave,
} from '../request/asking.ts';
import { decideCancel } from '../request/cancel.ts';
import { decideCreate } from '../request/create.ts';
import { decideDirection } from '../request/direction.ts';
import { decideDraft, decideSubmit } from '../request/drafting.ts';
import { decideHomeDecided } from '../request/homeDecided.ts';
import { decideAcceptanceWithdraw } from '../request/mistaken.ts';
import { decidePlanApprove } from '../request/plan.ts';
import { decideOfferApprove, decideOfferRefuse } from '../request/preparing.ts';
import { decideAnswerTime, decideConfirmTime, decideRequestEnd, decideSettle } from '../request/timers.ts';
import {
  decideConditionMet,
  decideNotSelect,
  decideOfferTime,
  decideWithdraw,
} from '../request/unaccepted.ts';
import type { Decision, LedgerCommand, LedgerView } from './view.ts';

/**
 * Decides one command on what the view shows at this moment. Expected refusals are values.
 * @param now an instant; nothing in here looks at a clock.
 * @throws Error when the view contradicts itself: a broken invariant.
 */
export const decide = (command: LedgerCommand, view: LedgerView, now: string): Decision => {
  switch (command.name) {
    case 'request-create':
      return decideCreate(command.org, command.body, view, now);
    case 'request-draft':
      return decideDraft(command.org, command.body, view, now);
    case 'request-submit':
      return decideSubmit(command.org, command.body, view, now);
    case 'request-approve':
      return decideApprove(command.org, command.body, view, now);
    case 'request-refuse':
      return decideRefuse(command.org, command.body, view, now);
    case 'request-amend':
      return decideAmend(command.org, command.body, view, now);
    case 'request-escalate':
      return decideEscalate(command.org, command.body, view, now);
    case 'escalation-accept':
      return decideEscalationAccept(command.org, command.body, view, now);
    case 'unfilled-acknowledge':
      return decideUnfilledAcknowledge(command.org, command.body, view, now);
    case 'request-acknowledge':
      return decideAcknowledge(command.org, command.body, view, now);
    case 'request-ask':
      return decideAsk(command.org, command.body, view, now);
    case 'ask-withdraw':
      return decideAskWithdraw(command.org, command.body, view, now);
    case 'wave-due':
      return decideWave(command, view, now);
    case 'accept-due':
      return decideAcceptDue(command, view, now);
    case 'delegation-grant':
      return decideGrant(command.org, command.body, view, now);
    case 'delegation-revoke':
      return decideRevoke(command.org, command.body, view, now);
    case 'approval-rules-set':
      return decideRules(command.org, command.body, view, now);
    case 'matching-policy-set':
      return decideMatchingPolicy(command.org, command.body, view, now);
    case 'approval-due':
      return decideApprovalDue(command, view, now);
    case 'request-cancel':
      return decideCancel(command.org, command.body, view, now);
    case 'offer-make':
      return decideOffer(command.org, command.body, view, now);
    case 'offer-approve':
      return decideOfferApprove(command.org, command.body, view, now);
    case 'offer-refuse':
      return decideOfferRefuse(command.org, command.body, view, now);
    case 'offer-decline':
      return decideDecline(command.org, command.body, view, now);
    case 'offer-accept':
      return decideAccept(command.org, command.body, view, now);
    case 'offer-condition-met':
      return decideConditionMet(command.org, command.body, view, now);
    case 'offer-withdraw':
      return decideWithdraw(command.org, command.body, view, now);
    case 'offer-not-select':
      return decideNotSelect(command.org, command.body, view, now);
    case 'acceptance-withdraw':
      return decideAcceptanceWithdraw(command.org, command.body, view, now);
    case 'plan-approve':
      return decidePlanApprove(command.org, command.body, view, now);
    case 'direction-record':
      return decideDirection(command.org, command.body, view, now);
    case 'agreement-record':
      return decideAgreement(command.org, command.body, view, now);
    case 'deployment-status':
      return decideStatus(command.org, command.body, view, now);
    case 'deployment-release':
      return decideRelease(command.org, command.body, view, now);
    case 'deployment-return':
      return decideReturn(command.org, command.body, view, now);
    case 'control-propose':
      return decideControlPropose(command.org, command.body, view, now);
    case 'control-confirm':
      return decideControlConfirm(command.org, command.body, view, now);
    case 'return-request':
      return decideReturnRequest(command.org, command.body, view, now);
    case 'return-answer':
      return decideReturnAnswer(command.org, command.body, view, now);
    case 'return-withdraw':
      return decideReturnWithdraw(command.org, command.body, view, now);
    case 'return-settle':
      return decideReturnSettle(command.org, command.body, view, now);
    case 'deployment-forfeit':
      return decideForfeit(command.org, command.body, view, now);
    case 'deployment-abort':
      return decideAbort(command.org, command.body, view, now);
    case 'deployment-debrief':
      return decideDebrief(command.org, command.body, view, now);
    case 'status-request':
      return decideStatusRequest(command.org, command.body, view, now);
    case 'deployment-desk-take':
      return decideDeploymentDesk(command.org, command.body, view, now);
    case 'request-desk-take':
      return decideRequestDesk(command.org, command.body, view, now);
    case 'extension-ask':
      return decideExtensionAsk(command.org, command.body, view, now);
    case 'extension-answer':
      return decideExtensionAnswer(command.org, command.body, view, now);
    case 'extension-due':
      return decideExtensionDue(command, view, now);
    case 'welfare-answer':
      return decideWelfare(command.org, command.body, view, now);
    case 'secondment-review':
      return decideSecondmentReview(command.org, command.body, view, now);
    case 'secondment-due':
      return decideSecondmentDue(command, view, now);
    case 'claim-estimate':
      return decideEstimate(command.org, command.body, view, now);
    case 'claim-record':
      return decideRecord(command.org, command.body, view, now);
    case 'claim-submit':
      return decideClaimSubmit(command.org, command.body, view, now);
    case 'claim-answer':
      return decideAnswer(command.org, command.body, view, now);
    case 'claim-check':
      return decideCheck(command.org, command.body, view, now);
    case 'claim-query':
      return decideQuery(command.org, command.body, view, now);
    case 'claim-agree':
      return decideAgree(command.org, command.body, view, now);
    case 'claim-pay':
      return decidePay(command.org, command.body, view, now);
    case 'claim-waive':
      return decideWaive(command.org, command.body, view, now);
    case 'settle-deployment':
      return decideSettleDeployment(command, view, now);
    case 'claim-due':
      return decideClaimDue(command, view, now);
    case 'recall-due':
      return decideRecallDue(command, view, now);
    case 'home-decided':
      return decideHomeDecided(command, view, now);
    case 'answer-time-due':
      return decideAnswerTime(command, view, now);
    case 'request-end-due':
      return decideRequestEnd(command, view, now);
    case 'settle-request':
      return decideSettle(command, view, now);
    case 'confirm-due':
      return decideConfirmTime(command, command.offerId, view, now);
    case 'offer-due':
      return decideOfferTime(command, command.offerId, view, now);
    case 'open-bookings':
      return decideOpenBookings(command.capabilities, view, now);
    case 'check-shortfall':
      return decideShortfall(command.donor, command.capabilityId, view, now);
  }
};
