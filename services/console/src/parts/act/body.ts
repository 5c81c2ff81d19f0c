import type { BodySchema } from '../../api/schemas.ts';
import { penceOf } from '../../words/money.ts';
import { fromLocalInput, toLocalInput } from '../../words/time.ts';
import { at, branches, fieldsOf, isFixed, kindOf } from './kinds.ts';
import { isMark, rowOf, rowsOf } from './rows.ts';
import type { Written } from './written.ts';

type Known = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Known =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a suggestion belongs to a field. */
const partOf = (suggested: unknown, name: string): unknown =>
  isObject(suggested) ? suggested[name] : undefined;

const hasWritten = (written: Written, path: string): boolean =>
  Object.entries(written).some(
    ([key, text]) => key.startsWith(`${path}.`) && !isMark(key) && text.trim() !== '',
  );

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

const textValue = (schema: BodySchema, name: string, text: string, suggested: unknown): unknown => {
  if (text === '') return undefined;
  switch (kindOf(schema, name)) {
    case 'instant':
      // An input holds whole minutes only; what was not touched stays as it was to the millisecond.
      return typeof suggested === 'string' && toLocalInput(suggested) === text
        ? suggested
        : fromLocalInput(text);
    case 'money':
      return penceOf(text) ?? text;
    case 'number':
      return Number.isNaN(Number(text)) ? text : Number(text);
    case 'yes-no':
      return text === 'true';
    case 'choices':
    case 'words':
      return wordsOf(text);
    default:
      return text;
  }
};

type FieldOf = { schema: BodySchema; name: string; required: boolean };

const listValue = (
  { schema, required }: FieldOf,
  written: Written,
  path: string,
  suggested: unknown,
): unknown => {
  const rows = rowsOf(written, path).map((row) => {
    const known = rowOf(written, row, suggested);
    return {
      ...Object.fromEntries(Object.entries(known).filter(([name]) => name.endsWith('Id'))),
      ...objectOf(schema.items ?? {}, written, row, known),
    };
  });
  return rows.length > 0 || required ? rows : undefined;
};

const fieldValue = (field: FieldOf, written: Written, path: string, suggested: unknown): unknown => {
  const { schema, name, required } = field;
  const kind = kindOf(schema, name);
  if (kind === 'list') return listValue(field, written, path, suggested);
  if (kind === 'group') {
    // Nothing written of something that may be left out: it is left out.
    return required || hasWritten(written, path) ? objectOf(schema, written, path, suggested) : undefined;
  }
  if (kind === 'union') {
    const chosen = branches(schema).find((branch) => branch.kind === written[at(path, 'kind')]);
    return chosen && { kind: chosen.kind, ...objectOf(chosen.schema, written, path, suggested) };
  }
  const value = textValue(schema, name, (written[path] ?? '').trim(), suggested);
  // No words at all are a list too, where there has to be one.
  return value ?? (required && (kind === 'words' || kind === 'choices') ? [] : undefined);
};

const objectOf = (
  schema: BodySchema,
  written: Written,
  path: string,
  suggested: unknown,
): Record<string, unknown> =>
  Object.fromEntries(
    fieldsOf(schema).flatMap((field) => {
      const value = fieldValue(field, written, at(path, field.name), partOf(suggested, field.name));
      return value === undefined ? [] : [[field.name, value]];
    }),
  );

/** The body of a command: what the target fixes, and what the person has written. */
export const bodyOf = (schema: BodySchema, target: Known, written: Written): Record<string, unknown> => ({
  ...objectOf(schema, written, '', target),
  ...Object.fromEntries(Object.entries(target).filter(([name]) => isFixed(name))),
});
