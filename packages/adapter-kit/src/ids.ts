import { createHash } from 'node:crypto';

const HASH_CHARS = 32;

/**
 * A command id that is a function of its parts, so that doing the same thing twice writes it once.
 * @param prefix a few letters that say what it is for.
 */
export const derivedId = (prefix: string, ...parts: readonly (string | number)[]): string =>
  `${prefix}-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, HASH_CHARS)}`;
