import { fillInTurn, type Problem, strainOf } from '@muster/domain';

const MINUTE_MS = 60_000;

const minutesUntil = (now: string, then: string): number => (Date.parse(then) - Date.parse(now)) / MINUTE_MS;

/** What a way of assigning units achieves. */
export type Achieved = {
  units: number;
  meanArrivalMinutes: number;
  lateMinutes: number;
  worstStrain: number;
};

export const achieved = ({ model, columns }: Problem, values: readonly number[], now: string): Achieved => {
  let units = 0;
  let arrival = 0;
  let lateMinutes = 0;
  for (const [at, quantity] of values.entries()) {
    const source = columns[at]?.source;
    if (quantity === 0 || !source) continue;
    units += quantity;
    arrival += quantity * minutesUntil(now, source.arrival);
    lateMinutes += quantity * (model.columns[at]?.lateMinutes ?? 0);
  }
  const meanArrivalMinutes = units === 0 ? 0 : arrival / units;
  return { units, meanArrivalMinutes, lateMinutes, worstStrain: strainOf(model.strains, values) };
};

/** Line after line, the most urgent first, from the nearest that is left: what a desk does by telephone. */
export const nearestFirst = (problem: Problem, now: string): number[] => {
  const arrival = problem.columns.map(({ source }) => minutesUntil(now, source.arrival));
  return fillInTurn(problem.model, (a, b) => (arrival[a] ?? 0) - (arrival[b] ?? 0));
};
