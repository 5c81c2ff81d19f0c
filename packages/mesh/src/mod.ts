export { type ServerConfigOptions, serverConfig } from './accounts/config.ts';
export {
  type Entrance,
  entrancesOf,
  HUB_ACCOUNT,
  orgAccount,
  SYSTEM_ACCOUNT,
} from './accounts/interface.ts';
export { EXERCISE_RESET_SUBJECT } from './accounts/permissions.ts';
export { createMarkStore, type Mark, type MarkStore } from './alerts/marks.ts';
export { type AlertStore, type AlertWritten, createAlertStore, type StoredAlert } from './alerts/store.ts';
export {
  APPEND_DEADLINE_MS,
  type Appender,
  type AppenderOptions,
  createAppender,
  OPEN_BATCHES_MAX,
} from './append/append.ts';
export type { AppendOutcome, AppendRequest, Expectation, Writer } from './append/types.ts';
export {
  type AlertOutcome,
  type AskOutcome,
  CALL_DEADLINE_MS,
  type Caller,
  type CallOptions,
  type CommandInput,
  type CommandOutcome,
  createCaller,
} from './call/call.ts';
export { type Clock, systemClock } from './clock.ts';
export { type ConnectOptions, connect, inboxPrefixOf, type Mesh } from './connect/connect.ts';
export { ConnectError, type ConnectFault } from './connect/errors.ts';
export type { MessageContext } from './context.ts';
export { DEAD_LETTERS_MAX, listDead, replayDead, showDead } from './dead/dead.ts';
export { type Buried, bury, type Letter, type Origin } from './dead/letter.ts';
export type { DeadFilter, DeadLetter, DeadLetterDetail, Replayed } from './dead/types.ts';
export { type Decoded, decodeEvent, type RawEvent, type StoredEvent } from './decode.ts';
export { type Health, type HealthServer, serveHealth } from './health/health.ts';
export { stopOnSignal } from './health/stop.ts';
export {
  KeyError,
  type KeyReport,
  type MakeKeysOptions,
  makeKeys,
  publicKeys,
  readSeed,
} from './keys/keys.ts';
export { type Nkey, newSeed, nkeyOf } from './keys/nkey.ts';
export { HUB_USERS, type HubUser, orgUser, readerUser, SYSTEM_USER, usersOf } from './keys/users.ts';
export { project } from './project/project.ts';
export { EPOCH_KEY } from './project/stream.ts';
export type { IntegrityAlarm, Projection, ProjectOptions, Skipped } from './project/types.ts';
export { type AlertHandlers, serveAlertCommands } from './serve/alerts.ts';
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
  type CommandServerOptions,
  serveCommands,
} from './serve/commands.ts';
export {
  askForReset,
  type ExerciseResetBody,
  type ExerciseResetOutcome,
  serveExerciseReset,
} from './serve/exercise.ts';
export { type HomeDecisionHandler, serveHomeDecisions } from './serve/home.ts';
export type { Server } from './serve/loop.ts';
export { FIRST_EPOCH, type StreamOptions, streamDefinitions } from './streams/definitions.ts';
export type { Difference } from './streams/drift.ts';
export {
  ALERTS_DELIVER,
  ALL_FORCES,
  adapterDurable,
  adapterFilters,
  BROKER_ARM,
  BROKER_DUE,
  BROKER_HOME,
  durableDefinitions,
} from './streams/durables.ts';
export { type Applied, applyPlan, type Held, type Plan, type PlanStep, planStreams } from './streams/plan.ts';
export { type ExerciseState, exerciseState, resetExercise } from './streams/reset.ts';
export type { Definitions, DurableDefinition, StreamDefinition } from './streams/types.ts';
export { type Armed, type ArmOptions, armTimer, DUE_AT, LEDGER_SEQ, readDue } from './timers/timers.ts';
export { continueTrace, newTraceparent } from './trace.ts';
export type { Verdict, Worker, WorkMessage, WorkOptions } from './worker/types.ts';
export { work } from './worker/work.ts';
