import { deepStrictEqual } from 'node:assert/strict';

/** A decider under test: pure, its refusals and events are values. */
export type Decider<State, Command, Event, Refusal> = {
  initial: State;
  evolve(state: State, event: Event): State;
  decide(command: Command, state: State): readonly Event[] | Refusal;
};

export type When<Event, Refusal> = {
  /** Exactly these events, or this refusal. */
  then(expected: readonly Event[] | Refusal): void;
  /** For looks that equality cannot make. */
  outcome(): readonly Event[] | Refusal;
};

export type Given<Command, Event, Refusal> = { when(command: Command): When<Event, Refusal> };

/** `const given = specOf(decider); given([…]).when(command).then([…])`. */
export const specOf =
  <State, Command, Event, Refusal>(decider: Decider<State, Command, Event, Refusal>) =>
  (history: readonly Event[]): Given<Command, Event, Refusal> => ({
    when: (command) => {
      const outcome = () => decider.decide(command, history.reduce(decider.evolve, decider.initial));
      // biome-ignore lint/suspicious/noThenProperty: the word of the trade; the object is never awaited
      return { outcome, then: (expected) => deepStrictEqual(outcome(), expected) };
    },
  });
