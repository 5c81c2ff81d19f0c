import { setTimeout as pauseFor } from 'node:timers/promises';
import type {
  Actor,
  AskAnswer,
  AskName,
  AskQuery,
  CommandName,
  CommandStored,
  Mode,
} from '@muster/contracts';
import { type Caller, type CommandInput, createCaller, type Mesh, newTraceparent } from '@muster/mesh';
import type { Io } from '../io.ts';
import { connectAs } from './connect.ts';
import { noAnswerError, noServiceError, refusedError } from './outcome.ts';
import { send } from './send.ts';
import { type Globals, modeOf, orgOf, placeOf, timeoutMsOf } from './settings.ts';

const DESK_DEFAULT = 'duty-desk';

/** One organisation connected in one mode, for the length of one command. */
export type Session = {
  io: Io;
  mesh: Mesh;
  caller: Caller;
  mode: Mode;
  org: string;
  /** Trace of everything that this one command line asks and does. */
  traceparent: string;
  /** @throws CliError when it is refused or not answered. */
  ask<N extends AskName>(name: N, query: AskQuery<N>, deadlineMs?: number): Promise<AskAnswer<N>>;
  /** @throws CliError when it is refused, or when the outcome is not known. */
  command<N extends CommandName>(name: N, body: CommandInput<N>): Promise<CommandStored>;
  actor<R extends Actor['role']>(role: R): { role: R; id: string };
  close(): Promise<void>;
};

/** Connects with the credentials of the organisation that `--as` names. */
export const openSession = async (io: Io, globals: Globals): Promise<Session> => {
  const org = orgOf(globals, io.env);
  const mode = modeOf(globals, io.env);
  const timeoutMs = timeoutMsOf(globals);
  const mesh = await connectAs(io, placeOf(globals, io.env), `${org}.${mode}`);
  const caller = createCaller(mesh);
  const traceparent = newTraceparent();
  return {
    io,
    mesh,
    caller,
    mode,
    org,
    traceparent,
    ask: async (name, query, deadlineMs = timeoutMs) => {
      const outcome = await caller.ask(mode, org, name, query, { deadlineMs, traceparent });
      switch (outcome.kind) {
        case 'answer':
          return outcome.answer;
        case 'refused':
          throw refusedError(outcome.refusal);
        case 'no-service':
          throw noServiceError(name);
        case 'unknown':
          throw noAnswerError(name, outcome.because);
      }
    },
    command: (name, body) =>
      send(
        { caller, mode, org, traceparent, timeoutMs, now: io.now, pause: (ms) => pauseFor(ms) },
        name,
        body,
      ),
    actor: (role) => ({ role, id: globals.desk ?? io.env.MUSTER_DESK ?? DESK_DEFAULT }),
    close: () => mesh.close(),
  };
};
