import type { PlannedLine } from '@muster/contracts';
import type { Problem, ProblemColumn, ProblemLine } from '../optimum/problem.ts';
import { lineLabel } from './labels.ts';

type Row = PlannedLine['leftOut'][number];

/** What is looked up again and again while a plan is told. */
export type Told = {
  values: readonly number[];
  isProven: boolean;
  /** Places of each line's columns. */
  ofLine: ReadonlyMap<ProblemLine, number[]>;
  /** Places of the columns on one capability. */
  ofCapability: ReadonlyMap<string, number[]>;
};

const capabilityKey = ({ source }: ProblemColumn): string =>
  `${source.advert.data.force}/${source.advert.data.capabilityId}`;

export const toldOf = ({ columns }: Problem, values: readonly number[], isProven: boolean): Told => {
  const places = [...columns.keys()];
  const at = <T>(keyOf: (column: ProblemColumn) => T): Map<T, number[]> => {
    const found = new Map<T, number[]>();
    for (const place of places) {
      const column = columns[place];
      if (!column) continue;
      const key = keyOf(column);
      const known = found.get(key);
      if (known) known.push(place);
      else found.set(key, [place]);
    }
    return found;
  };
  return { values, isProven, ofLine: at(({ line }) => line), ofCapability: at(capabilityKey) };
};

/** Why the plan takes no more of a capability that could do more for the line. */
const idleReason = (
  { model, columns }: Problem,
  told: Told,
  place: number,
): { code: string; because: string } => {
  const column = columns[place];
  if (!column) throw new Error(`there is no column ${place}`);
  const elsewhere = (told.ofCapability.get(capabilityKey(column)) ?? []).filter(
    (other) => other !== place && (told.values[other] ?? 0) > 0,
  );
  if (elsewhere.length > 0) {
    const names = elsewhere.flatMap((other) => {
      const line = columns[other]?.line;
      return line ? [lineLabel(line)] : [];
    });
    return { code: 'used-elsewhere', because: `the plan sends its units to ${names.join(', ')}` };
  }
  const minimum = model.lines[model.columns[place]?.line ?? 0]?.minimum ?? 0;
  const assigned = (told.ofLine.get(column.line) ?? []).reduce(
    (sum, other) => sum + (told.values[other] ?? 0),
    0,
  );
  if (told.isProven && assigned === 0 && minimum > 1) {
    const because = `fewer than ${minimum} are of no use to the line, and so many cannot be had`;
    return { code: 'below-minimum', because };
  }
  return { code: 'not-proven', because: 'time ran out before the best use of it was found' };
};

/** Every capability of the line's code that does less for it than it might, and why. */
export const leftOutOf = (
  problem: Problem,
  told: Told,
  line: ProblemLine,
  isKnown: (donor: string, capabilityId: string) => boolean,
): Row[] => {
  const idle = (told.ofLine.get(line) ?? []).flatMap((place): Row[] => {
    const source = problem.columns[place]?.source;
    if (!source || (told.values[place] ?? 0) >= source.most) return [];
    const { force: donor, capabilityId } = source.advert.data;
    return [{ donor, capabilityId, reasons: [idleReason(problem, told, place)] }];
  });
  const others = line.leftOut.filter(({ donor, capabilityId }) => isKnown(donor, capabilityId));
  return [...idle, ...others].sort((a, b) => a.reasons.length - b.reasons.length);
};

/** How many capabilities each reason stands against, most first. */
export const countedReasons = (rows: readonly Row[]): PlannedLine['why'] => {
  const counts = new Map<string, number>();
  for (const { reasons } of rows) {
    for (const code of new Set(reasons.map((reason) => reason.code))) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([code, capabilities]) => ({ code, capabilities }))
    .sort((a, b) => b.capabilities - a.capabilities || (a.code < b.code ? -1 : 1));
};
