import type { Mode } from '@muster/contracts';
import type { Origin } from './letter.ts';

/** A dead letter, without its body; or what the server gave up without one. */
export type DeadLetter = {
  /** Sequence in the stream of dead letters: its name for a person. */
  seq: number;
  mode: Mode;
  owner: string;
  service: string;
  reason: string;
  because: string;
  /** None for what did not come from a stream, such as a row of a roster. */
  origin: Origin | undefined;
  /** When it was stored, as an instant. */
  storedAt: string;
  /** When it was last replayed with success, as an instant. */
  replayedAt: string | undefined;
};

/** A dead letter with what it holds. */
export type DeadLetterDetail = DeadLetter & { headers: [string, string][]; body: Uint8Array };

export type DeadFilter = {
  mode?: Mode;
  owner?: string;
  service?: string;
  reason?: string;
  includeReplayed?: boolean;
};

export type Replayed =
  | { kind: 'replayed'; seq: number }
  /** The handler still cannot deal with it. */
  | { kind: 'still-dead'; because: string }
  /** Nothing listens for it. */
  | { kind: 'no-worker'; because: string }
  /** It did not come from a stream, is gone from it, or was for nobody's worker: mend what it came from. */
  | { kind: 'not-replayable'; because: string }
  | { kind: 'not-found'; because: string }
  | { kind: 'unknown'; because: string };
