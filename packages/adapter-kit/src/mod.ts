// The public face of the adapter kit: what a force needs to write an adapter.
export { CONFIRMATION_FILE, describeHeld, readConfirmations } from './diff/confirmation.ts';
export {
  type Diff,
  type DiffInput,
  diffRoster,
  type Held,
  type Published,
  WITHDRAW_HELD_MIN,
  WITHDRAW_SHARE_MAX_DEFAULT,
} from './diff/diff.ts';
export { type ForceAdapter, startForce } from './force/force.ts';
export { type ForceLink, type HomeLink, type Taken, writerOf } from './force/link.ts';
export type { Blocked, Decider, ForceHealth, ForceOptions } from './force/options.ts';
export { ADAPTER_SERVICE, BAD_ROW } from './force/report.ts';
export { type CaughtUp, createHomeBook, type HomeBook, type HomeRecord } from './home/book.ts';
export {
  changeHome,
  type HomeShown,
  type LocalChange,
  type LocalOutcome,
  showHome,
} from './home/local.ts';
export { HOME_TRIES_MAX, type HomeWrite, writeHome } from './home/write.ts';
export {
  type Advertiser,
  type AdvertiserOptions,
  createAdvertiser,
  type Pass,
} from './publish/advertiser.ts';
export { resumeAdverts } from './publish/resume.ts';
export type { AdvertDraft } from './roster/draft.ts';
export { isRosterFile, readRosterFolder } from './roster/folder.ts';
export {
  CELL_CHARS_MAX,
  PROBLEMS_MAX,
  ROSTER_BYTES_MAX,
  ROSTER_FILES_MAX,
  ROSTER_ROWS_MAX,
  ROW_CHARS_MAX,
} from './roster/limits.ts';
export { describeProblem, type RosterProblem } from './roster/problems.ts';
export { mergeReadings, type RosterReading, type RosterRow, readRoster } from './roster/read.ts';
export { ROSTER_TIME_ZONE, readTime } from './roster/times.ts';
export { type RosterWatch, watchRoster } from './roster/watch.ts';
