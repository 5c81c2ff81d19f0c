import type { CapabilityAdvertised, CapabilityWithdrawn } from '@muster/contracts';
import { type Bucket, putInto, takeOutOf } from './bucket.ts';
import { type Entry, entryKey, entryOf } from './entry.ts';

/** How long an ended advert is kept for its own force, whose adapter goes on from its revision: 31 days. */
export const ENDED_KEPT_MS = 31 * 24 * 3_600_000;

const NONE: readonly Entry[] = [];

/**
 * The last advert of every capability, indexed for the queries. Ended adverts stay for a while; a reader
 * decides with {@link isCurrent} and its own clock, so nothing depends on when they are swept out.
 */
export type Catalogue = {
  advertised(advert: CapabilityAdvertised, storedAt: string): void;
  withdrawn(withdrawal: CapabilityWithdrawn, storedAt: string): void;
  get(force: string, capabilityId: string): Entry | undefined;
  /** In the order of the sort keys; `region` narrows it. */
  byCode(code: string, region?: string): readonly Entry[];
  byForce(force: string): readonly Entry[];
  size(): number;
  /** Drops adverts that ended longer than {@link ENDED_KEPT_MS} ago; gives their number. */
  sweep(nowMs: number): number;
  clear(): void;
};

const inRegion = (code: string, region: string): string => `${code}@${region}`;

export const createCatalogue = (): Catalogue => {
  const entries = new Map<string, Entry>();
  const codes = new Map<string, Bucket>();
  const forces = new Map<string, Bucket>();

  const bucketsOf = (entry: Entry): [Map<string, Bucket>, string][] => [
    [codes, entry.advert.code],
    [codes, inRegion(entry.advert.code, entry.region)],
    [forces, entry.advert.force],
  ];

  const remove = (entry: Entry): void => {
    entries.delete(entry.key);
    for (const [index, name] of bucketsOf(entry)) {
      const bucket = index.get(name);
      if (bucket) takeOutOf(bucket, entry.sortKey);
    }
  };

  const put = (entry: Entry): void => {
    const before = entries.get(entry.key);
    if (before && before.sortKey !== entry.sortKey) remove(before);
    entries.set(entry.key, entry);
    for (const [index, name] of bucketsOf(entry)) {
      const bucket = index.get(name);
      if (bucket) putInto(bucket, entry);
      else index.set(name, [entry]);
    }
  };

  return {
    advertised: (advert, storedAt) => put(entryOf(advert, storedAt)),
    withdrawn: ({ force, capabilityId, revision }, storedAt) => {
      const before = entries.get(entryKey(force, capabilityId));
      // The stream may have dropped the advert already: a withdrawal alone has nothing to show.
      if (!before) return;
      put({
        ...before,
        advert: { ...before.advert, revision },
        withdrawn: true,
        confirmedAt: storedAt,
      });
    },
    get: (force, capabilityId) => entries.get(entryKey(force, capabilityId)),
    byCode: (code, region) => codes.get(region === undefined ? code : inRegion(code, region)) ?? NONE,
    byForce: (force) => forces.get(force) ?? NONE,
    size: () => entries.size,
    sweep: (nowMs) => {
      const before = new Date(nowMs - ENDED_KEPT_MS).toISOString();
      const old = [...entries.values()].filter(
        (entry) => (entry.withdrawn ? entry.confirmedAt : entry.advert.expiresAt) < before,
      );
      for (const entry of old) remove(entry);
      return old.length;
    },
    clear: () => {
      entries.clear();
      codes.clear();
      forces.clear();
    },
  };
};
