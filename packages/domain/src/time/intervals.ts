import type { Interval } from '@muster/contracts';
import { later } from './instants.ts';

/** So much is taken over a span of time. */
export type Taken = Interval & { quantity: number };

/** True when the two share at least one instant; spans that only touch do not. */
export const overlaps = (a: Interval, b: Interval): boolean => a.from < b.to && b.from < a.to;

export const covers = (outer: Interval, inner: Interval): boolean =>
  outer.from <= inner.from && inner.to <= outer.to;

/** The most that is taken at any one instant of the span. */
export const peakOver = (taken: readonly Taken[], span: Interval): number => {
  const within = taken.filter((each) => overlaps(each, span));
  if (within.length < 2) return within[0]?.quantity ?? 0;
  const steps = within.flatMap(({ from, to, quantity }) => [
    { at: later(from, span.from), by: quantity },
    { at: to, by: -quantity },
  ]);
  // Ends come before starts at the same instant, since a span does not hold its own end.
  steps.sort((a, b) => (a.at === b.at ? a.by - b.by : a.at < b.at ? -1 : 1));
  let sum = 0;
  let peak = 0;
  for (const { by } of steps) {
    sum += by;
    if (sum > peak) peak = sum;
  }
  return peak;
};

/** What is left of `gross` over the whole span; never below zero. */
export const freeOver = (gross: number, taken: readonly Taken[], span: Interval): number =>
  Math.max(0, gross - peakOver(taken, span));
