import { appendFileSync } from 'node:fs';
import type { AskAnswer, AskName, AskQuery, CommandName, CommandReply, Refusal } from '@muster/contracts';
import { type Caller, type CommandInput, createCaller, type Mesh } from '@muster/mesh';
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
  close(): Promise<void>;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param acknowledged file to which every stored command is added, for the checker. */
export const openPeople = (keysDir: string, url: string, acknowledged: string): People => {
  const lines = new Map<string, Promise<{ mesh: Mesh; caller: Caller }>>();
  const lineOf = (org: string): Promise<{ mesh: Mesh; caller: Caller }> => {
    const known = lines.get(org);
    if (known) return known;
    const opened = connectAs(keysDir, `${org}.actual`, url).then((mesh) => ({
      mesh,
      caller: createCaller(mesh),
    }));
    lines.set(org, opened);
    return opened;
  };

  const send: People['send'] = async (org, name, body) => {
    const { caller } = await lineOf(org);
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      const outcome = await caller.command('actual', org, name, body, { deadlineMs: TRY_MS });
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
    throw new Error(`${org} ${name} ${body.commandId}: no definite answer after ${TRIES_MAX} tries`);
  };

  const ask: People['ask'] = async (org, name, query) => {
    const { caller } = await lineOf(org);
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      const outcome = await caller.ask('actual', org, name, query, { deadlineMs: 30_000 });
      if (outcome.kind === 'answer') return outcome.answer;
      if (outcome.kind === 'refused')
        throw new Error(`${org} ${name}: ${outcome.refusal.refused}, ${outcome.refusal.because}`);
      await pause(PAUSE_MS * tries);
    }
    throw new Error(`${org} ${name}: no answer after ${TRIES_MAX} tries`);
  };

  const close = async (): Promise<void> => {
    for (const line of await Promise.all(lines.values())) await line.mesh.close();
  };
  return { send, ask, close };
};
