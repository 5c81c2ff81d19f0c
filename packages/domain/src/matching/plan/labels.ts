import type { ProblemLine } from '../optimum/problem.ts';

/** A line as people name it. */
export const lineLabel = ({ host, requestId, line }: ProblemLine): string =>
  `${host}/${requestId} line ${line.lineId}`;
