import { findForce, forceOf, HUB, orgKind, type ReleasableTo } from '@muster/contracts';
import type { Entry } from '../catalogue/entry.ts';

/** An organisation that asks, and which adverts it may see. */
export type Viewer = { org: string; sees(entry: Entry): boolean };

const releasableToForce = (to: ReleasableTo, donorRegion: string, force: string): boolean => {
  switch (to.kind) {
    case 'national':
      return true;
    case 'region':
      return forceOf(force).region === donorRegion;
    case 'forces':
      return to.forces.includes(force);
    default:
      return to satisfies never;
  }
};

const releasableToRegion = (to: ReleasableTo, donorRegion: string, region: string): boolean => {
  switch (to.kind) {
    case 'national':
      return true;
    case 'region':
      return donorRegion === region;
    case 'forces':
      return to.forces.some((force) => findForce(force)?.region === region);
    default:
      return to satisfies never;
  }
};

/**
 * A force sees its own adverts and what may be released to it; a regional centre sees its region's, and what
 * may be released to a force of its region; the national centre and the hub see all.
 */
export const viewerFor = (org: string): Viewer => {
  const kind = orgKind(org);
  switch (kind?.kind) {
    case 'force':
      return {
        org,
        sees: ({ advert, region }) =>
          advert.force === org || releasableToForce(advert.releasableTo, region, org),
      };
    case 'region':
      return {
        org,
        sees: ({ advert, region }) =>
          region === kind.region || releasableToRegion(advert.releasableTo, region, kind.region),
      };
    case 'national':
      return { org, sees: () => true };
    case undefined:
      return { org, sees: () => org === HUB };
  }
};

/** Viewers by organisation, each made once. */
export const createViewers = (): ((org: string) => Viewer) => {
  const viewers = new Map<string, Viewer>();
  return (org) => {
    const known = viewers.get(org);
    if (known) return known;
    const viewer = viewerFor(org);
    viewers.set(org, viewer);
    return viewer;
  };
};
