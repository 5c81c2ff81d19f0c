import type { Mode } from '@muster/contracts';
import type { Month } from './month.ts';
import type { ClaimName } from './pack.ts';

/** What is of an exercise says so. */
const prefixOf = (mode: Mode): string => (mode === 'exercise' ? 'exercise-' : '');

/** Beginning of the names of a pack's files. */
export const packName = (mode: Mode, { donor, claimId }: ClaimName): string =>
  `${prefixOf(mode)}claim-${donor}-${claimId}`;

/** Name of the file that holds an organisation's claims of a month. */
export const monthFileName = (mode: Mode, org: string, { name }: Month): string =>
  `${prefixOf(mode)}claims-${org}-${name}.csv`;
