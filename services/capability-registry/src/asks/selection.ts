import {
  ADVERTISABLE_CODES,
  codesMatching,
  type FieldFault,
  REGIONS,
  type Refusal,
  refuse,
} from '@muster/contracts';

/** Region of the forces that belong to none. */
const NO_REGION = 'national';

const SORTED_CODES: readonly string[] = [...ADVERTISABLE_CODES].sort();

/** `CY.FCCU` gives `CY` and itself. */
const prefixesOf = (code: string): string[] =>
  code.split('.').map((_, n, parts) => parts.slice(0, n + 1).join('.'));

/** Worked out once: every code and dotted prefix, with the codes that it means in the order of an answer. */
const BY_PREFIX: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(SORTED_CODES.flatMap(prefixesOf))].map((prefix) => [prefix, [...codesMatching(prefix)].sort()]),
);

/** Codes that the query means, in the order in which answers list them; all codes when it names none. */
export const codesOf = (codeOrPrefix: string | undefined): readonly string[] =>
  codeOrPrefix === undefined ? SORTED_CODES : (BY_PREFIX.get(codeOrPrefix) ?? []);

/** Refuses a code that matches nothing and a region that there is not, each with what would do. */
export const refuseUnknown = (query: {
  code?: string | undefined;
  region?: string | undefined;
}): Refusal | undefined => {
  const fields: FieldFault[] = [];
  if (query.code !== undefined && codesOf(query.code).length === 0) {
    fields.push({
      path: 'code',
      because: `"${query.code}" is no capability code, nor the first part of one; use one such as CY.FCCU, or CY for all cyber codes`,
    });
  }
  if (query.region !== undefined && query.region !== NO_REGION && !REGIONS.includes(query.region)) {
    fields.push({
      path: 'region',
      because: `"${query.region}" is no region; use one of ${[...REGIONS, NO_REGION].join(', ')}`,
    });
  }
  if (fields.length === 0) return undefined;
  return refuse('invalid', fields.map((field) => `${field.path}: ${field.because}`).join('; '), fields);
};
