import type { CommandName, Refusal } from '@muster/contracts';
import { CliError, EXIT } from '../errors.ts';

/** Refusals that say "send it again" and mean that nothing was stored. */
export const isPassing = (refusal: Refusal): boolean =>
  refusal.refused === 'unavailable' || refusal.refused === 'contention';

const REMEDIES: Readonly<Partial<Record<Refusal['refused'], string>>> = {
  'not-permitted': 'Check --as: only the organisation concerned may do this.',
  'not-found': 'Check the id, and --as: what an organisation may not see is not found either.',
  'command-id-reused': 'Leave --command-id out for a new command.',
  'clock-skew': "Set this machine's clock; muster doctor shows the difference.",
  unavailable: 'Run it again in a moment.',
  contention: 'Run it again in a moment.',
};

export const refusedError = (refusal: Refusal, commandId?: string): CliError =>
  new CliError({
    exit: refusal.refused === 'not-found' ? EXIT.notFound : EXIT.refused,
    code: refusal.refused,
    because: refusal.because,
    remedy: REMEDIES[refusal.refused],
    fields: refusal.fields,
    commandId,
  });

export const noServiceError = (what: string, because?: string): CliError =>
  new CliError({
    exit: EXIT.unreachable,
    code: 'no-service',
    because: because ?? `No service answers ${what}`,
    remedy: 'Nothing was stored. muster doctor shows which services answer.',
  });

export const noAnswerError = (what: string, because: string): CliError =>
  new CliError({
    exit: EXIT.unreachable,
    code: 'no-answer',
    because: `${what} was not answered: ${because}`,
    remedy: 'Nothing was changed by asking; run it again, or see muster doctor.',
  });

export const unknownError = (name: CommandName, commandId: string, because: string): CliError =>
  new CliError({
    exit: EXIT.unknown,
    code: 'unknown',
    because: `Whether ${name} was stored is not known: ${because}`,
    remedy: `Run the same command again with --command-id ${commandId}: it is stored once, however often it is sent.`,
    commandId,
  });
