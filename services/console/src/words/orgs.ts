import type { DeploymentView } from '@muster/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type Reference, referenceQuery } from '../api/reads.ts';

const NATIONAL_CENTRE = 'National Police Coordination Centre';
const REGIONAL_PREFIX = 'ricc-';

const inWords = (token: string): string =>
  token.replaceAll('-', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

export const useReference = (): Reference => useSuspenseQuery(referenceQuery).data;

/** Names organisations in words: those of forces as the reference data has them. */
export const useOrgName = (): ((org: string) => string) => {
  const { forces } = useReference();
  return (org) => {
    if (org === 'npocc') return NATIONAL_CENTRE;
    if (org.startsWith(REGIONAL_PREFIX))
      return `${inWords(org.slice(REGIONAL_PREFIX.length))} coordination centre`;
    return forces.find(({ id }) => id === org)?.name ?? org;
  };
};

/** Names capability codes. */
export const useCapabilityName = (): ((code: string) => string) => {
  const { capabilities } = useReference();
  return (code) => capabilities.find((each) => each.code === code)?.name ?? code;
};

/** Names what is lent: `2 × Digital media investigator`; by its id where it is not known what it is. */
export const useUnitsName = (): ((
  units: Pick<DeploymentView, 'quantity' | 'capabilityCode' | 'capabilityId'>,
) => string) => {
  const nameOf = useCapabilityName();
  return ({ quantity, capabilityCode, capabilityId }) =>
    `${quantity} × ${capabilityCode === undefined ? capabilityId : nameOf(capabilityCode)}`;
};

/** The capabilities that may be shared, by category, to choose from. */
export const useCodeGroups = (): { name: string; options: { value: string; label: string }[] }[] => {
  const { capabilities } = useReference();
  const shared = capabilities.filter(({ advertise }) => advertise);
  return [...new Set(shared.map(({ category }) => category))].map((name) => ({
    name,
    options: shared
      .filter(({ category }) => category === name)
      .map(({ code, name: label }) => ({ value: code, label: `${label} (${code})` })),
  }));
};
