import type { ClaimView } from '@muster/contracts';
import { type ClaimState, isOpen } from '../claim/state.ts';
import { maySee } from './visibility.ts';

/** Whether the organisation takes part in the claim, as host or donor, or looks after one that does. */
export const maySeeClaim = (org: string, { host, donor }: ClaimState): boolean =>
  maySee(org, { host, donor });

/** A claim as those who may see it see it. */
export const claimViewOf = (state: ClaimState): ClaimView => {
  const { queriedBy: _, query, lines, ...claim } = state;
  return {
    ...claim,
    isSettled: !isOpen(state),
    lines: [...lines],
    ...(query && { query: { ...query, lineIds: [...query.lineIds] } }),
  };
};
