import { type Rationale, rationale } from '@muster/contracts';
import { type Command, Option } from 'commander';
import { checked } from '../commands/written.ts';
import { usage } from '../errors.ts';
import { readDocument } from './file.ts';

/** The five elements of the National Decision Model, as flags. */
const ELEMENTS = {
  information: 'what is known',
  threatAndRisk: 'what threatens whom, and how badly',
  powersAndPolicy: 'under which powers and policy',
  options: 'what else could be done, and why not',
  actionAndReview: 'what is done, and when it is looked at again',
} as const satisfies Record<keyof Rationale, string>;

export type RationaleFlags = { rationale?: string } & Partial<Record<keyof Rationale, string>>;

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const addRationale = (command: Command): Command => {
  command.option('--rationale <file>', 'the five elements of the decision as YAML or JSON, instead of flags');
  for (const [name, help] of Object.entries(ELEMENTS)) {
    command.addOption(new Option(`${flagOf(name)} <text>`, help));
  }
  return command;
};

/** The rationale from a file or from flags; undefined when neither was given. */
export const readRationale = (flags: RationaleFlags): unknown => {
  const given = Object.fromEntries(
    Object.keys(ELEMENTS).flatMap((name) => {
      const value = flags[name as keyof Rationale];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const isGiven = Object.keys(given).length > 0;
  if (flags.rationale === undefined) return isGiven ? given : undefined;
  if (isGiven) throw usage('The rationale comes from --rationale or from flags, not both');
  return readDocument(flags.rationale);
};

export const rationaleOf = (flags: RationaleFlags): Rationale =>
  checked(rationale, (readRationale(flags) ?? {}) as Rationale, 'The rationale');
