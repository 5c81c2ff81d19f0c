/** Request lines in one request. */
export const LINES_MAX = 50;
/** Forces asked by one request. */
export const RECIPIENTS_MAX = 49;
/** Offers accepted by one command; every capability is one message of the same atomic batch. */
export const ACCEPTED_OFFERS_MAX = 200;
/** Messages in one atomic append (the server's own limit is 1,000). */
export const APPEND_MESSAGES_MAX = 1_000;
/** Units, people or items a week in one advert, offer or line. */
export const QUANTITY_MAX = 10_000;
/** Largest weight of one term of a rank, in points for each of its units. */
export const WEIGHT_MAX = 10_000;
/** Availability windows in one advert. */
export const WINDOWS_MAX = 64;
/** Accreditations in one advert or line. */
export const ACCREDITATIONS_MAX = 32;
/** Characters in a free-text field that people write. */
export const TEXT_LENGTH_MAX = 1_000;
/** Characters in a name, a place or a desk. */
export const NAME_LENGTH_MAX = 120;
/** Bytes of the body of one event, command or answer to a command. */
export const BODY_BYTES_MAX = 262_144;
/** Rows that one page of an answer may hold. */
export const PAGE_ROWS_MAX = 1_000;
/** Milliseconds for which a query may wait for news. */
export const LONG_WAIT_MS_MAX = 25_000;
/** Minutes that a home force is given to confirm a reservation unless the request says otherwise. */
export const CONFIRM_WITHIN_MINUTES_DEFAULT = 30;
/** Shortest time to confirm, in minutes (one second); fractions are allowed, since drills run on short times. */
export const CONFIRM_WITHIN_MINUTES_MIN = 1 / 60;
/** Longest time to confirm, in minutes (seven days). */
export const CONFIRM_WITHIN_MINUTES_MAX = 10_080;
/** Longest advert life before renewal, in seconds (31 days). */
export const ADVERT_TTL_SECONDS_MAX = 2_678_400;
/** Milliseconds by which a sender's clock may be ahead of ours. */
export const CLOCK_SKEW_MS_MAX = 120_000;
