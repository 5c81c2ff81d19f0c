import type { BodySchema } from '../../api/schemas.ts';

export type Kind =
  | 'instant'
  | 'long-text'
  | 'text'
  | 'number'
  | 'money'
  | 'yes-no'
  | 'choice'
  | 'choices'
  | 'words'
  | 'group'
  | 'list'
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

const arrayKind = ({ items = {} }: BodySchema): Kind => {
  if (items.type === 'object') return isAskable(items) ? 'list' : 'none';
  if (items.type !== 'string') return 'none';
  return items.enum ? 'choices' : 'words';
};

/** How a field is asked for; `none` for what a form cannot ask. Amounts are known by their names. */
export const kindOf = (schema: BodySchema, name = ''): Kind => {
  if (branchesOf(schema).length > 0)
    return branchesOf(schema).every((each) => each.properties?.kind?.const) ? 'union' : 'none';
  switch (schema.type) {
    case 'string':
      return textKind(schema);
    case 'integer':
    case 'number':
      return name.endsWith('Pence') ? 'money' : 'number';
    case 'boolean':
      return 'yes-no';
    case 'object':
      return schema.properties ? 'group' : 'none';
    case 'array':
      return arrayKind(schema);
    default:
      return 'none';
  }
};

/** The branches of a union by the word that tells them apart. */
export const branches = (schema: BodySchema): { kind: string; schema: BodySchema }[] =>
  branchesOf(schema).map((each) => ({ kind: each.properties?.kind?.const ?? '', schema: each }));

/** What the address of a thing fixes; all else of a target is where the form starts from. */
const FIXED = /^(host|donor|force|accept|status|answer|decision|to|lineIds|basis|unsolicited|.*Id)$/;
export const isFixed = (name: string): boolean => FIXED.test(name);

const SEPARATOR = '.';
export const at = (path: string, name: string): string => (path === '' ? name : `${path}${SEPARATOR}${name}`);

/** Whether only one value is possible; the API describes it as a constant, or as a choice of one. */
const isSettled = ({ const: only, enum: choices }: BodySchema): boolean =>
  only !== undefined || choices?.length === 1;

/** The fields of an object that a person is asked for: those that must be, and those that may be. */
export const fieldsOf = (
  schema: BodySchema,
  target: Readonly<Record<string, unknown>> = {},
): { name: string; schema: BodySchema; required: boolean }[] =>
  Object.entries(schema.properties ?? {})
    .filter(([name, field]) => name !== 'classification' && !isSettled(field))
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
