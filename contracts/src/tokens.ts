import { z } from 'zod';

/** Longest token that may stand in a subject, in characters. */
export const TOKEN_LENGTH_MAX = 64;

/** Longest command id, in characters; an event id is `<org>.<commandId>.<n>`. */
export const COMMAND_ID_LENGTH_MAX = 64;

const TOKEN = /^[a-z0-9][a-z0-9-]*$/;
const COMMAND_ID = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** True for a lower-case token that can neither be a wildcard nor hold a dot: `[a-z0-9][a-z0-9-]*`, at most 64 characters. */
export const isToken = (text: string): boolean => text.length <= TOKEN_LENGTH_MAX && TOKEN.test(text);

/** True for an id made by the sender of a command: `[A-Za-z0-9][A-Za-z0-9_-]*`, at most 64 characters. */
export const isCommandId = (text: string): boolean =>
  text.length <= COMMAND_ID_LENGTH_MAX && COMMAND_ID.test(text);

/**
 * Returns the token unchanged.
 * @throws RangeError when it could be read as a wildcard, a separator or more than one token.
 */
export const assertToken = (text: string): string => {
  if (!isToken(text)) {
    throw new RangeError(
      `"${text}" cannot stand in a subject: use 1 to ${TOKEN_LENGTH_MAX} of a-z, 0-9 and "-", starting with a letter or digit`,
    );
  }
  return text;
};

/**
 * Returns the id unchanged.
 * @throws RangeError when it is not a command id (see {@link isCommandId}).
 */
export const assertCommandId = (text: string): string => {
  if (!isCommandId(text)) {
    throw new RangeError(
      `"${text}" is not a command id: use 1 to ${COMMAND_ID_LENGTH_MAX} of letters, digits, "_" and "-"`,
    );
  }
  return text;
};

/** A subject token, such as a capability id. */
export const token = z
  .string()
  .regex(TOKEN, 'use a-z, 0-9 and "-", starting with a letter or digit')
  .max(TOKEN_LENGTH_MAX);

/** The id of a command, chosen once by its sender and sent again unchanged on a retry. */
export const commandId = z
  .string()
  .regex(COMMAND_ID, 'use letters, digits, "_" and "-", starting with a letter or digit')
  .max(COMMAND_ID_LENGTH_MAX);
