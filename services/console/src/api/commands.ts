import type { CommandBody, CommandName, FieldFault } from '@muster/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newCommandId } from '../clock.ts';
import { usePlace } from '../shell/place.ts';
import { type Place, post, withParameters } from './http.ts';
import { useMe } from './me.ts';
import { isPassing, type Problem, problemOf } from './problem.ts';

/** Tries with one id before the person is told that the outcome is not known. */
const TRIES_MAX = 5;
/** Time between them, in milliseconds. */
const TRY_AGAIN_MS = 1_500;

/** A command's body as the gateway takes it: the rest is set there. */
export type CommandInput<N extends CommandName> = Omit<
  CommandBody<N>,
  'commandId' | 'actor' | 'classification'
>;

type Stored = { commandId: string; seq: number; repeated: boolean };

/** One try; undefined when its outcome is not known. @throws ApiError when it is refused. */
const tryOnce = async (
  { mode, org }: Place,
  csrf: string,
  { name, body, commandId, role }: { name: CommandName; body: object; commandId: string; role?: string },
): Promise<Stored | undefined> => {
  const response = await post(withParameters(`/v1/${mode}/commands/${name}`, { as: org }), csrf, {
    body,
    headers: { 'idempotency-key': commandId, ...(role === undefined ? {} : { 'muster-role': role }) },
  });
  return response.status === 202 ? undefined : ((await response.json()) as Stored);
};

const waitMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How far a command is: sent and not yet answered, stored, refused, or with an outcome that is not known. */
export type Sending =
  | { state: 'idle' }
  | { state: 'sending' }
  | { state: 'stored'; commandId: string }
  | { state: 'refused'; problem: Problem }
  | { state: 'unknown' };

export type Commanding<N extends CommandName> = {
  sending: Sending;
  /** Fields at fault, as the API names them. */
  faults: readonly FieldFault[];
  /** Sends it; the id of the command once it is stored, undefined when it is not. */
  send(body: CommandInput<N>, role?: string): Promise<string | undefined>;
  clear(): void;
};

/**
 * Sends a command for the organisation of the page. The same body sent again goes out under the same id until
 * its outcome is known, so that neither a second click nor a lost answer does anything twice.
 */
export const useCommand = <N extends CommandName>(name: N): Commanding<N> => {
  const place = usePlace();
  const { csrf } = useMe();
  const queries = useQueryClient();
  const [sending, setSending] = useState<Sending>({ state: 'idle' });
  const open = useRef<{ text: string; commandId: string; busy: boolean }>(undefined);

  const send = async (body: CommandInput<N>, role?: string): Promise<string | undefined> => {
    const text = JSON.stringify(body);
    if (open.current?.busy) return undefined;
    if (open.current?.text !== text) open.current = { text, commandId: newCommandId(), busy: false };
    const { commandId } = open.current;
    open.current.busy = true;
    setSending({ state: 'sending' });
    try {
      for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
        const sent = { name, body, commandId, ...(role === undefined ? {} : { role }) };
        const stored = await tryOnce(place, csrf, sent).catch((error: unknown) => {
          if (isPassing(error)) return undefined;
          throw error;
        });
        if (stored) {
          open.current = undefined;
          setSending({ state: 'stored', commandId });
          void queries.invalidateQueries({ queryKey: [place.mode] });
          return commandId;
        }
        if (tries < TRIES_MAX) await waitMs(TRY_AGAIN_MS);
      }
      open.current.busy = false;
      setSending({ state: 'unknown' });
    } catch (error) {
      open.current = undefined;
      setSending({ state: 'refused', problem: problemOf(error) });
      void queries.invalidateQueries({
        queryKey: problemOf(error).code === 'no-session' ? ['me'] : [place.mode],
      });
    }
    return undefined;
  };

  return {
    sending,
    faults: sending.state === 'refused' ? (sending.problem.fields ?? []) : [],
    send,
    clear: () => setSending({ state: 'idle' }),
  };
};
