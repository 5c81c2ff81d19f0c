import { expect, it } from 'vitest';
import { specOf } from './decider.ts';

type Event = { added: number };
type Command = { add: number };
type Refusal = { refused: string };

const given = specOf<number, Command, Event, Refusal>({
  initial: 0,
  evolve: (total, event) => total + event.added,
  decide: (command, total) => (total + command.add > 10 ? { refused: 'too-much' } : [{ added: command.add }]),
});

it('passes for the right events and the right refusal, and fails for the wrong ones', () => {
  given([{ added: 4 }])
    .when({ add: 6 })
    .then([{ added: 6 }]);
  given([{ added: 5 }])
    .when({ add: 6 })
    .then({ refused: 'too-much' });
  expect(() =>
    given([])
      .when({ add: 1 })
      .then([{ added: 2 }]),
  ).toThrow();
  expect(() =>
    given([])
      .when({ add: 11 })
      .then([{ added: 11 }]),
  ).toThrow();
});
