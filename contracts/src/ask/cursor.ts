import { z } from 'zod';
import { instant } from '../time.ts';
import { isCommandId, isToken } from '../tokens.ts';

/** Longest cursor, in characters. */
export const CURSOR_LENGTH_MAX = 200;

const isRowKey = (text: string): boolean => {
  const [at, org, id, ...rest] = text.split('/');
  return (
    rest.length === 0 && instant.safeParse(at).success && !!org && !!id && isToken(org) && isCommandId(id)
  );
};

/**
 * Where a page of rows in time order goes on: `<instant>/<organisation>/<id>` of the last row given. One that no such
 * query gave is refused, since any text would be some place in the order.
 */
export const rowCursor = z.string().max(CURSOR_LENGTH_MAX).refine(isRowKey, {
  error: 'is not one that this query gave; ask again without it',
});
