import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertCommandId,
  assertToken,
  COMMAND_ID_LENGTH_MAX,
  commandId,
  isCommandId,
  isToken,
  TOKEN_LENGTH_MAX,
  token,
} from './tokens.ts';

const SEPARATORS = /[.*>\s$]/;

describe('tokens', () => {
  it('hold nothing that a subject gives a meaning to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (isToken(text) || isCommandId(text)) expect(text).not.toMatch(SEPARATORS);
        if (text === '' || SEPARATORS.test(text)) expect(isToken(text) || isCommandId(text)).toBe(false);
      }),
    );
  });

  it('are judged alike by the function, the assertion and the schema', () => {
    const text = fc.oneof(fc.string({ maxLength: 70 }), fc.stringMatching(/^[A-Za-z0-9_-]{0,70}$/));
    const holds = (check: () => unknown): boolean => {
      try {
        check();
        return true;
      } catch (error) {
        if (error instanceof RangeError) return false;
        throw error;
      }
    };
    fc.assert(
      fc.property(text, (each) => {
        expect(token.safeParse(each).success).toBe(isToken(each));
        expect(holds(() => assertToken(each))).toBe(isToken(each));
        expect(commandId.safeParse(each).success).toBe(isCommandId(each));
        expect(holds(() => assertCommandId(each))).toBe(isCommandId(each));
      }),
    );
  });

  it('have an end', () => {
    expect(isToken('a'.repeat(TOKEN_LENGTH_MAX))).toBe(true);
    expect(isToken('a'.repeat(TOKEN_LENGTH_MAX + 1))).toBe(false);
    expect(isCommandId('A'.repeat(COMMAND_ID_LENGTH_MAX + 1))).toBe(false);
    expect(isToken('a\n')).toBe(false);
    expect(isCommandId('_a')).toBe(false);
  });
});
