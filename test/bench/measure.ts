/** Rounds of each measurement unless `--rounds` says otherwise. */
const ROUNDS_DEFAULT = 5;

/**
 * Rounds of each measurement; baseline and ours take turns, so that both meet the same machine. Fewer than the
 * default only show that everything runs.
 * @throws RangeError for anything but a whole number from 1.
 */
const roundsOf = (args: readonly string[]): number => {
  const at = args.indexOf('--rounds');
  const rounds = at < 0 ? ROUNDS_DEFAULT : Number(args[at + 1]);
  if (Number.isInteger(rounds) && rounds > 0) return rounds;
  throw new RangeError('--rounds takes a whole number from 1');
};

export const ROUNDS = roundsOf(process.argv);

/** How often something happened in how long. */
export type Sample = { count: number; seconds: number };

export type Comparison = {
  name: string;
  /** Medians, per second. */
  baseline: number;
  ours: number;
  ratio: number;
  /** The ratio that we hold ourselves to, and whether it is a floor or a ceiling. */
  bar: number;
  holds: boolean;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
};

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

const rate = ({ count, seconds }: Sample): number => count / seconds;

/** Times one run of a job that does `count` things. */
export const timed = async (count: number, job: () => Promise<void>): Promise<Sample> => {
  const started = performance.now();
  await job();
  return { count, seconds: (performance.now() - started) / 1_000 };
};

/** One of several things that are measured in turns; round 0 only warms it up. */
export type Job = (round: number) => Promise<Sample>;

/** Runs them in turns, every second round in the opposite order, and gives the median rate of each. */
export const inTurns = async <K extends string>(jobs: Record<K, Job>): Promise<Record<K, number>> => {
  const entries = Object.entries<Job>(jobs).map(([key, job]) => ({ key, job, rates: [] as number[] }));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { job, rates } of round % 2 === 0 ? entries : entries.toReversed()) {
      const sample = await job(round);
      if (round > 0) rates.push(rate(sample));
    }
  }
  return Object.fromEntries(entries.map(({ key, rates }) => [key, median(rates)])) as Record<K, number>;
};

/** @param bar the least that ours ÷ baseline should be. */
export const comparison = (name: string, bar: number, baseline: number, ours: number): Comparison => {
  const ratio = ours / baseline;
  return { name, baseline, ours, ratio, bar, holds: ratio >= bar };
};

/** Runs both in turns and compares their median rates. */
export const compare = async (name: string, bar: number, baseline: Job, ours: Job): Promise<Comparison> => {
  const rates = await inTurns({ baseline, ours });
  return comparison(name, bar, rates.baseline, rates.ours);
};
