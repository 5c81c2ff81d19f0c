import type { ClaimView } from '@muster/contracts';
import type { Session } from '../session/session.ts';
import { commandIdOf } from './written.ts';

/** The ids and the actor that every command about a claim carries. */
export const claimHead = (
  session: Session,
  { donor, claimId }: Pick<ClaimView, 'donor' | 'claimId'>,
  { commandId }: { commandId?: string },
) => ({
  commandId: commandIdOf(session.io, commandId),
  actor: session.actor('finance'),
  donor,
  claimId,
});

export const claimNamed = ({ donor, host }: Pick<ClaimView, 'donor' | 'host'>): string =>
  `the claim of ${donor} on ${host}`;

export const CLAIM_ARGUMENT = [
  '<claim>',
  'its id (that of the deployment), or the unique beginning of it',
] as const;
