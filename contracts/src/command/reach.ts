import { z } from 'zod';
import { tier } from '../codes.ts';
import { LINES_MAX } from '../limits.ts';
import { recipientChoice } from '../request/lines.ts';
import { escalationReason } from '../request/reach.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { forceId, orgId, text } from '../values.ts';
import { base } from './base.ts';

const ofRequest = { host: orgId, requestId: commandId };

/** Takes a request up by hand: its host's approver, its regional centre, or the national centre. */
const requestEscalate = z.object({
  ...base,
  ...ofRequest,
  toTier: tier,
  reasonCode: escalationReason,
  reason: text.min(1),
});

/** A centre agrees that the request goes up to the tier that was asked for. */
const escalationAccept = z.object({ ...base, ...ofRequest });

/** A person has seen that a line stays short. */
const unfilledAcknowledge = z.object({ ...base, ...ofRequest, lineId: token, note: text.min(1) });

const requestAcknowledge = z.object({ ...base, ...ofRequest, receivedAt: instant });

/** Asks further forces by hand, until a new time if the old one has passed. */
const requestAsk = z.object({
  ...base,
  requestId: commandId,
  recipients: recipientChoice,
  lineIds: z.array(token).min(1).max(LINES_MAX).optional(),
  answerBy: instant,
});

const askWithdraw = z.object({
  ...base,
  requestId: commandId,
  force: forceId,
  reason: text.min(1),
  corrects: z.string().max(200).optional(),
});

export const REACH_COMMANDS = {
  'request-escalate': requestEscalate,
  'escalation-accept': escalationAccept,
  'unfilled-acknowledge': unfilledAcknowledge,
  'request-acknowledge': requestAcknowledge,
  'request-ask': requestAsk,
  'ask-withdraw': askWithdraw,
};
