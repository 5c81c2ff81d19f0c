import { changeHome, type HomeLink, type LocalChange, showHome } from '@muster/adapter-kit';
import { isForce, type MusterEvent } from '@muster/contracts';
import type { HomeState } from '@muster/domain';
import { createAppender } from '@muster/mesh';
import { CliError, EXIT, usage } from '../errors.ts';
import { refusedError } from './outcome.ts';
import type { Session } from './session.ts';

/** Tries of one change; all carry the same command id. */
const TRIES_MAX = 3;

const linkOf = ({ org, mode, mesh, caller }: Session): HomeLink => {
  if (!isForce(org)) throw usage(`${org} has no home ledger; only forces lend and use capabilities`);
  return { force: org, mode, caller, appender: createAppender(mesh), clock: mesh.clock };
};

/** The force's own ledger, by capability. */
export const readHome = async (
  session: Session,
  capabilityId?: string,
): Promise<ReadonlyMap<string, HomeState>> => {
  const shown = await showHome(linkOf(session), capabilityId);
  if (shown.kind === 'home') return shown.states;
  throw new CliError({
    exit: EXIT.unreachable,
    code: 'no-answer',
    because: `The home ledger cannot be read: ${shown.because}`,
    remedy: 'muster doctor shows which services answer.',
  });
};

/** What a change wrote: nothing when the ledger said it already. */
export type HomeChange = { repeated: boolean; events: readonly MusterEvent[] };

/**
 * Writes a person's decision into the force's own ledger.
 * @throws CliError when it is refused, or when it is not known whether it was written.
 */
export const writeHome = async (session: Session, change: LocalChange): Promise<HomeChange> => {
  const link = linkOf(session);
  let because = '';
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const outcome = await changeHome(link, { ...change, traceparent: session.traceparent });
    switch (outcome.kind) {
      case 'stored':
        return { repeated: false, events: outcome.events };
      case 'nothing':
        return { repeated: true, events: [] };
      case 'refused':
        throw refusedError(outcome.refusal, change.commandId);
      case 'unavailable':
        because = outcome.because;
        break;
      default:
        outcome satisfies never;
    }
  }
  throw new CliError({
    exit: EXIT.unknown,
    code: 'unknown',
    because: `Whether it was written is not known: ${because}`,
    remedy: `Run the same command again with --command-id ${change.commandId}: it is written once, however often it is sent.`,
    commandId: change.commandId,
  });
};
