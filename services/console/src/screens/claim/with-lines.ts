import type { ClaimView } from '@muster/contracts';
import type { ActionRow } from '../../api/reads.ts';

/** The lines from which a form begins: those that are there, and of an answer those that were asked about. */
export const withLines = (row: ActionRow, claim: ClaimView | undefined): ActionRow => {
  if (!claim || (row.command !== 'claim-record' && row.command !== 'claim-answer')) return row;
  const asked = row.command === 'claim-answer' ? (claim.query?.lineIds ?? []) : [];
  const lines = claim.lines.filter(({ lineId }) => asked.length === 0 || asked.includes(lineId));
  return { ...row, target: { ...row.target, lines } };
};
