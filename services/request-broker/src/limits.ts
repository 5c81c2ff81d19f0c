/** Longest that one command may take here, in milliseconds; past it the sender gets no answer (unknown). */
export const COMMAND_DEADLINE_MS = 10_000;
/** Tries of one decision against a ledger that others change at the same time. */
export const ATTEMPTS_MAX = 60;
/** Longest pause before a try is repeated when the server does not say what changed, in milliseconds. */
export const RETRY_PAUSE_MS_MAX = 20;
/** How long an append with an unknown end may take to show up before it is tried again, in milliseconds. */
export const UNKNOWN_WAIT_MS = 500;
/** Longest wait for this replica's own reading to reach a sequence, in milliseconds. */
export const CATCH_UP_MS = 5_000;
/** Commands in work at one time in one process; more are refused as unavailable. */
export const COMMANDS_IN_FLIGHT_MAX = 512;
/** Genesis records written by one append. */
export const GENESIS_BATCH_MAX = 500;
/** Stored events kept in memory for readers, for each stream; older ones are read from the stream. */
export const RECENT_EVENTS_MAX = 10_000;
/** Ledger rows looked at for one page of events; a page that sees none of its own tells where to go on. */
export const SCAN_ROWS_MAX = 100_000;
/** Ledger rows that one step of a search through all of them collects. */
export const PAGE_SCAN_ROWS = 10_000;
/** Old events fetched from the stream at one time. */
export const FETCH_PARALLEL_MAX = 32;
/** How often passed deadlines and home decisions without an effect are looked for, in milliseconds. */
export const SWEEP_INTERVAL_MS = 5_000;
/** How long a home decision may be without an effect before another replica takes it up, in milliseconds. */
export const HOME_PATIENCE_MS = 5_000;
/** Places in one question to a table of roads; OSRM's own default is 100 (its option max-table-size). */
export const TABLE_PLACES_MAX = 100;
/** Questions to a table of roads for one ranking; places beyond them go by the straight line. */
export const TABLE_QUESTIONS_MAX = 8;
/** Tries of one question after the first. */
export const TABLE_RETRIES = 2;
/** Pause before the first of them, in milliseconds; the next is twice as long. */
export const TABLE_RETRY_PAUSE_MS = 50;
/** Longest wait for one answer, in milliseconds. */
export const TABLE_ANSWER_MS = 700;
/** Longest that a ranking waits for roads in all, in milliseconds. */
export const TABLE_DEADLINE_MS = 2_000;
/** How long a plan may look up roads before it goes on with those that it has, in milliseconds. */
export const PLAN_ROADS_MS = 1_000;
/** How long a table of roads that failed is left alone, in milliseconds; rankings in between go by the straight line. */
export const TABLE_REST_MS = 30_000;
/** Start-up timers armed at one time. */
export const ARM_PARALLEL_MAX = 32;
/** Pause before a message whose effect could not be stored is tried again, in milliseconds. */
export const WORK_RETRY_MS = 500;
/** Messages of one durable in work at a time; decisions about different bookings do not wait for each other. */
export const WORK_PARALLEL = 16;
/** Plans that wait for the one solver of this process; more are refused as unavailable. */
export const PLANS_WAITING_MAX = 8;
/** How long beyond its time limit a plan may take, for stating the problem and telling the answer, in milliseconds. */
export const PLAN_GRACE_MS = 5_000;
/** How long the solver's thread is kept without work, in milliseconds: a warm one answers in half the time. */
export const PLANNER_IDLE_MS = 600_000;
