import { z } from 'zod';

/** A schema as JSON Schema says it, as far as it matters to read text as its values. */
type Shape = {
  type?: string | string[];
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
};

/** JSON Schema of what is sent, for routes and their description. */
export const inputSchema = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
  return rest;
};

/** JSON Schema of what is answered. */
export const outputSchema = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'output',
    unrepresentable: 'any',
  });
  return rest;
};

const SEPARATOR = '.';

/** The parameters of a query: one for each field, those of a nested object with a dot between. */
export const flatProperties = (shape: Shape, prefix = ''): Record<string, Shape> =>
  Object.fromEntries(
    Object.entries(shape.properties ?? {}).flatMap(([name, field]) =>
      field.properties
        ? Object.entries(flatProperties(field, `${prefix}${name}${SEPARATOR}`))
        : [[`${prefix}${name}`, field]],
    ),
  );

const typesOf = (shape: Shape): string[] => [
  ...[shape.type ?? []].flat(),
  ...[...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].flatMap(typesOf),
];

/** Text as a value of the field's type; text that is none is left, for the schema to refuse. */
const readValue = (shape: Shape, text: string): unknown => {
  const types = typesOf(shape);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const isNumeric = types.includes('integer') || types.includes('number');
  return isNumeric && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

const place = (target: Record<string, unknown>, path: readonly string[], value: unknown): void => {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const inner = (Object.hasOwn(target, first) ? target[first] : {}) as Record<string, unknown>;
  target[first] = inner;
  place(inner, rest, value);
};

/** A query as its schema has it, out of parameters; `unknown` names those that there are not, `repeated` those that are no lists. */
export const readParameters = (
  shape: Shape,
  parameters: Readonly<Record<string, string | string[] | undefined>>,
): { query: Record<string, unknown>; unknown: string[]; repeated: string[] } => {
  const known = flatProperties(shape);
  const query: Record<string, unknown> = {};
  const unknown: string[] = [];
  const repeated: string[] = [];
  for (const [name, given] of Object.entries(parameters)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined || given === undefined) {
      unknown.push(name);
      continue;
    }
    const isList = typesOf(field).includes('array');
    const values = [given].flat().map((text) => readValue(field.items ?? field, text));
    if (!isList && values.length > 1) repeated.push(name);
    place(query, name.split(SEPARATOR), isList ? values : values[0]);
  }
  return { query, unknown, repeated };
};
