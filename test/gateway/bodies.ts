/** JSON Schema, as far as the bodies of commands use it. */
export type Body = {
  type?: string;
  properties?: Record<string, Body>;
  required?: string[];
  items?: Body;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Body[];
  oneOf?: Body[];
  pattern?: string;
  minimum?: number;
  minItems?: number;
};

/** The least that fits a schema, with what is known in every field of that name and in no other. */
export const bodyOf = (schema: Body, known: Readonly<Record<string, unknown>>, instant: string): unknown => {
  const [choice] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (choice) return bodyOf(choice, known, instant);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).filter(
        ([name]) => schema.required?.includes(name) || name in known,
      );
      return Object.fromEntries(
        fields.map(([name, of]) => [name, name in known ? known[name] : bodyOf(of, known, instant)]),
      );
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => bodyOf(schema.items ?? {}, known, instant));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 1);
    case 'boolean':
      return false;
    default:
      return schema.pattern?.includes('T\\d{2}') ? instant : 'x';
  }
};
