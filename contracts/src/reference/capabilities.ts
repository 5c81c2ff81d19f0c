import { CAPABILITIES } from './table.gen.ts';

export type CapabilityCode = (typeof CAPABILITIES)[number];

const codes = new Map<string, CapabilityCode>(CAPABILITIES.map((row) => [row.code, row]));

/** The row of a capability code, restricted ones included, or undefined for an unknown code. */
export const findCapability = (code: string): CapabilityCode | undefined => codes.get(code);

/** True for a known code that may be shown on the mesh; covert and restricted codes are false. */
export const isAdvertisable = (code: string): boolean => codes.get(code)?.advertise === true;

/** Codes that may be advertised and asked for, in the order of the reference data. */
export const ADVERTISABLE_CODES: readonly string[] = CAPABILITIES.filter((row) => row.advertise).map(
  (row) => row.code,
);

/** Codes that match a whole code or a dotted prefix, such as `CY` for every cyber code. */
export const codesMatching = (codeOrPrefix: string): readonly string[] =>
  ADVERTISABLE_CODES.filter((code) => code === codeOrPrefix || code.startsWith(`${codeOrPrefix}.`));
