import { HUB } from '@muster/contracts';
import { maySeeAdvert } from '@muster/domain';
import type { Entry } from '../catalogue/entry.ts';

/** An organisation that asks, and which adverts it may see. */
export type Viewer = { org: string; sees(entry: Entry): boolean };

/** Organisations see what the domain's rule lets them; the hub itself sees all. */
export const viewerFor = (org: string): Viewer => ({
  org,
  sees: org === HUB ? () => true : ({ advert }) => maySeeAdvert(org, advert),
});
