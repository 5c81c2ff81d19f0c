import type { AskAnswer, AskName, AskQuery, CommandName, CommandStored, Refusal } from '@muster/contracts';
import type { Caller, CommandInput, CommandOutcome } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import type { World } from '../world/world.ts';
import type { Acks } from './verify.ts';

/** Longest time in which sending one command id again and again must give a definite answer, in milliseconds. */
const DEFINITE_MS = 30_000;
/** Time for one try, in milliseconds. */
const TRY_MS = 2_000;
/** Pause between two tries, in milliseconds. */
const AGAIN_MS = 50;

const actor = { role: 'requester', id: 'duty-desk' } as const;

/** A command without what is the same for all of a desk's commands. */
export type Body<N extends CommandName> = Omit<CommandInput<N>, 'actor' | 'classification'>;

/** The duty desk of one organisation. */
export type Desk = {
  org: string;
  /** One try, whatever comes of it. */
  send<N extends CommandName>(name: N, body: Body<N>): Promise<CommandOutcome>;
  /** Sends the same command id until it is stored. @throws when it is refused. */
  stored<N extends CommandName>(name: N, body: Body<N>): Promise<CommandStored>;
  /** Sends the same command id until it is refused. @throws when it is stored. */
  refused<N extends CommandName>(name: N, body: Body<N>): Promise<Refusal>;
  /** Asks until there is an answer. @throws when it is refused. */
  answer<N extends AskName>(name: N, query: AskQuery<N>): Promise<AskAnswer<N>>;
  /** Asks until it is refused. */
  denied<N extends AskName>(name: N, query: AskQuery<N>): Promise<Refusal>;
};

const isDefinite = (outcome: CommandOutcome): boolean =>
  outcome.kind === 'stored' ||
  (outcome.kind === 'refused' && !['contention', 'unavailable'].includes(outcome.refusal.refused));

/** @param acks takes down every command that was acknowledged, for the checker. */
export const openDesk = async (world: World, org: string, acks: Acks): Promise<Desk> => {
  const caller: Caller = await world.callerOf(org);
  const { mode } = world;

  const send: Desk['send'] = async (name, body) => {
    // The desk adds what every command of the table has.
    const whole = { ...body, actor, classification: 'OFFICIAL' } as CommandInput<typeof name>;
    const outcome = await caller.command(mode, org, name, whole, { deadlineMs: TRY_MS });
    if (outcome.kind === 'stored') acks.add(org, outcome.reply);
    return outcome;
  };
  const definitely = <N extends CommandName>(name: N, body: Body<N>): Promise<CommandOutcome> =>
    eventually(
      async () => {
        const outcome = await send(name, body);
        if (!isDefinite(outcome)) throw new Error(JSON.stringify(outcome));
        return outcome;
      },
      { deadlineMs: DEFINITE_MS, everyMs: AGAIN_MS, what: `${org}: ${name} is answered` },
    );
  const asked = <N extends AskName>(name: N, query: AskQuery<N>) =>
    eventually(
      async () => {
        const outcome = await caller.ask(mode, org, name, query, { deadlineMs: TRY_MS });
        const isKnown =
          outcome.kind === 'answer' ||
          (outcome.kind === 'refused' && outcome.refusal.refused !== 'unavailable');
        if (!isKnown) throw new Error(JSON.stringify(outcome));
        return outcome;
      },
      { deadlineMs: DEFINITE_MS, everyMs: AGAIN_MS, what: `${org}: ${name} is answered` },
    );

  return {
    org,
    send,
    async stored(name, body) {
      const outcome = await definitely(name, body);
      if (outcome.kind !== 'stored') throw new Error(`${org}: ${name}: ${JSON.stringify(outcome)}`);
      return outcome.reply;
    },
    async refused(name, body) {
      const outcome = await definitely(name, body);
      if (outcome.kind !== 'refused') throw new Error(`${org}: ${name}: ${JSON.stringify(outcome)}`);
      return outcome.refusal;
    },
    async answer(name, query) {
      const outcome = await asked(name, query);
      if (outcome.kind !== 'answer') throw new Error(`${org}: ${name}: ${JSON.stringify(outcome)}`);
      return outcome.answer;
    },
    async denied(name, query) {
      const outcome = await asked(name, query);
      if (outcome.kind !== 'refused') throw new Error(`${org}: ${name}: ${JSON.stringify(outcome)}`);
      return outcome.refusal;
    },
  };
};
