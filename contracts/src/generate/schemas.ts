import { z } from 'zod';
import { ASK_NAMES, ASKS, askReply } from '../asks.ts';
import { COMMAND_NAMES, COMMANDS, commandReply } from '../commands.ts';
import { EVENT_TYPES, eventRow } from '../registry.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What stands before the rules that JSON Schema cannot express, in the `$comment` of the place that they hold for. */
export const RULES_PREFIX = 'Also: ';

const messageOf = (error: unknown): string | undefined => {
  if (typeof error !== 'function') return undefined;
  const message: unknown = error({});
  return typeof message === 'string' ? message : undefined;
};

/** The rules of a schema that are functions, in the words in which they refuse. */
const rulesOf = (schema: z.core.$ZodType): string[] =>
  (schema._zod.def.checks ?? []).flatMap((check) => {
    const def = check._zod.def as z.core.$ZodCheckDef & { path?: PropertyKey[] };
    if (def.check !== 'custom') return [];
    const rule = messageOf(def.error) ?? 'a rule of its own';
    return [def.path === undefined ? rule : `${def.path.map(String).join('.')} ${rule}`];
  });

/**
 * A schema as JSON Schema, draft 2020-12, as a tolerant reader sees it: unknown fields are allowed, and a
 * field with a default may be left out.
 */
export const jsonSchemaOf = (
  schema: z.ZodType,
  id: string,
  title: string,
  description: string,
): JsonSchema => {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const rules = rulesOf(zodSchema);
      if (rules.length > 0) jsonSchema.$comment = `${RULES_PREFIX}${rules.join('; ')}`;
    },
  });
  return { $schema, $id: `urn:muster:${id}`, title, description, ...rest };
};

/** JSON Schema of the body of every event type. */
export const eventSchemas = (): [name: string, schema: JsonSchema][] =>
  EVENT_TYPES.map((type) => {
    const { schema, about } = eventRow(type);
    return [type, jsonSchemaOf(schema, `event:${type}`, type, about)];
  });

/** JSON Schema of the body of every command, and of the answer to all of them. */
export const commandSchemas = (): [name: string, schema: JsonSchema][] => [
  ...COMMAND_NAMES.map((name): [string, JsonSchema] => [
    name,
    jsonSchemaOf(COMMANDS[name], `command:${name}`, name, `Body of the command ${name}.`),
  ]),
  [
    'reply',
    jsonSchemaOf(
      commandReply,
      'command:reply',
      'reply',
      'Answer to a command: what was stored, or a refusal.',
    ),
  ],
];

/** JSON Schema of every query and of its answer. */
export const askSchemas = (): [name: string, schema: JsonSchema][] =>
  ASK_NAMES.flatMap((name): [string, JsonSchema][] => [
    [
      `${name}.query`,
      jsonSchemaOf(ASKS[name].query, `ask:${name}:query`, `${name} query`, `Body of the query ${name}.`),
    ],
    [
      `${name}.answer`,
      jsonSchemaOf(
        askReply<z.ZodType>(ASKS[name].answer),
        `ask:${name}:answer`,
        `${name} answer`,
        `Answer to the query ${name}, or a refusal.`,
      ),
    ],
  ]);
