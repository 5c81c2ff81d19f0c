import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type {
  AskAnswer,
  AskName,
  AskQuery,
  CommandName,
  CommandReply,
  Mode,
  Refusal,
} from '@muster/contracts';
import { type Caller, type CommandInput, createCaller, type Mesh } from '@muster/mesh';
import { StartError } from '../errors.ts';
import { connectAs } from '../mesh/store.ts';

/** How often a command without a definite answer is sent again with the same id. */
const TRIES_MAX = 10;
/** Time for one try, in milliseconds. */
const TRY_MS = 5_000;
/** Pause before the next try, in milliseconds. */
const PAUSE_MS = 250;

type Stored = Extract<CommandReply, { ok: true }>;
export type Answer = { kind: 'stored'; reply: Stored } | { kind: 'refused'; refusal: Refusal };

/** Everybody who acts in a play, each through the credentials of their own organisation. */
export type People = {
  send<N extends CommandName>(org: string, name: N, body: CommandInput<N>): Promise<Answer>;
  ask<N extends AskName>(org: string, name: N, query: AskQuery<N>): Promise<AskAnswer<N>>;
  /** Lets time go by, in milliseconds. */
  pause(ms: number): Promise<void>;
  close(): Promise<void>;
};

export type PeopleOptions = {
  mode: Mode;
  keysDir: string;
  url: string;
  /** File to which every stored command is added, for the checker. */
  acknowledged: string;
  /** When aborted, whatever they do next throws its reason. */
  stopped: AbortSignal;
};

export const openPeople = ({ mode, keysDir, url, acknowledged, stopped }: PeopleOptions): People => {
  const pause = async (ms: number): Promise<void> => {
    await setTimeout(ms, undefined, { signal: stopped });
  };
  const lines = new Map<string, Promise<{ mesh: Mesh; caller: Caller }>>();
  const lineOf = async (org: string): Promise<{ mesh: Mesh; caller: Caller }> => {
    const known = lines.get(org);
    // The broker ends a connection whose key was replaced.
    if (known && !(await known).mesh.nc.isClosed()) return known;
    const opened = connectAs(keysDir, `${org}.${mode}`, url).then((mesh) => ({
      mesh,
      caller: createCaller(mesh),
    }));
    lines.set(org, opened);
    return opened;
  };

  const send: People['send'] = async (org, name, body) => {
    const { caller } = await lineOf(org);
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      stopped.throwIfAborted();
      const outcome = await caller.command(mode, org, name, body, { deadlineMs: TRY_MS });
      if (outcome.kind === 'stored') {
        const { commandId, events } = outcome.reply;
        appendFileSync(
          acknowledged,
          `${JSON.stringify({ org, commandId, eventIds: events.map((e) => e.id) })}\n`,
        );
        return { kind: 'stored', reply: outcome.reply };
      }
      const again = outcome.kind !== 'refused' || /^(contention|unavailable)$/.test(outcome.refusal.refused);
      if (!again) return { kind: 'refused', refusal: outcome.refusal };
      await pause(PAUSE_MS * tries);
    }
    throw new StartError(`${org} ${name} ${body.commandId}: no definite answer after ${TRIES_MAX} tries`);
  };

  const ask: People['ask'] = async (org, name, query) => {
    const { caller } = await lineOf(org);
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      stopped.throwIfAborted();
      const outcome = await caller.ask(mode, org, name, query, { deadlineMs: 30_000 });
      if (outcome.kind === 'answer') return outcome.answer;
      if (outcome.kind === 'refused')
        throw new StartError(`${org} ${name}: ${outcome.refusal.refused}, ${outcome.refusal.because}`);
      await pause(PAUSE_MS * tries);
    }
    throw new StartError(`${org} ${name}: no answer after ${TRIES_MAX} tries`);
  };

  const close = async (): Promise<void> => {
    for (const line of await Promise.all(lines.values())) await line.mesh.close();
  };
  return { send, ask, pause, close };
};
