import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Body } from './bodies.ts';

type Answer = { content?: Record<string, { schema: object }> };
type Parameter = { name: string; in: string; required?: boolean };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Body }> };
  responses: Record<string, Answer>;
};

/** An address to be read from, with what has to be given with it. */
export type Read = { path: string; inPath: string[]; inQuery: string[] };

/** What a gateway says of its own answers. */
export type Described = {
  /** Every address under /v1 that is read. */
  reads: readonly Read[];
  /** Every address under /v1 to which something is sent, with the schema of its body. */
  sends: readonly { path: string; body: Body }[];
  /** What an answer has that the description does not say of it; nothing, if it is as described. */
  faultsOf(method: string, path: string, response: Response): Promise<string[]>;
};

const typeOf = (response: Response): string => response.headers.get('content-type')?.split(';')[0] ?? '';

/** Reads the description that a gateway gives of itself. */
export const readDescription = async (base: string): Promise<Described> => {
  const { paths } = (await (await fetch(`${base}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  // Schemas hold words of OpenAPI that JSON Schema does not know; formats have patterns beside them.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const validators = new Map<object, ValidateFunction>();
  const validatorOf = (schema: object): ValidateFunction => {
    const known = validators.get(schema) ?? ajv.compile(schema);
    validators.set(schema, known);
    return known;
  };
  const named = ({ parameters = [] }: Operation, place: string): string[] =>
    parameters.filter((each) => each.in === place && each.required === true).map(({ name }) => name);

  return {
    reads: Object.entries(paths).flatMap(([path, { get }]) =>
      get && path.startsWith('/v1/')
        ? [{ path, inPath: named(get, 'path'), inQuery: named(get, 'query') }]
        : [],
    ),
    sends: Object.entries(paths).flatMap(([path, { post }]) =>
      post && path.startsWith('/v1/')
        ? [{ path, body: post.requestBody?.content['application/json']?.schema ?? {} }]
        : [],
    ),
    faultsOf: async (method, path, response) => {
      const answers = paths[path]?.[method.toLowerCase()]?.responses ?? {};
      const { status } = response;
      const answer = answers[status] ?? answers[`${Math.floor(status / 100)}XX`];
      if (!answer) return [`${status} is not described`];
      const schema = answer.content?.[typeOf(response)]?.schema;
      if (!schema) return [`${status} is not described as "${typeOf(response)}"`];
      if (!/[/+]json$/.test(typeOf(response))) return [];
      const validate = validatorOf(schema);
      return validate(await response.json())
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
};
