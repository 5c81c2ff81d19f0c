export {
  APPEND_DEADLINE_MS,
  type Appender,
  type AppenderOptions,
  createAppender,
  OPEN_BATCHES_MAX,
} from './append/append.ts';
export type { AppendOutcome, AppendRequest, Expectation, Writer } from './append/types.ts';
export {
  type AskOutcome,
  CALL_DEADLINE_MS,
  type Caller,
  type CallOptions,
  type CommandInput,
  type CommandOutcome,
  createCaller,
} from './call/call.ts';
export {
  DEAD_LETTERS_MAX,
  type DeadFilter,
  type DeadLetter,
  type DeadLetterDetail,
  listDead,
  type Replayed,
  replayDead,
  showDead,
} from './dead/dead.ts';
export { type Buried, bury, type Letter, type Origin } from './dead/letter.ts';
export { type Decoded, decodeEvent, type RawEvent, type StoredEvent } from './decode.ts';
export { project } from './project/project.ts';
export { EPOCH_KEY } from './project/stream.ts';
export type { IntegrityAlarm, Projection, ProjectOptions, Skipped } from './project/types.ts';
export {
  ANSWER_BYTES_MAX,
  ASKS_IN_FLIGHT_MAX,
  type AskContext,
  type AskHandlers,
  type AskServerOptions,
  serveAsks,
} from './serve/asks.ts';
export {
  COMMANDS_IN_FLIGHT_MAX,
  type CommandContext,
  type CommandServerOptions,
  serveCommands,
} from './serve/commands.ts';
export type { Server } from './serve/loop.ts';
export { type Armed, type ArmOptions, armTimer, DUE_AT, LEDGER_SEQ, readDue } from './timers/timers.ts';
export { continueTrace, newTraceparent } from './trace.ts';
export type { Verdict, Worker, WorkMessage, WorkOptions } from './work/types.ts';
export { work } from './work/work.ts';
