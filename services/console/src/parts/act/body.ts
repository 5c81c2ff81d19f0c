import type { BodySchema } from '../../api/schemas.ts';
import { fromLocalInput, toLocalInput } from '../../words/time.ts';

/** What a person has written, by the path of the field. */
export type Written = Readonly<Record<string, string>>;

export type Kind =
  | 'instant'
  | 'long-text'
  | 'text'
  | 'number'
  | 'yes-no'
  | 'choice'
  | 'choices'
  | 'words'
  | 'group'
  | 'union'
  | 'none';

/** Text of this length or more is written in a field of several lines, in characters. */
const LONG_TEXT_FROM = 500;

const branchesOf = ({ oneOf, anyOf }: BodySchema): readonly BodySchema[] => oneOf ?? anyOf ?? [];

const textKind = ({ enum: choices, pattern = '', maxLength = 0 }: BodySchema): Kind => {
  if (choices) return 'choice';
  if (pattern.includes('T\\d{2}:\\d{2}')) return 'instant';
  return maxLength >= LONG_TEXT_FROM ? 'long-text' : 'text';
};

/** How a field is asked for; `none` for what a form cannot ask. */
export const kindOf = (schema: BodySchema): Kind => {
  if (branchesOf(schema).length > 0)
    return branchesOf(schema).every((each) => each.properties?.kind?.const) ? 'union' : 'none';
  switch (schema.type) {
    case 'string':
      return textKind(schema);
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes-no';
    case 'object':
      return schema.properties ? 'group' : 'none';
    case 'array':
      if (schema.items?.type !== 'string') return 'none';
      return schema.items.enum ? 'choices' : 'words';
    default:
      return 'none';
  }
};

/** The branches of a union by the word that tells them apart. */
export const branches = (schema: BodySchema): { kind: string; schema: BodySchema }[] =>
  branchesOf(schema).map((each) => ({ kind: each.properties?.kind?.const ?? '', schema: each }));

/** What the address of a thing fixes; all else of a target is where the form starts from. */
const FIXED = /^(host|donor|force|accept|status|answer|decision|to|lineIds|unsolicited|.*Id)$/;
export const isFixed = (name: string): boolean => FIXED.test(name);

const SEPARATOR = '.';
export const at = (path: string, name: string): string => (path === '' ? name : `${path}${SEPARATOR}${name}`);

/** The fields of an object that a person is asked for: those that must be, and those that may be. */
export const fieldsOf = (
  schema: BodySchema,
  target: Readonly<Record<string, unknown>> = {},
): { name: string; schema: BodySchema; required: boolean }[] =>
  Object.entries(schema.properties ?? {})
    .filter(([name, field]) => name !== 'classification' && field.const === undefined)
    .filter(([name]) => !(name in target && isFixed(name)))
    .map(([name, field]) => ({ name, schema: field, required: schema.required?.includes(name) === true }));

/** Whether a form can ask for everything that has to be said. */
export const isAskable = (schema: BodySchema, target: Readonly<Record<string, unknown>> = {}): boolean =>
  fieldsOf(schema, target).every(({ schema: field, required }) => {
    if (!required) return true;
    const kind = kindOf(field);
    if (kind === 'group') return isAskable(field);
    if (kind === 'union') return branches(field).some((branch) => isAskable(branch.schema));
    return kind !== 'none';
  });

const hasWritten = (written: Written, path: string): boolean =>
  Object.entries(written).some(([key, text]) => key.startsWith(`${path}${SEPARATOR}`) && text.trim() !== '');

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

const fieldValue = (schema: BodySchema, written: Written, path: string): unknown => {
  const kind = kindOf(schema);
  const text = (written[path] ?? '').trim();
  if (kind === 'group') return objectOf(schema, written, path);
  if (kind === 'union') {
    const chosen = branches(schema).find((branch) => branch.kind === written[at(path, 'kind')]);
    return chosen && { kind: chosen.kind, ...objectOf(chosen.schema, written, path) };
  }
  if (text === '') return undefined;
  switch (kind) {
    case 'instant':
      return fromLocalInput(text);
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

const objectOf = (schema: BodySchema, written: Written, path: string): Record<string, unknown> =>
  Object.fromEntries(
    fieldsOf(schema).flatMap(({ name, schema: field, required }) => {
      const inner = at(path, name);
      // Nothing written of something that may be left out: it is left out.
      if (!required && kindOf(field) === 'group' && !hasWritten(written, inner)) return [];
      const value = fieldValue(field, written, inner);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The body of a command: what the target fixes, and what the person has written. */
export const bodyOf = (
  schema: BodySchema,
  target: Readonly<Record<string, unknown>>,
  written: Written,
): Record<string, unknown> => ({
  ...objectOf(schema, written, ''),
  ...Object.fromEntries(Object.entries(target).filter(([name]) => isFixed(name))),
});

/** Where a form starts from: what the target suggests, and now for what is told of this moment. */
export const startOf = (
  schema: BodySchema,
  target: Readonly<Record<string, unknown>>,
  now: number,
): Record<string, string> =>
  Object.fromEntries(
    fieldsOf(schema, target).flatMap(({ name, schema: field, required }): [string, string][] => {
      const suggested = target[name];
      const isInstant = kindOf(field) === 'instant';
      if (suggested !== undefined)
        return [[name, isInstant ? toLocalInput(String(suggested)) : String(suggested)]];
      return isInstant && required && /(^at$|At$)/.test(name) ? [[name, toLocalInput(now)]] : [];
    }),
  );
