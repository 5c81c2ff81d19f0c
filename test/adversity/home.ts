import {
  changeHome,
  createHomeBook,
  type HomeLink,
  type LocalChange,
  showHome,
  writeHome,
  writerOf,
} from '@muster/adapter-kit';
import { capabilityAdvertised } from '@muster/contracts';
import type { HomeInput, HomeState } from '@muster/domain';
import { createAppender, createCaller, systemClock } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import type { World } from '../world/world.ts';

/** Longest wait for the home ledger, in milliseconds. */
const UNTIL_MS = 30_000;

const actor = { role: 'approver', id: 'duty-desk' } as const;

type Input = LocalChange['input'];

/** The desk of a force at its own ledger, with the force's own credentials. */
export type HomeDesk = {
  /** Gives the decision until it is written. @returns the code of a refusal, undefined when it is written. */
  decide(capabilityId: string, commandId: string, input: Input): Promise<string | undefined>;
  /** Waits until the home ledger shows what is looked for. */
  until<T>(capabilityId: string, what: string, look: (state: HomeState) => T): Promise<NonNullable<T>>;
  untilSeen(capabilityId: string, bookingId: string): Promise<void>;
  /** Reads all that is needed to go on alone, and returns a desk that needs the hub's services no more. */
  aloneWith(capabilityId: string): Promise<(commandId: string, input: HomeInput) => Promise<string>>;
};

export const openHomeDesk = async (world: World, force: string): Promise<HomeDesk> => {
  const mesh = await world.connectAs(`${force}.${world.mode}`);
  const caller = createCaller(mesh);
  const link: HomeLink = {
    force,
    mode: world.mode,
    appender: createAppender(mesh),
    caller,
    clock: systemClock,
  };

  const until: HomeDesk['until'] = (capabilityId, what, look) =>
    eventually(
      async () => {
        const shown = await showHome(link, capabilityId);
        const state = shown.kind === 'home' ? shown.states.get(capabilityId) : undefined;
        return state && look(state);
      },
      { deadlineMs: UNTIL_MS, everyMs: 50, what: `home of ${force}: ${what}` },
    );

  return {
    async decide(capabilityId, commandId, input) {
      const outcome = await eventually(
        async () => {
          const tried = await changeHome(link, { capabilityId, commandId, actor, input });
          if (tried.kind === 'unavailable') throw new Error(tried.because);
          return tried;
        },
        { deadlineMs: UNTIL_MS, everyMs: 50, what: `home of ${force}: ${commandId} is written` },
      );
      return outcome.kind === 'refused' ? outcome.refusal.refused : undefined;
    },
    until,
    untilSeen: async (capabilityId, bookingId) => {
      await until(capabilityId, `${bookingId} is seen`, (state) => state.bookings.has(bookingId));
    },
    async aloneWith(capabilityId) {
      const book = createHomeBook(link, capabilityId);
      const [caught, shown] = await Promise.all([
        book.catchUp(0),
        caller.ask(world.mode, force, 'capability-show', { force, capabilityId }),
      ]);
      if (caught.kind !== 'caught-up' || shown.kind !== 'answer')
        throw new Error(`${force}/${capabilityId} cannot be read: ${caught.kind}, ${shown.kind}`);
      const advert = capabilityAdvertised.parse(shown.answer.capability);
      return async (commandId, input) => {
        const written = await writeHome(link, book, {
          capabilityId,
          input,
          writer: writerOf(link, commandId, {}, actor),
          facts: () => ({
            advert,
            now: new Date(systemClock.now()).toISOString(),
            policy: { policy: 'person' },
          }),
        });
        return written.kind;
      };
    },
  };
};
