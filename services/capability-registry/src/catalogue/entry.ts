import type { CapabilityAdvertised } from '@muster/contracts';
import { forceOf } from '@muster/contracts';

/** What the registry keeps of one capability: its last advert and what follows from it. */
export type Entry = {
  /** `<force>/<capabilityId>`, unique within a mode. */
  key: string;
  /** Entries are listed in the order of these, so that a page can go on after the last row of the one before. */
  sortKey: string;
  advert: CapabilityAdvertised;
  region: string;
  /** When the broker stored the last news of it. */
  confirmedAt: string;
  withdrawn: boolean;
  /** Bytes of the advert as JSON in an answer. */
  bytes: number;
};

export const entryKey = (force: string, capabilityId: string): string => `${force}/${capabilityId}`;

/** Parts of a sort key are separated by a character that none of them may hold. */
export const SORT_KEY_SEPARATOR = '|';

export const sortKeyOf = (code: string, force: string, capabilityId: string): string =>
  `${code}${SORT_KEY_SEPARATOR}${force}${SORT_KEY_SEPARATOR}${capabilityId}`;

/** An entry for an advert stored at this instant. */
export const entryOf = (advert: CapabilityAdvertised, confirmedAt: string): Entry => ({
  key: entryKey(advert.force, advert.capabilityId),
  sortKey: sortKeyOf(advert.code, advert.force, advert.capabilityId),
  advert,
  region: forceOf(advert.force).region,
  confirmedAt,
  withdrawn: false,
  bytes: Buffer.byteLength(JSON.stringify(advert)),
});

/** True while the advert stands: neither withdrawn nor past its expiry. Both are instants and compare as text. */
export const isCurrent = (entry: Entry, now: string): boolean =>
  !entry.withdrawn && entry.advert.expiresAt > now;
