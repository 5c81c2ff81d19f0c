/** Picks by numbers that follow from one seed alone. */
export type Dice = {
  /** A whole number from 0 up to, but not with, `limit`. */
  below(limit: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  pick<T>(list: readonly T[]): T | undefined;
  /** One of a list that is never empty. */
  of<T>(list: readonly [T, ...T[]]): T;
  /** One that fits, or none where none does; and now and then any. */
  prefer<T>(list: readonly T[], isFit: (one: T) => boolean): T | undefined;
};

const UINT32 = 4_294_967_296;
/** How seldom something is picked that does not fit: often enough to see every refusal. */
const UNFIT_ONCE_IN = 8;

/** The generator "mulberry32" (Tommy Ettinger, public domain): 32 bits of state, even over its whole period. */
export const createDice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / UINT32) * limit);
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
  return {
    below,
    once: (times) => below(times) === 0,
    pick,
    of: (list) => pick(list) ?? list[0],
    prefer(list, isFit) {
      return pick(below(UNFIT_ONCE_IN) === 0 ? list : list.filter(isFit));
    },
  };
};
