/** A source of numbers in [0, 1) that depends on its seed and keys alone. */
export type Random = () => number;

/** FNV-1a over UTF-16 units: turns a seed and its keys into 32 bits of state. */
const hash = (text: string): number => {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  }
  return state >>> 0;
};

/**
 * A mulberry32 stream for one subject of the draw, such as a force and a code. Each subject has its own
 * stream, so that a change to one row of the tables leaves every other row of the rosters as it was.
 */
export const randomFor = (seed: number, ...keys: readonly string[]): Random => {
  let state = hash([seed, ...keys].join('\u0000'));
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** A number in [from, to). */
export const between = (random: Random, from: number, to: number): number => from + (to - from) * random();

/** An integer in [from, to], both ends possible. */
export const integer = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/**
 * One of the items, all equally likely.
 * @throws RangeError when there are none.
 */
export const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('cannot pick from an empty list');
  return item;
};
