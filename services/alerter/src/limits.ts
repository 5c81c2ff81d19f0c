/** How often what waits is looked at, in milliseconds. */
export const LOOK_EVERY_MS = 2_000;
/** A look is followed by a rest of at least so many times the time that it took. */
export const LOOK_REST = 4;
/** How often orders that have not been carried out are given once more, in milliseconds. */
export const MAKE_SURE_EVERY_MS = 30_000;
/** Minutes after which the next name of a list is called, unless the list says otherwise (our assumption). */
export const ESCALATE_AFTER_MINUTES = 10;
/** Minutes before its time within which something counts as pressing in quiet hours (our assumption). */
export const PRESSING_WITHIN_MINUTES = 60;
/** Names of one list. */
export const NAMES_MAX = 20;
/** Tries to give one message to a mail server or an address, before it becomes a dead letter. */
export const TRIES_MAX = 8;
/** Wait before the second try, in milliseconds; it doubles with each, up to the longest. */
export const AGAIN_AFTER_MS = 5_000;
export const AGAIN_AFTER_MS_MAX = 300_000;
/** Messages given at once. */
export const DELIVERIES_AT_ONCE = 8;
/** How long a mail server or an address may take to answer, in milliseconds. */
export const ANSWER_MS_MAX = 10_000;
/** Tries to note something on an alert against others who write to it. */
export const WRITES_MAX = 5;
/** Alerts that have ended are forgotten here after so long, in milliseconds; their stream keeps them. */
export const ENDED_KEPT_MS = 24 * 3_600_000;
