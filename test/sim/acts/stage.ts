import type { Actor, CommandBody, CommandName } from '@muster/contracts';
import type { DeploymentState, Ledger, RequestState } from '@muster/domain';
import { moved } from '../cast.ts';
import type { Dice } from '../dice.ts';

type OfEvery = 'commandId' | 'actor' | 'classification';

/** A command as somebody comes to send it. */
export type Told<N extends CommandName = CommandName> = N extends CommandName
  ? { org: string; actor: Actor; body: Omit<CommandBody<N>, OfEvery> }
  : never;

/** What there is to pick from. */
export type Stage = {
  dice: Dice;
  ledger: Ledger;
  now: string;
  /** An instant so many minutes from now. */
  after(minutes: number): string;
  requests: RequestState[];
  deployments: DeploymentState[];
};

/** Comes up with a command, or with none where there is nothing to send one about. */
export type Generator<N extends CommandName> = (stage: Stage) => Told<N> | undefined;

/** A generator for each of some commands. */
export type Generators<N extends CommandName> = { [K in N]: Generator<K> };

export const stageOf = (ledger: Ledger, now: string, dice: Dice): Stage => ({
  ...{ dice, ledger, now },
  after: (minutes) => moved(now, minutes),
  requests: [...ledger.requests()],
  deployments: [...ledger.deployments()],
});
