import { boardAction, COMMAND_NAMES, type CommandName } from '@muster/contracts';
import { type Ledger, waitingOf } from '@muster/domain';
import { z } from 'zod';
import { NOTICES_MAX } from '../limits.ts';
import type { Action, Policy } from '../policy/policy.ts';
import type { Duty } from '../session/person.ts';
import { ACTS } from './acts.ts';

/** Something that waits for the person: shown once under its id, and gone from the list when it no longer waits. */
export const notice = boardAction.omit({ isMine: true, waitsFor: true }).extend({
  id: z.string(),
  /** The commands that end it, of those that the person's roles may send. */
  commands: z.array(z.enum(COMMAND_NAMES)),
});
export type Notice = z.infer<typeof notice>;

export const noticesAnswer = z.object({
  /** Late ones first, then those due soonest. */
  notices: z.array(notice),
  /** How many more there are. */
  leftOut: z.int().min(0),
});
export type Notices = z.infer<typeof noticesAnswer>;

const isCommand = (action: string): action is CommandName => COMMAND_NAMES.some((name) => name === action);

/** What waits for somebody with this duty now. */
export const noticesFor = (policy: Policy, duty: Duty, ledger: Ledger, now: string): Notices => {
  const all = waitingOf(duty.org, { ledger }, now).flatMap(
    ({ isMine, waitsFor: _, id, ...what }): Notice[] => {
      if (!isMine || id === undefined) return [];
      const wanted: readonly Action[] = ACTS[what.kind];
      const acts = wanted.filter((action) => policy.rolesFor(duty, action).length > 0);
      return acts.length === 0 ? [] : [{ ...what, id, commands: acts.filter(isCommand) }];
    },
  );
  return { notices: all.slice(0, NOTICES_MAX), leftOut: Math.max(0, all.length - NOTICES_MAX) };
};
