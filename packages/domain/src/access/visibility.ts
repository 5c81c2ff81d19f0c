import { type CapabilityAdvertised, findForce, orgKind } from '@muster/contracts';

/** Who takes part in something: the host of a request, the donor, the one force that an event is for. */
export type Parties = {
  host?: string | undefined;
  donor?: string | undefined;
  addressee?: string | undefined;
  /** The one organisation that may see it at all, whoever takes part. */
  privateTo?: string | undefined;
};

/** Region of an organisation: that of a force, or the one that a regional centre looks after. */
export const regionOf = (org: string): string | undefined => {
  const kind = orgKind(org);
  switch (kind?.kind) {
    case 'force':
      return kind.force.region;
    case 'region':
      return kind.region;
    case 'national':
    case undefined:
      return undefined;
  }
};

/**
 * Whether an organisation may see something with these parties: a force what it takes part in, a regional
 * centre what a party of its region takes part in, the national centre everything, anyone else nothing.
 */
export const maySee = (org: string, { host, donor, addressee, privateTo }: Parties): boolean => {
  if (privateTo !== undefined) return org === privateTo;
  const parties = [host, donor, addressee].filter((party) => party !== undefined);
  const kind = orgKind(org);
  switch (kind?.kind) {
    case 'national':
      return true;
    case 'force':
      return parties.includes(org);
    case 'region':
      return parties.some((party) => party === org || findForce(party)?.region === kind.region);
    case undefined:
      return false;
  }
};

type Release = Pick<CapabilityAdvertised, 'force' | 'releasableTo'>;

/** Whether the donor force lends this capability to that host. A regional centre counts to its region. */
export const isReleasable = ({ force, releasableTo }: Release, host: string): boolean => {
  switch (releasableTo.kind) {
    case 'national':
      return true;
    case 'forces':
      return releasableTo.forces.includes(host);
    case 'region': {
      const region = findForce(force)?.region;
      // The national forces share no region with each other.
      return region !== undefined && region !== 'national' && region === regionOf(host);
    }
  }
};

/** Whether an organisation may see the advert: its own force, whoever it may be lent to, and the centres. */
export const maySeeAdvert = (org: string, advert: Release): boolean => {
  const kind = orgKind(org);
  switch (kind?.kind) {
    case 'national':
      return true;
    case 'force':
      return org === advert.force || isReleasable(advert, org);
    case 'region': {
      const { releasableTo } = advert;
      if (findForce(advert.force)?.region === kind.region) return true;
      if (releasableTo.kind !== 'forces') return isReleasable(advert, org);
      return releasableTo.forces.some((force) => findForce(force)?.region === kind.region);
    }
    case undefined:
      return false;
  }
};
