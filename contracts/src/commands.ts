import { z } from 'zod';
import { APPROVAL_COMMANDS } from './command/approvals.ts';
import { CALL_COMMANDS } from './command/calls.ts';
import { CLAIM_COMMANDS } from './command/claim.ts';
import { CONTROL_COMMANDS } from './command/control.ts';
import { DEPLOYMENT_COMMANDS } from './command/deployment.ts';
import { OFFER_COMMANDS } from './command/offer.ts';
import { POLICY_COMMANDS } from './command/policy.ts';
import { PREPARATION_COMMANDS } from './command/preparation.ts';
import { REACH_COMMANDS } from './command/reach.ts';
import { REQUEST_COMMANDS } from './command/request.ts';
import { STAY_COMMANDS } from './command/stay.ts';
import { refusal } from './refusals.ts';
import { commandId } from './tokens.ts';

/** The command table: the subject token of every command that the broker takes, and its body. */
export const COMMANDS = {
  ...REQUEST_COMMANDS,
  ...APPROVAL_COMMANDS,
  ...POLICY_COMMANDS,
  ...REACH_COMMANDS,
  ...OFFER_COMMANDS,
  ...PREPARATION_COMMANDS,
  ...CALL_COMMANDS,
  ...DEPLOYMENT_COMMANDS,
  ...CONTROL_COMMANDS,
  ...STAY_COMMANDS,
  ...CLAIM_COMMANDS,
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
