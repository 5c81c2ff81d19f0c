import { setTimeout as pauseFor } from 'node:timers/promises';
import {
  type Actor,
  type AskAnswer,
  type AskName,
  type AskQuery,
  type CommandName,
  type CommandStored,
  type Mode,
  NATIONAL_CENTRE,
} from '@muster/contracts';
import { type Caller, type CommandInput, createCaller, type Mesh, newTraceparent } from '@muster/mesh';
import type { Io } from '../io.ts';
import { ADMIN_USER } from './admin.ts';
import { connectAs } from './connect.ts';
import { noAnswerError, noServiceError, refusedError } from './outcome.ts';
import { send } from './send.ts';
import { type Globals, modeOf, orgOf, placeOf, timeoutMsOf } from './settings.ts';

const DESK_DEFAULT = 'duty-desk';

/** Who acts, as far as it is known without the mesh: enough to read what a person has written. */
export type Acting = {
  io: Io;
  org: string;
  actor<R extends Actor['role']>(role: R): { role: R; id: string };
};

/** One organisation connected in one mode, for the length of one command. */
export type Session = Acting & {
  mesh: Mesh;
  caller: Caller;
  mode: Mode;
  /** Whose key it is: the organisation's in this mode, or the administrator's. */
  user: string;
  /** Trace of everything that this one command line asks and does. */
  traceparent: string;
  /** @throws CliError when it is refused or not answered. */
  ask<N extends AskName>(name: N, query: AskQuery<N>, deadlineMs?: number): Promise<AskAnswer<N>>;
  /** @throws CliError when it is refused, or when the outcome is not known. */
  command<N extends CommandName>(name: N, body: CommandInput<N>): Promise<CommandStored>;
  close(): Promise<void>;
};

const actingFor = (io: Io, globals: Globals, org: string): Acting => ({
  io,
  org,
  actor: (role) => ({ role, id: globals.desk ?? io.env.MUSTER_DESK ?? DESK_DEFAULT }),
});

/** The organisation that `--as` names, before anything is connected. */
export const actingAs = (io: Io, globals: Globals): Acting => actingFor(io, globals, orgOf(globals, io.env));

/** Connects with the credentials of the organisation that `--as` names. */
export const openSession = async (io: Io, globals: Globals): Promise<Session> => {
  const org = orgOf(globals, io.env);
  return open(io, globals, org, `${org}.${modeOf(globals, io.env)}`);
};

/** Connects as the hub's administrator, who sees what the national centre sees. */
export const openHubSession = (io: Io, globals: Globals): Promise<Session> =>
  open(io, globals, NATIONAL_CENTRE, ADMIN_USER);

const open = async (io: Io, globals: Globals, org: string, user: string): Promise<Session> => {
  const mode = modeOf(globals, io.env);
  const timeoutMs = timeoutMsOf(globals);
  const mesh = await connectAs(io, placeOf(globals, io.env), user);
  const caller = createCaller(mesh);
  const traceparent = newTraceparent();
  return {
    ...actingFor(io, globals, org),
    mesh,
    caller,
    mode,
    user,
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
    close: () => mesh.close(),
  };
};
