/** A fault that a person can mend; shown as its message alone. */
export class StartError extends Error {}

/** What to say of something that was thrown. */
export const because = (error: unknown): string => (error instanceof Error ? error.message : String(error));
