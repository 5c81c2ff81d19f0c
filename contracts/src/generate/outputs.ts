import { readFileSync } from 'node:fs';
import { asyncApiYaml } from './asyncapi.ts';
import { catalogue } from './catalogue.ts';
import { fixtures } from './fixtures.ts';
import { referenceSource } from './reference.ts';
import { askSchemas, commandSchemas, eventSchemas, type JsonSchema } from './schemas.ts';

/** A file to write: its path from the contracts folder, and its text. */
export type Output = { path: string; text: string };

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const table = (name: string): string =>
  readFileSync(new URL(`../reference/data/${name}.csv`, import.meta.url), 'utf8');

const schemaFiles = (folder: string, schemas: readonly [string, JsonSchema][]): Output[] =>
  schemas.map(([name, schema]) => ({ path: `generated/schemas/${folder}/${name}.json`, text: json(schema) }));

/** All that derives from the tables; written again on every run. */
export const derived = (): Output[] => [
  {
    path: 'src/reference/table.gen.ts',
    text: referenceSource({
      forces: table('forces'),
      capabilities: table('capabilities'),
      tiers: table('tiers'),
      weights: table('weights'),
      floors: table('floors'),
    }),
  },
  ...schemaFiles('events', eventSchemas()),
  ...schemaFiles('commands', commandSchemas()),
  ...schemaFiles('asks', askSchemas()),
  { path: 'generated/asyncapi.yaml', text: asyncApiYaml() },
  { path: 'generated/events.md', text: catalogue() },
];

/** What is written once for a new type or version and never again: golden messages, and the schemas to compare with. */
export const lasting = (): Output[] => [
  ...fixtures().map(([name, fixture]) => ({ path: `fixtures/${name}`, text: json(fixture) })),
  ...eventSchemas().map(([type, schema]) => ({ path: `baseline/${type}.json`, text: json(schema) })),
];
