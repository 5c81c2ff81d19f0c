import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { match } from 'ts-pattern';
import type { Held } from './diff.ts';

/** File in a roster folder that confirms held withdrawals, one digest a line. */
export const CONFIRMATION_FILE = 'CONFIRM-WITHDRAWAL';

/** Capability ids printed in one message. */
const IDS_SHOWN_MAX = 5;

/** Digests that a person has confirmed; a file that is not there confirms nothing. */
export const readConfirmations = async (folder: string): Promise<ReadonlySet<string>> => {
  try {
    const text = await readFile(join(folder, CONFIRMATION_FILE), 'utf8');
    return new Set(text.split(/\s+/).filter((word) => word !== ''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Set();
    throw error;
  }
};

/** What is held, why, and exactly what to do about it. */
export const describeHeld = (held: Held): string => {
  const { capabilityIds, live, digest } = held;
  const shown = capabilityIds.slice(0, IDS_SHOWN_MAX).join(', ');
  const more =
    capabilityIds.length > IDS_SHOWN_MAX ? ` and ${capabilityIds.length - IDS_SHOWN_MAX} more` : '';
  const why = match(held.why)
    .with('share', () => 'that is more than may go at once')
    .with('incomplete', () => 'part of the roster could not be read, so they may still be in it')
    .exhaustive();
  return (
    `${capabilityIds.length} of ${live} adverts are not in the roster any more (${shown}${more}) and are NOT withdrawn: ${why}. ` +
    `If they are meant to go, write the line ${digest} into the file ${CONFIRMATION_FILE} of the roster folder; ` +
    'otherwise put the rows back'
  );
};
