import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { asyncApi } from './asyncapi.ts';

const FOLDER = fileURLToPath(new URL('../../generated', import.meta.url));
const specification = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json');

const validator = () =>
  // The official schema is draft-07 with notes that strict mode does not know; formats are not its point here.
  new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(specification);

/** Every `$ref` in a document. */
const refsIn = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
};

const lookUp = (document: unknown, ref: string): unknown =>
  ref
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);

describe('the AsyncAPI document', () => {
  const document: unknown = parse(readFileSync(join(FOLDER, 'asyncapi.yaml'), 'utf8'));

  it('is valid by the official schema of AsyncAPI 3.0.0', () => {
    const validate = validator();
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  it('would not be valid with an unknown action or a channel that is no reference', () => {
    const validate = validator();
    const { operations, ...rest } = asyncApi();
    expect(
      validate({
        ...rest,
        operations: { a: { action: 'publish', channel: { $ref: '#/channels/request' } } },
      }),
    ).toBe(false);
    expect(validate({ ...rest, operations: { a: { action: 'send', channel: 'request' } } })).toBe(false);
    expect(Object.keys(operations).length).toBeGreaterThan(0);
  });

  it('refers only to what is there', () => {
    const missing = refsIn(document).filter((ref) =>
      ref.startsWith('#/') ? lookUp(document, ref) === undefined : !existsSync(join(FOLDER, ref)),
    );
    expect(missing).toEqual([]);
  });

  it('declares every parameter that an address names', () => {
    for (const [name, channel] of Object.entries(asyncApi().channels)) {
      if (channel.address === null || !('parameters' in channel)) continue;
      const named = [...channel.address.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(Object.keys(channel.parameters), name).toEqual(named);
      for (const parameter of Object.values(channel.parameters)) expect(parameter, name).not.toEqual({});
    }
  });
});
