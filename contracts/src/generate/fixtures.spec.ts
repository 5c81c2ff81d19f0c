import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { envelopeHeaders, readEnvelope } from '../envelope.ts';
import { EVENT_TYPES, eventRow, type MusterEvent, subjectOf } from '../registry.ts';
import { parseSubject } from '../subjects.ts';
import { eventSchemas } from './schemas.ts';
import { filesIn } from './write.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const fixture = z.strictObject({
  subject: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.looseObject({}),
});
const fixtures = filesIn(ROOT, 'fixtures').map((path) => ({
  path,
  ...fixture.parse(JSON.parse(readFileSync(join(ROOT, path), 'utf8'))),
}));

const envelopeOf = (headers: Record<string, string>) => {
  const read = readEnvelope((name) => headers[name]);
  if (!read.ok) throw new Error(`${read.header} ${read.because}`);
  return read.envelope;
};

describe('golden messages', () => {
  it('exist for every type', () => {
    const types = new Set(fixtures.map((each) => each.headers['ce-type']));
    expect(EVENT_TYPES.filter((type) => !types.has(type))).toEqual([]);
  });

  it.each(fixtures)('$path is read as it was written', ({ path, subject, headers, body }) => {
    const envelope = envelopeOf(headers);
    expect(path.startsWith(`fixtures/${envelope.type}.`)).toBe(true);
    expect(Object.fromEntries(envelopeHeaders(envelope))).toEqual(headers);
    const data = eventRow(envelope.type).schema.parse(body);
    expect(data).toEqual(body);
    expect(subjectOf('actual', { type: envelope.type, data } as MusterEvent)).toBe(subject);
    expect(parseSubject(subject)).toMatchObject({ mode: 'actual' });
  });

  it.each(fixtures)('$path tolerates a field that a later writer adds', ({ headers, body }) => {
    const { schema } = eventRow(envelopeOf(headers).type);
    expect(schema.parse({ ...body, addedLater: 1 })).toEqual(body);
  });

  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  const validators = new Map(eventSchemas().map(([type, schema]) => [type, ajv.compile(schema)]));

  it.each(fixtures)(
    '$path fits its JSON Schema, and without a required field it does not',
    ({ headers, body }) => {
      const validate = validators.get(headers['ce-type'] ?? '');
      expect(validate?.(body), JSON.stringify(validate?.errors)).toBe(true);
      for (const name of Object.keys(body)) {
        const { [name]: _, ...rest } = body;
        const parses = eventRow(envelopeOf(headers).type).schema.safeParse(rest).success;
        expect(validate?.(rest), `without ${name}`).toBe(parses);
      }
    },
  );
});
