import { expect, test } from 'vitest';
import { z } from 'zod';
import { inputSchema, readParameters } from './parameters.ts';

const schema = inputSchema(
  z.object({
    code: z.string().optional(),
    limit: z.int().default(10),
    near: z.object({ lat: z.number(), lon: z.number() }).optional(),
    ended: z.boolean().optional(),
    forces: z.array(z.string()).optional(),
  }),
);

test('reads numbers, truth values, lists and nested objects as the schema has them', () => {
  const { query, unknown } = readParameters(schema, {
    code: '12',
    limit: '5',
    'near.lat': '51.5',
    'near.lon': '-0.5',
    ended: 'true',
    forces: 'kent',
  });
  expect(query).toEqual({
    code: '12',
    limit: 5,
    near: { lat: 51.5, lon: -0.5 },
    ended: true,
    forces: ['kent'],
  });
  expect(unknown).toEqual([]);
});

test('leaves what is no number for the schema to refuse', () => {
  expect(readParameters(schema, { limit: 'many' }).query).toEqual({ limit: 'many' });
});

test('names what was given twice and is no list', () => {
  expect(readParameters(schema, { limit: ['1', '2'], forces: ['kent', 'essex'] })).toEqual({
    query: { limit: 1, forces: ['kent', 'essex'] },
    unknown: [],
    repeated: ['limit'],
  });
});

test('names parameters that there are not, also those that every object has', () => {
  const { query, unknown } = readParameters(schema, { colour: 'red', __proto__x: '1', constructor: 'x' });
  expect(unknown).toEqual(['colour', '__proto__x', 'constructor']);
  expect(query).toEqual({});
});
