/** Longest address of a request with its query, in characters. */
export const URL_LENGTH_MAX = 4_096;
/** Bytes of all headers of one request. */
export const HEADER_BYTES_MAX = 16_384;
/** Longest time in which a request must have arrived whole, in milliseconds. */
export const REQUEST_ARRIVES_MS_MAX = 15_000;
/** Longest time in which its headers must have arrived, in milliseconds. */
export const HEADERS_ARRIVE_MS_MAX = 10_000;
/** How often requests that are too slow are looked for, in milliseconds. */
export const SLOW_LOOK_EVERY_MS = 1_000;
/** Time for which a connection without a request is kept, in milliseconds. */
export const KEEP_ALIVE_MS = 10_000;
/** Connections of one gateway: streams of readers, and requests. */
export const CONNECTIONS_MAX = 4_096;
/** Requests of one session, or of one address without a session, in {@link RATE_WINDOW_MS}. */
export const REQUESTS_PER_WINDOW_MAX = 600;
/** Sign-ins begun from one address in {@link RATE_WINDOW_MS}. */
export const SIGN_INS_PER_WINDOW_MAX = 60;
export const RATE_WINDOW_MS = 60_000;
/** A session ends after this time without a request, in milliseconds (our assumption). */
export const SESSION_IDLE_MS = 30 * 60_000;
/** A session ends after this time in any case, in milliseconds: one long duty (our assumption). */
export const SESSION_MS_MAX = 12 * 3_600_000;
/** Sessions of one gateway; the least recently used one ends first. */
export const SESSIONS_MAX = 10_000;
/** Time between going to the identity server and coming back, in milliseconds. */
export const SIGN_IN_MS_MAX = 10 * 60_000;
/** Sign-ins under way in one gateway; the oldest is forgotten first. */
export const SIGN_INS_MAX = 10_000;
/** Seconds after which to try again when nothing answers for the broker. */
export const RETRY_AFTER_SECONDS = 2;
/** How long an answer waits for this gateway's own reading to reach a sequence, in milliseconds. */
export const CATCH_UP_MS = 2_000;
/** Events kept ready to be sent, for each mode; older ones are read from the stream again. */
export const RECENT_EVENTS_MAX = 20_000;
/** Characters of all of them together. */
export const RECENT_CHARACTERS_MAX = 64_000_000;
/** Old events read from the stream at one time, for one reader. */
export const FETCH_PARALLEL_MAX = 32;
/** Events of one piece that is read for a reader who catches up. */
export const CATCH_UP_PAGE = 500;
/** Ledger rows looked at in one step for such a reader. */
export const SCAN_ROWS_MAX = 20_000;
/** Readers of event streams on one gateway. */
export const READERS_MAX = 2_000;
/** Streams of one session: several pages and tabs. */
export const STREAMS_PER_SESSION_MAX = 16;
/** Bytes that may wait for one reader; one that is slower is told to resume and let go. */
export const READER_BACKLOG_BYTES_MAX = 262_144;
/** How long a reader who is let go has to take what waits for it, in milliseconds. */
export const LET_GO_MS = 5_000;
/** Time between two signs of life of a stream, in milliseconds, by default. */
export const HEARTBEAT_MS = 15_000;
/** More often would be work for nothing. */
export const HEARTBEAT_MS_MIN = 1_000;
/** Proxies commonly end a connection on which nothing came for a minute. */
export const HEARTBEAT_MS_MAX = 50_000;
/** Longest time that an event waits for others to be sent with, in milliseconds, when readers are many. */
export const GATHER_MS_MAX = 100;
/** Sending to all is followed by a rest of so many times the time that it took, within that limit. */
export const GATHER_REST = 3;
/** Readers for each of whom sending costs a tenth of a millisecond at most; more are gathered for longer. */
export const READERS_PER_GATHER_MS = 50;
/** Milliseconds after which a browser takes a lost stream up again. */
export const STREAM_RETRY_MS = 1_000;
/** Views in one piece of a snapshot. */
export const SNAPSHOT_PIECE = 100;
/** Notices of one list. */
export const NOTICES_MAX = 200;
/** Shortest time between two looks at what waits for somebody, in milliseconds; also between event and first look. */
export const NOTICES_GAP_MS = 250;
/** A look is followed by a rest of so many times the time that it took. */
export const NOTICES_REST = 4;
/** Rows of each list of a printed picture. */
export const PICTURE_ROWS_MAX = 2_000;
/** How long a new picture may take after it is due, in milliseconds; then the last one is out of date. */
export const PICTURE_DUE_MS = 60_000;
/** How long the server may take to answer before it counts as out of reach, in milliseconds. */
export const REACH_MS = 2_000;
/** Events of one export. */
export const EXPORT_EVENTS_MAX = 100_000;
/** Events looked at in one step of an export. */
export const EXPORT_PAGE = 1_000;
