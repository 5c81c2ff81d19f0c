import type { BodySchema } from '../../api/schemas.ts';
import { poundsOf } from '../../words/money.ts';
import { toLocalInput } from '../../words/time.ts';
import { at, fieldsOf, kindOf } from './kinds.ts';
import { startRows } from './rows.ts';

type Known = Readonly<Record<string, unknown>>;
type Entries = [path: string, text: string][];

const suggestedList = ({ items = {} }: BodySchema, path: string, rows: readonly Known[]): Entries => [
  ...startRows(path, rows.length, true),
  ...rows.flatMap((row, index) => suggestedFields(items, `${path}[${index}]`, row)),
];

const suggestedFields = (schema: BodySchema, path: string, suggested: Known): Entries =>
  fieldsOf(schema).flatMap(({ name, schema: field }) =>
    name in suggested ? suggestedEntries(field, name, at(path, name), suggested[name]) : [],
  );

/** What a field holds of a suggestion, as it is written into it. */
const suggestedEntries = (schema: BodySchema, name: string, path: string, value: unknown): Entries => {
  if (value === undefined) return [];
  switch (kindOf(schema, name)) {
    case 'instant':
      return [[path, toLocalInput(String(value))]];
    case 'money':
      return [[path, poundsOf(Number(value))]];
    case 'words':
    case 'choices':
      return [[path, (value as readonly string[]).join(', ')]];
    case 'group':
      return suggestedFields(schema, path, value as Known);
    case 'list':
      return suggestedList(schema, path, value as readonly Known[]);
    case 'union':
    case 'none':
      return [];
    default:
      return [[path, String(value)]];
  }
};

/** Where a form starts from: what the target suggests, now for what is told of this moment, and the rows that must be. */
export const startOf = (schema: BodySchema, target: Known, now: number): Record<string, string> =>
  Object.fromEntries(
    fieldsOf(schema, target).flatMap(({ name, schema: field, required }): Entries => {
      if (target[name] !== undefined) return suggestedEntries(field, name, name, target[name]);
      const kind = kindOf(field, name);
      if (kind === 'list') return startRows(name, required ? (field.minItems ?? 0) : 0, false);
      return kind === 'instant' && required && /(^at$|At$)/.test(name) ? [[name, toLocalInput(now)]] : [];
    }),
  );
