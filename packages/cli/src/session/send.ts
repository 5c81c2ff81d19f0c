import type { CommandName, CommandStored, Mode } from '@muster/contracts';
import type { Caller, CommandInput } from '@muster/mesh';
import type { CliError } from '../errors.ts';
import { isPassing, noServiceError, refusedError, unknownError } from './outcome.ts';

/** Tries of one command; all carry the same id, so that it is stored at most once. */
export const TRIES_MAX = 5;
/** Shortest time given to one try, in milliseconds. */
const TRY_MS_MIN = 500;
/** First pause between two tries, in milliseconds; it doubles. */
const PAUSE_MS = 100;

export type Sending = {
  caller: Caller;
  mode: Mode;
  org: string;
  traceparent: string;
  timeoutMs: number;
  now(): number;
  pause(ms: number): Promise<void>;
};

/**
 * Sends a command until there is a definite answer or the time is up.
 * @throws CliError refused, no service, or unknown. Once a try ended unknown, only a stored result or a
 * lasting refusal is definite: that no service answers afterwards says nothing about the try before.
 */
export const send = async <N extends CommandName>(
  { caller, mode, org, traceparent, timeoutMs, now, pause }: Sending,
  name: N,
  body: CommandInput<N>,
): Promise<CommandStored> => {
  const end = now() + timeoutMs;
  let unknown: CliError | undefined;
  let last: CliError | undefined;
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const left = end - now();
    if (left <= 0) break;
    if (attempt > 0) await pause(Math.min(PAUSE_MS * 2 ** (attempt - 1), left));
    const deadlineMs = Math.max(TRY_MS_MIN, (end - now()) / (TRIES_MAX - attempt));
    const outcome = await caller.command(mode, org, name, body, { deadlineMs, traceparent });
    switch (outcome.kind) {
      case 'stored':
        return outcome.reply;
      case 'refused':
        last = refusedError(outcome.refusal, body.commandId);
        if (!isPassing(outcome.refusal)) throw last;
        break;
      case 'no-service':
        last = noServiceError(name, outcome.because);
        break;
      case 'unknown':
        unknown = unknownError(name, body.commandId, outcome.because);
        break;
      default:
        outcome satisfies never;
    }
  }
  throw unknown ?? last ?? unknownError(name, body.commandId, 'the time was up before it could be sent');
};
