/** JSON Schema, as far as the bodies of commands use it. */
export type BodySchema = {
  type?: string;
  properties?: Record<string, BodySchema>;
  required?: string[];
  items?: BodySchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: BodySchema[];
  oneOf?: BodySchema[];
  pattern?: string;
  minimum?: number;
  minItems?: number;
};

/** Stands for whatever a person will write. */
const WORD = 'x';

const isInstantPattern = (pattern: string | undefined): boolean =>
  pattern?.includes('\\d{4}-\\d{2}-\\d{2}T') === true;

/**
 * A value that fits a schema: the ids that are known by the name of their field, an instant a little ahead, and
 * else the least that fits. What a person would write must not matter to whether they may write it.
 */
export const sampleOf = (
  schema: BodySchema,
  known: Readonly<Record<string, unknown>>,
  soon: string,
): unknown => {
  const [choice] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (choice) return sampleOf(choice, known, soon);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {});
      const wanted = properties.filter(([name]) => schema.required?.includes(name) || name in known);
      return Object.fromEntries(
        wanted.map(([name, field]) => [name, name in known ? known[name] : sampleOf(field, known, soon)]),
      );
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, known, soon));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0);
    case 'boolean':
      return false;
    default:
      return isInstantPattern(schema.pattern) ? soon : WORD;
  }
};
