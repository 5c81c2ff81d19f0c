/** One setting that is not as it should be. */
export type Difference = { setting: string; is: unknown; should: unknown };

type Settings = Readonly<Record<string, unknown>>;

/** Set once when the stream is made, and by a reset. */
const NOT_DRIFT = ['metadata', 'name', 'durable_name'];

/** The server leaves settings out that are off. */
const OFF = new Map<unknown, unknown>([
  [undefined, 'off'],
  [false, 'off'],
  [0, 'off'],
  ['', 'off'],
]);

const normal = (value: unknown): unknown => {
  if (OFF.has(value)) return 'off';
  return Array.isArray(value) ? JSON.stringify([...value].sort()) : value;
};

/** The settings of `should` that differ. */
export const differences = (is: Settings, should: Settings): Difference[] =>
  Object.keys(should)
    .filter((setting) => !NOT_DRIFT.includes(setting))
    .filter((setting) => normal(is[setting]) !== normal(should[setting]))
    .map((setting) => ({ setting, is: is[setting], should: should[setting] }));

/** Settings that the server does not change on what exists. */
const FIXED = ['storage', 'retention', 'deliver_policy', 'ack_policy', 'replay_policy', 'opt_start_seq'];
/** Guards that may be put on by a plan, and are taken off only by a person. */
const GUARDS = ['deny_delete', 'deny_purge'];
/** Limits that remove messages when they shrink. */
const LIMITS = ['max_msgs', 'max_bytes', 'max_age', 'max_msgs_per_subject'];

const unlimited = (value: unknown): number =>
  typeof value === 'number' && value > 0 ? value : Number.POSITIVE_INFINITY;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Why a difference is left to a person, or undefined when a plan may settle it. */
export const heldBecause = ({ setting, is, should }: Difference): string | undefined => {
  if (FIXED.includes(setting)) return `${setting} cannot be changed on what exists`;
  if (GUARDS.includes(setting) && is === true)
    return `${setting} would be taken off, and the server refuses that`;
  if (LIMITS.includes(setting) && unlimited(should) < unlimited(is)) {
    return `a smaller ${setting} would remove stored messages`;
  }
  if (setting === 'allow_rollup_hdrs' && should === true) return 'roll-ups let a publisher erase the stream';
  if (setting === 'subjects' && listOf(is).some((subject) => !listOf(should).includes(subject))) {
    return 'the stream would stop taking a subject';
  }
  return undefined;
};
