import { decideOpenBookings, decideShortfall } from '../booking/upkeep.ts';
import { decideRelease, decideReturn, decideStatus } from '../deployment/decide.ts';
import { decideAccept } from '../request/accept.ts';
import { decideDecline, decideOffer } from '../request/answering.ts';
import { decideCancel } from '../request/cancel.ts';
import { decideCreate } from '../request/create.ts';
import { decideHomeDecided } from '../request/homeDecided.ts';
import { decideAnswerTime, decideConfirmTime, decideRequestEnd, decideSettle } from '../request/timers.ts';
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
    case 'request-cancel':
      return decideCancel(command.org, command.body, view, now);
    case 'offer-make':
      return decideOffer(command.org, command.body, view, now);
    case 'offer-decline':
      return decideDecline(command.org, command.body, view, now);
    case 'offer-accept':
      return decideAccept(command.org, command.body, view, now);
    case 'deployment-status':
      return decideStatus(command.org, command.body, view, now);
    case 'deployment-release':
      return decideRelease(command.org, command.body, view, now);
    case 'deployment-return':
      return decideReturn(command.org, command.body, view, now);
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
    case 'open-bookings':
      return decideOpenBookings(command.capabilities, view, now);
    case 'check-shortfall':
      return decideShortfall(command.donor, command.capabilityId, view, now);
  }
};
