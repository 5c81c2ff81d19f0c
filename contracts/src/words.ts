import { z } from 'zod';

/** A fault as zod hands it to whoever puts it into words. */
type Fault = z.core.$ZodRawIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with named fields',
};

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`;

const bounded = (origin: string, most: 'least' | 'most', bound: number | bigint, inclusive: boolean) => {
  if (origin === 'string') return `must have at ${most} ${bound} character${Number(bound) === 1 ? '' : 's'}`;
  if (origin === 'array') return `must have at ${most} ${bound} entr${Number(bound) === 1 ? 'y' : 'ies'}`;
  if (inclusive) return `must be at ${most} ${bound}`;
  return `must be ${most === 'least' ? 'more' : 'less'} than ${bound}`;
};

/** What a fault means, for whoever wrote the value; undefined leaves zod's own words. */
const wordsOf = (fault: Fault): string | undefined => {
  switch (fault.code) {
    case 'invalid_type':
      return fault.input === undefined ? 'is missing' : `must be ${KINDS[fault.expected] ?? fault.expected}`;
    case 'too_small':
      return bounded(fault.origin, 'least', fault.minimum, fault.inclusive ?? true);
    case 'too_big':
      return bounded(fault.origin, 'most', fault.maximum, fault.inclusive ?? true);
    case 'invalid_value':
      return fault.input === undefined ? 'is missing' : oneOf(fault.values);
    case 'unrecognized_keys':
      return `has what is not known here: ${fault.keys.join(', ')}`;
    case 'invalid_union':
      return Array.isArray(fault.options) ? oneOf(fault.options) : undefined;
    default:
      return undefined;
  }
};

z.config({ customError: wordsOf });
