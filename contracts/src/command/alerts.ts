import { z } from 'zod';
import { commandId } from '../tokens.ts';
import { actor, text } from '../values.ts';

/** Commands that the alerter takes, and not the broker: they change nothing of the ledger. */
export const ALERT_COMMANDS = {
  'alert-acknowledge': z.object({ alertId: commandId, actor, note: text.min(1).optional() }),
} as const;

export type AlertCommandName = keyof typeof ALERT_COMMANDS;
export type AlertBody<N extends AlertCommandName> = z.infer<(typeof ALERT_COMMANDS)[N]>;
export const isAlertCommandName = (name: string): name is AlertCommandName =>
  Object.hasOwn(ALERT_COMMANDS, name);
