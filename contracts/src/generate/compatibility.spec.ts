import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isEventType } from '../registry.ts';
import { breaksBetween } from './compatibility.ts';
import { eventSchemas, jsonSchemaOf } from './schemas.ts';
import { filesIn } from './write.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const baselines = filesIn(ROOT, 'baseline').map((path) => ({
  type: basename(path, '.json'),
  before: JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as unknown,
}));

const json = (schema: z.ZodType) => jsonSchemaOf(schema, 'test', 'test', 'test');

const shape = {
  id: z.string().min(1).max(8),
  count: z.int().min(1).max(10),
  code: z.enum(['a', 'b']),
  note: z.string().optional(),
  lines: z
    .array(z.object({ lineId: z.string() }))
    .min(1)
    .max(5),
  entry: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('x'), at: z.string() }),
    z.object({ kind: z.literal('y') }),
  ]),
};
const before = z.object(shape);
const { note: _note, ...withoutNote } = shape;
const { count: _count, ...withoutCount } = shape;
const [x, y] = shape.entry.options;

const breaking: [name: string, after: z.ZodType, path: string][] = [
  ['a required field is added', before.extend({ more: z.string() }), '$.more'],
  ['a required field is removed', z.object(withoutCount), '$.count'],
  ['an optional field is removed', z.object(withoutNote), '$.note'],
  ['an optional field becomes required', before.extend({ note: z.string() }), '$.note'],
  ['a required field becomes optional', before.extend({ count: shape.count.optional() }), '$.count'],
  ['a field changes its type', before.extend({ count: z.string() }), '$.count'],
  ['a value of an enumeration is removed', before.extend({ code: z.enum(['a']) }), '$.code'],
  ['free text becomes an enumeration', before.extend({ id: z.enum(['a']) }), '$.id'],
  ['a minimum is raised', before.extend({ count: z.int().min(2).max(10) }), '$.count'],
  ['a maximum is lowered', before.extend({ count: z.int().min(1).max(9) }), '$.count'],
  ['a shortest length is raised', before.extend({ id: z.string().min(2).max(8) }), '$.id'],
  ['a longest length is lowered', before.extend({ id: z.string().min(1).max(7) }), '$.id'],
  ['a length is limited anew', before.extend({ note: z.string().max(9).optional() }), '$.note'],
  ['a pattern is added', before.extend({ id: z.string().min(1).max(8).regex(/^a/) }), '$.id'],
  ['more items are asked', before.extend({ lines: shape.lines.min(2) }), '$.lines'],
  [
    'fewer items are allowed',
    before.extend({
      lines: z
        .array(z.object({ lineId: z.string() }))
        .min(1)
        .max(4),
    }),
    '$.lines',
  ],
  [
    'an item changes',
    before.extend({
      lines: z
        .array(z.object({ lineId: z.int() }))
        .min(1)
        .max(5),
    }),
    '$.lines[].lineId',
  ],
  ['a variant is removed', before.extend({ entry: z.discriminatedUnion('kind', [x]) }), '$.entry(kind=y)'],
  [
    'a variant changes',
    before.extend({ entry: z.discriminatedUnion('kind', [x, y.extend({ at: z.string() })]) }),
    '$.entry(kind=y).at',
  ],
  ['unknown fields are refused', z.strictObject(shape), '$'],
  [
    'a rule is added that is a function',
    before.refine((value) => value.count > 1, 'must be more than one'),
    '$',
  ],
  [
    'a rule is added to a field',
    before.extend({ id: shape.id.refine((id) => id !== 'z', 'must not be z') }),
    '$.id',
  ],
];

const harmless: [name: string, after: z.ZodType][] = [
  ['nothing changes', z.object(shape)],
  ['an optional field is added', before.extend({ more: z.string().max(3).optional() })],
  ['a value of an enumeration is added', before.extend({ code: z.enum(['a', 'b', 'c']) })],
  ['a limit is widened', before.extend({ count: z.int().min(0).max(11), id: z.string() })],
  [
    'a variant is added, before the others',
    before.extend({ entry: z.discriminatedUnion('kind', [z.object({ kind: z.literal('z') }), x, y]) }),
  ],
  [
    'an optional field is added within an item',
    before.extend({
      lines: z
        .array(z.object({ lineId: z.string(), more: z.int().optional() }))
        .min(1)
        .max(5),
    }),
  ],
];

describe('the check for breaking changes', () => {
  it.each(breaking)('finds that %s', (_, after, path) => {
    const found = breaksBetween(json(before), json(after));
    expect(found.map((each) => each.path)).toContain(path);
  });

  it.each(harmless)('lets pass that %s', (_, after) => {
    expect(breaksBetween(json(before), json(after))).toEqual([]);
  });
});

describe('the event table', () => {
  const now = new Map(eventSchemas());

  it.each(baselines)('has not broken $type', ({ type, before: committed }) => {
    expect(isEventType(type), 'a type or version that was published may not be removed').toBe(true);
    expect(breaksBetween(committed, now.get(type))).toEqual([]);
  });
});
