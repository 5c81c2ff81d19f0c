import { z } from 'zod';
import { cancelReason, classification, declineReason, releaseReason } from './codes.ts';
import { reportedStatus } from './deployment/v1.ts';
import { ACCEPTED_OFFERS_MAX, LINES_MAX, RECIPIENTS_MAX } from './limits.ts';
import { refusal } from './refusals.ts';
import { confirmWithinMinutes, requestLines, requestTerms } from './request/lines.ts';
import { instant } from './time.ts';
import { commandId, token } from './tokens.ts';
import { actor, costEstimate, forceId, orgId, point, quantity, text } from './values.ts';

const base = { commandId, actor, classification: classification.default('OFFICIAL') };

/** Whom to ask. `nearest` asks the nearest forces that advertise what a line needs, `count` for each line. */
export const recipientChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forces'), forces: z.array(forceId).min(1).max(RECIPIENTS_MAX) }),
  z.object({ kind: z.literal('nearest'), count: z.int().min(1).max(RECIPIENTS_MAX) }),
]);
export type RecipientChoice = z.infer<typeof recipientChoice>;

const requestCreate = z.object({
  ...base,
  lines: requestLines,
  terms: requestTerms,
  recipients: recipientChoice,
  answerBy: instant,
  confirmWithinMinutes: confirmWithinMinutes.optional(),
});

const requestCancel = z.object({
  ...base,
  requestId: commandId,
  reasonCode: cancelReason,
  reason: text.min(1),
});

const offerMake = z.object({
  ...base,
  host: orgId,
  requestId: commandId,
  lineId: token,
  capabilityId: token,
  quantity,
  estimatedArrival: instant,
  costEstimate: costEstimate.optional(),
  remarks: text.optional(),
});

const offerDecline = z.object({
  ...base,
  host: orgId,
  requestId: commandId,
  lineIds: z.array(token).min(1).max(LINES_MAX),
  reasonCode: declineReason,
  remarks: text.optional(),
});

/** All of the offers named are reserved in one append, or none. */
const offerAccept = z.object({
  ...base,
  requestId: commandId,
  accept: z
    .array(z.object({ offerId: commandId, quantity }))
    .min(1)
    .max(ACCEPTED_OFFERS_MAX)
    .refine((offers) => new Set(offers.map((offer) => offer.offerId)).size === offers.length, {
      message: 'names an offer twice',
    }),
});

const ofDeployment = { donor: forceId, deploymentId: commandId };

const deploymentStatus = z.object({
  ...base,
  ...ofDeployment,
  status: reportedStatus,
  at: instant,
  eta: instant.optional(),
  headcount: z.int().min(0).max(10_000).optional(),
  position: point.optional(),
});

const deploymentRelease = z.object({
  ...base,
  ...ofDeployment,
  reasonCode: releaseReason.extract(['task-complete', 'stood-down']),
});

const deploymentReturn = z.object({
  ...base,
  ...ofDeployment,
  at: instant,
  headcount: z.int().min(0).max(10_000).optional(),
  injuries: z.int().min(0).max(10_000),
  welfareReferral: z.boolean(),
  remarks: text.optional(),
});

/** The command table: the subject token of every command that the broker takes, and its body. */
export const COMMANDS = {
  'request-create': requestCreate,
  'request-cancel': requestCancel,
  'offer-make': offerMake,
  'offer-decline': offerDecline,
  'offer-accept': offerAccept,
  'deployment-status': deploymentStatus,
  'deployment-release': deploymentRelease,
  'deployment-return': deploymentReturn,
};

export type CommandName = keyof typeof COMMANDS;
export type CommandBody<N extends CommandName> = z.infer<(typeof COMMANDS)[N]>;

/** A command with the organisation that sent it, taken from the subject and never from the body. */
export type Command<N extends CommandName = CommandName> = {
  [K in N]: { name: K; org: string; body: CommandBody<K> };
}[N];

export const COMMAND_NAMES = Object.keys(COMMANDS).filter((name): name is CommandName => name in COMMANDS);
export const isCommandName = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/** What a command stored: answered only after the events are in the stream. */
export const commandStored = z.object({
  ok: z.literal(true),
  commandId,
  /** Sequence in the ledger stream of the command's last event. */
  seq: z.int().min(1),
  /** True when an earlier try had already stored it. */
  repeated: z.boolean(),
  events: z.array(z.object({ id: z.string(), type: z.string(), subject: z.string() })),
});
export type CommandStored = z.infer<typeof commandStored>;

export const commandReply = z.discriminatedUnion('ok', [
  commandStored,
  refusal.extend({ ok: z.literal(false), commandId: z.string().optional() }),
]);
export type CommandReply = z.infer<typeof commandReply>;
