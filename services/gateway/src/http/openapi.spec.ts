import { ASK_NAMES, COMMAND_NAMES } from '@muster/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bare, bareGateway } from '../testing/bare.ts';

type Answer = { content?: Record<string, { schema: object }> };
type Operation = {
  operationId?: string;
  tags?: string[];
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  responses: Record<string, Answer>;
  description?: string;
  security?: Record<string, string[]>[];
};
type Document = {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
};

let bare: Bare;
let document: Document;
beforeAll(async () => {
  bare = await bareGateway();
  document = (await bare.app.inject('/openapi.json')).json();
});
afterAll(() => bare?.close());

const operations = (): { at: string; operation: Operation }[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ at: `${method} ${path}`, operation })),
  );
const without = (holds: (operation: Operation, at: string) => boolean): string[] =>
  operations()
    .filter(({ at, operation }) => !holds(operation, at))
    .map(({ at }) => at);

describe('the description of the API', () => {
  it('is OpenAPI 3.1 by the specification’s own schema', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
  });

  it('would not be with a parameter in no place, or an operation that answers nothing', async () => {
    const path = '/v1/{mode}/board';
    const broken = structuredClone(document);
    broken.paths[path]?.get?.parameters?.push({ name: 'x', in: 'nowhere', schema: {} });
    expect((await new Validator().validate(broken)).valid).toBe(false);
    const silent = structuredClone(document);
    Object.assign(silent.paths[path]?.get ?? {}, { responses: { 200: {} } });
    expect((await new Validator().validate(silent)).valid).toBe(false);
  });

  it('has every command and every query, each operation under a name of its own and a tag that is told', () => {
    const names = operations().map(({ operation }) => operation.operationId);
    expect(names).toEqual(expect.arrayContaining([...COMMAND_NAMES, ...ASK_NAMES]));
    expect(new Set(names).size).toBe(names.length);
    const tags = document.tags.map(({ name }) => name);
    expect(without(({ operationId, summary }) => operationId !== undefined && summary !== undefined)).toEqual(
      [],
    );
    expect(without((operation) => operation.tags?.every((tag) => tags.includes(tag)) === true)).toEqual([]);
  });

  it('says of each operation what shows who is asking, and for whom commands and queries are', () => {
    const needs = ({ security }: Operation): string =>
      (security ?? []).map((one) => Object.keys(one).join()).join(' or ');
    const due = (at: string): string =>
      /^get \/auth\//.test(at) ? '' : at.startsWith('get ') ? 'session' : 'session,csrf';
    expect(without((operation, at) => needs(operation) === due(at))).toEqual([]);
    expect(document.paths['/v1/{mode}/commands/request-approve']?.post?.description).toBe(
      'For approver, ricc, national-centre.',
    );
    const tables: readonly string[] = [...COMMAND_NAMES, ...ASK_NAMES];
    expect(
      without(
        ({ operationId = '', description = '' }) =>
          !tables.includes(operationId) || /^For .+\.$/.test(description),
      ),
    ).toEqual([]);
  });

  it('declares what each address holds', () => {
    const holds = ({ parameters = [] }: Operation, at: string): boolean =>
      [...at.matchAll(/\{(\w+)\}/g)].every(([, name]) =>
        parameters.some((each) => each.name === name && each.in === 'path' && each.required === true),
      );
    expect(without(holds)).toEqual([]);
  });

  it('says of every operation under /v1 what it answers, and that problems come as RFC 9457 has them', () => {
    const told = (answer: Answer | undefined): boolean =>
      Object.values(answer?.content ?? {}).some(({ schema }) => Object.keys(schema).length > 0);
    expect(without(({ responses }, at) => !at.includes('/v1/') || told(responses['200']))).toEqual([]);
    expect(
      without(
        ({ responses }, at) =>
          !at.includes('/v1/') || responses['4XX']?.content?.['application/problem+json'] !== undefined,
      ),
    ).toEqual([]);
  });
});
