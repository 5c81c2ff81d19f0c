import { expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from './refusals.ts';

const shape = z.strictObject({
  name: z.string().min(1).max(3),
  count: z.int().min(1).max(9),
  share: z.number().positive().lt(1),
  kind: z.enum(['unit', 'pool']),
  list: z.array(z.string()).min(1).max(2),
  choice: z.discriminatedUnion('does', [
    z.object({ does: z.literal('offer') }),
    z.object({ does: z.literal('decline') }),
  ]),
  code: z.string().regex(/^A/, 'must begin with A'),
});
const GOOD = {
  name: 'abc',
  count: 1,
  share: 0.5,
  kind: 'unit',
  list: ['x'],
  choice: { does: 'offer' },
  code: 'A',
};

const said = (change: object): Record<string, string> => {
  const parsed = shape.safeParse({ ...GOOD, ...change });
  const faults = parsed.success ? [] : faultsOf(parsed.error);
  return Object.fromEntries(faults.map(({ path, because }) => [path, because]));
};

it('says what a value must be, in words for whoever wrote it', () => {
  expect(said({ name: '', count: 0, share: 0, kind: 'ship', list: [], choice: { does: 'wait' } })).toEqual({
    name: 'must have at least 1 character',
    count: 'must be at least 1',
    share: 'must be more than 0',
    kind: 'must be one of unit, pool',
    list: 'must have at least 1 entry',
    'choice.does': 'must be one of offer, decline',
  });
  expect(
    said({ name: 'abcd', count: 10, share: 1, list: ['a', 'b', 'c'], code: 'B', colour: 'red' }),
  ).toEqual({
    name: 'must have at most 3 characters',
    count: 'must be at most 9',
    share: 'must be less than 1',
    list: 'must have at most 2 entries',
    code: 'must begin with A',
    '': 'has what is not known here: colour',
  });
});

it('tells what is missing from what is of another kind', () => {
  expect(said({ name: undefined, kind: undefined, count: 1.5, list: 'x', choice: 7 })).toEqual({
    name: 'is missing',
    kind: 'is missing',
    count: 'must be a whole number',
    list: 'must be a list',
    choice: 'must be an object with named fields',
  });
});
