/** One line that is short, as the optimum sees it. */
export type OptimumLine = {
  /** 0 is filled first. */
  rank: number;
  /** Units that it still needs. */
  need: number;
  /** Fewer units than this from the plan are of no use; at most 1 when any unit helps. */
  minimum: number;
};

/** Units of one capability that could go to one line. */
export type OptimumColumn = {
  line: number;
  most: number;
  /** Whole minutes after the start of the line at which each of them arrives. */
  lateMinutes: number;
  /** Pence sterling for each of them. */
  costPence: number;
};

/** At no instant may more than `most` units go out on these columns together. */
export type Limit = { columns: readonly number[]; most: number };

/** At some instant a donor has lent `lent` of `gross`, and these columns would come on top. */
export type Strain = { columns: readonly number[]; lent: number; gross: number };

/** A problem of assignment, free of names, times and places. */
export type OptimumModel = {
  lines: readonly OptimumLine[];
  columns: readonly OptimumColumn[];
  limits: readonly Limit[];
  strains: readonly Strain[];
};

/** `least ≤ Σ factor × column ≤ most`; a factor that is left out is 1. */
export type Row = {
  columns: readonly number[];
  factors?: readonly number[];
  least?: number;
  most?: number;
};

/** A linear programme without its objective; every variable lies between 0 and its `most`. */
export type Programme = {
  most: readonly number[];
  /** Variables in whole numbers only; the values of the others may turn out whole. */
  integers: readonly number[];
  rows: readonly Row[];
};

/** What a solver says: an optimum, that there is none, or that it ran out of time. */
export type Solved =
  | { kind: 'optimal'; values: readonly number[] }
  | { kind: 'infeasible' }
  | { kind: 'stopped'; values?: readonly number[] };

/** One programme, solved again and again: each time from where the last solution was left. */
export type Session = {
  /** One factor for each variable. */
  solve(minimise: readonly number[]): Solved;
  /** What one unit more of each variable makes the objective at the optimum just solved; not for whole numbers. */
  prices(): readonly number[];
  /**
   * Keeps to the solutions that are as good as the optimum just solved: what its dual prices say can only make
   * it worse is fixed where it is. Not for whole numbers, which have no such prices.
   */
  keep(): void;
  /** No longer uses these variables. */
  forbid(variables: readonly number[]): void;
  /** @returns the place of the first of these rows, for {@link Session.cap}. */
  add(rows: readonly Row[]): number;
  /** The most of each row from a place on. */
  cap(from: number, most: readonly number[]): void;
  /** Gives back what the solver holds. */
  end(): void;
};

export type Solver = (programme: Programme) => Session;

/** The objectives, in the order in which they are met; `fill` once for each rank of lines. */
export type Stage = {
  stage: 'fill' | 'lateness' | 'strain' | 'cost';
  rank?: number;
  /** Units, unit minutes, the largest share lent, or pence. */
  value: number;
  /** How far the value may be from the best, as a share of it; 0 when it is proven to be the best. */
  gap: number;
};

export type Optimum = { values: readonly number[]; stages: readonly Stage[] };
