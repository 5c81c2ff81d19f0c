/** The browser's clock, in milliseconds; the one place that reads it. */
export const nowMs = (): number => Date.now();

export const nowIso = (): string => new Date(nowMs()).toISOString();

/** A new id for a command. */
export const newCommandId = (): string => crypto.randomUUID();

/** A new name that nothing else in this browser has. */
export const newName = (): string => crypto.randomUUID();
