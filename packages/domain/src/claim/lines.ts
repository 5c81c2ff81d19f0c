import type { ClaimLine } from '@muster/contracts';

/** Pence of all lines together. */
export const totalOf = (lines: readonly ClaimLine[]): number =>
  lines.reduce((sum, { amountPence }) => sum + amountPence, 0);

/** The lines with newer ones in the place of those of the same id, and new ones behind. */
export const mergedLines = (before: readonly ClaimLine[], newer: readonly ClaimLine[]): ClaimLine[] => {
  const byId = new Map(before.map((line) => [line.lineId, line]));
  for (const line of newer) byId.set(line.lineId, line);
  return [...byId.values()];
};
