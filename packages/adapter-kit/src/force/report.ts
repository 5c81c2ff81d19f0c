import { bury } from '@muster/mesh';
import { describeHeld } from '../diff/confirmation.ts';
import type { Held } from '../diff/diff.ts';
import { describeProblem } from '../roster/problems.ts';
import type { RosterReading } from '../roster/read.ts';
import type { ForceLink } from './link.ts';

/** Service name under which an adapter's dead letters stand. */
export const ADAPTER_SERVICE = 'force-adapter';
/** Reason of the dead letter that holds the bad rows of one state of a roster. */
export const BAD_ROW = 'bad-row';
/** Problems logged one by one for one reading; the dead letter holds more. */
const LOGGED_MAX = 20;
/** Problems in one dead letter. */
const LETTER_PROBLEMS_MAX = 200;

/** Tells people about a roster: once for each state of it, however often it is read. */
export type Reporter = {
  problems(reading: RosterReading): Promise<void>;
  held(held: Held | undefined): void;
};

export const createReporter = (link: ForceLink): Reporter => {
  let told: string | undefined;
  let toldHeld: string | undefined;

  const bad = async (reading: RosterReading): Promise<void> => {
    const lines = reading.problems.map(describeProblem);
    for (const problem of lines.slice(0, LOGGED_MAX)) link.log.warn({ problem }, 'bad row');
    if (lines.length > LOGGED_MAX) {
      link.log.warn({ problems: reading.problemsTotal }, 'more bad rows; the dead letter holds them');
    }
    const problems = reading.problems.slice(0, LETTER_PROBLEMS_MAX);
    const letter = { digest: reading.digest, total: reading.problemsTotal, problems };
    const buried = await bury(link.mesh, {
      mode: link.mode,
      owner: link.force,
      service: ADAPTER_SERVICE,
      reason: BAD_ROW,
      because: `${lines[0]}${lines.length > 1 ? ` (and ${reading.problemsTotal - 1} more)` : ''}`,
      body: new TextEncoder().encode(JSON.stringify(letter)),
    });
    // Told again with the next reading when it could not be stored.
    if (buried.kind === 'stored') told = reading.digest;
    else link.log.warn({ because: buried.because }, 'the dead letter of the bad rows is not stored yet');
  };

  return {
    problems: async (reading) => {
      if (reading.problemsTotal > 0 && told !== reading.digest) await bad(reading);
      if (reading.problemsTotal === 0) told = undefined;
    },
    held: (held) => {
      if (held && held.digest !== toldHeld) link.log.error({ digest: held.digest }, describeHeld(held));
      toldHeld = held?.digest;
    },
  };
};
