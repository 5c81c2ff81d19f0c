import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { RULES_PREFIX } from './schemas.ts';

const texts = z.array(z.string());
const values = z.array(z.unknown());

/** The part of JSON Schema that our schemas use. */
type Node = {
  type?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Node>;
  required?: string[];
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  not?: unknown;
  pattern?: string;
  format?: string;
  multipleOf?: number;
  uniqueItems?: boolean;
  additionalProperties?: unknown;
  $comment?: string;
};
type Bounds = Record<(typeof LOWER)[number] | (typeof UPPER)[number], number | undefined>;

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const;
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const;

const node: z.ZodType<Node & Partial<Bounds>> = z.lazy(() =>
  z.looseObject({
    enum: values.optional(),
    properties: z.record(z.string(), node).optional(),
    required: texts.optional(),
    items: node.optional(),
    anyOf: z.array(node).optional(),
    oneOf: z.array(node).optional(),
    ...Object.fromEntries([...LOWER, ...UPPER].map((name) => [name, z.number().optional()])),
  }),
);
type Schema = z.infer<typeof node>;

/** Where something was tightened or taken away, and what. */
export type Break = { path: string; because: string };
type Say = (because: string) => void;

const compareFields = (before: Schema, after: Schema, path: string): Break[] => {
  const had = before.properties ?? {};
  const has = after.properties ?? {};
  const wasRequired = new Set(before.required);
  const isRequired = new Set(after.required);
  return [...new Set([...Object.keys(had), ...Object.keys(has)])].flatMap((name): Break[] => {
    const at = `${path}.${name}`;
    const [old, now] = [had[name], has[name]];
    if (!now) return [{ path: at, because: 'was removed' }];
    if (!old) return isRequired.has(name) ? [{ path: at, because: 'was added and is required' }] : [];
    const changed = wasRequired.has(name) !== isRequired.has(name);
    const because = `became ${isRequired.has(name) ? 'required' : 'optional'}`;
    return [...(changed ? [{ path: at, because }] : []), ...compare(old, now, at)];
  });
};

const compareValues = (before: Schema, after: Schema, say: Say): void => {
  const had = 'const' in before ? [before.const] : before.enum;
  const has = 'const' in after ? [after.const] : after.enum;
  if (!has) return;
  if (!had) say(`may only be ${has.join(', ')} now`);
  const gone = (had ?? []).filter((value) => !has.includes(value));
  if (gone.length > 0) say(`may no longer be ${gone.join(', ')}`);
};

const rulesOf = ({ $comment = '' }: Schema): string[] =>
  $comment.startsWith(RULES_PREFIX) ? $comment.slice(RULES_PREFIX.length).split('; ') : [];

const compareRules = (before: Schema, after: Schema, say: Say): void => {
  if (!isDeepStrictEqual(before.type, after.type)) say(`was ${before.type}, is ${after.type}`);
  for (const name of LOWER) {
    const now = after[name];
    if (now !== undefined && (before[name] ?? Number.NEGATIVE_INFINITY) < now)
      say(`${name} was raised to ${now}`);
  }
  for (const name of UPPER) {
    const now = after[name];
    if (now !== undefined && (before[name] ?? Number.POSITIVE_INFINITY) > now)
      say(`${name} was lowered to ${now}`);
  }
  for (const name of ['pattern', 'format', 'multipleOf', 'not'] as const) {
    if (after[name] !== undefined && !isDeepStrictEqual(before[name], after[name]))
      say(`has another ${name}`);
  }
  if (after.uniqueItems === true && before.uniqueItems !== true) say('may no longer repeat an item');
  if (after.additionalProperties === false && before.additionalProperties !== false)
    say('may no longer carry unknown fields');
  for (const rule of rulesOf(after).filter((each) => !rulesOf(before).includes(each)))
    say(`has a new rule: ${rule}`);
};

/** What tells the variants of a union apart: their constant fields. */
const tagOf = (variant: Schema): string =>
  Object.entries(variant.properties ?? {})
    .flatMap(([name, of]) => ('const' in of ? [`${name}=${of.const}`] : []))
    .join();

const compareVariants = (before: readonly Schema[], after: readonly Schema[], path: string): Break[] =>
  before.flatMap((old, index) => {
    const tag = tagOf(old);
    const now = tag === '' ? after[index] : after.find((each) => tagOf(each) === tag);
    const at = `${path}(${tag || index})`;
    return now ? compare(old, now, at) : [{ path: at, because: 'was removed' }];
  });

const compare = (before: Schema, after: Schema, path: string): Break[] => {
  const found: Break[] = [];
  const say: Say = (because) => found.push({ path, because });
  compareRules(before, after, say);
  compareValues(before, after, say);
  found.push(...compareFields(before, after, path));
  if (after.items && !before.items) say('has a rule for its items now');
  if (before.items && after.items) found.push(...compare(before.items, after.items, `${path}[]`));
  for (const union of ['anyOf', 'oneOf'] as const) {
    if (after[union] && !before[union]) say('is a union now');
    if (before[union]) found.push(...compareVariants(before[union], after[union] ?? [], path));
  }
  return found;
};

/**
 * What breaks a reader or an old event between two JSON Schemas of one type and version. Within a version
 * only optional fields, values of an enumeration and variants of a union may be added.
 */
export const breaksBetween = (before: unknown, after: unknown): Break[] =>
  compare(node.parse(before), node.parse(after), '$');
