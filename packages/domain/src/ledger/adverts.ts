import type { MusterEvent } from '@muster/contracts';
import type { Advert } from './view.ts';

export type AdvertEvent = MusterEvent<'muster.capability.advertised.v1' | 'muster.capability.withdrawn.v1'>;

/** The last advert of every capability, found by name and by code. */
export type AdvertShelf = {
  apply(event: AdvertEvent, at: string): void;
  get(force: string, capabilityId: string): Advert | undefined;
  ofCode(code: string): Iterable<Advert>;
  clear(): void;
};

const NONE: readonly Advert[] = [];

export const createAdverts = (): AdvertShelf => {
  const byName = new Map<string, Advert>();
  const byCode = new Map<string, Map<string, Advert>>();

  const put = (key: string, advert: Advert): void => {
    const before = byName.get(key);
    if (before && before.data.code !== advert.data.code) byCode.get(before.data.code)?.delete(key);
    byName.set(key, advert);
    const { code } = advert.data;
    const ofCode = byCode.get(code) ?? new Map<string, Advert>();
    byCode.set(code, ofCode.set(key, advert));
  };

  return {
    apply(event, at) {
      const key = `${event.data.force}.${event.data.capabilityId}`;
      if (event.type === 'muster.capability.advertised.v1') {
        put(key, { data: event.data, heardAt: at });
        return;
      }
      const before = byName.get(key);
      // A withdrawal of something that was never heard of leaves nothing to show.
      if (before) put(key, { ...before, heardAt: at, withdrawn: { revision: event.data.revision, at } });
    },
    get: (force, capabilityId) => byName.get(`${force}.${capabilityId}`),
    ofCode: (code) => byCode.get(code)?.values() ?? NONE,
    clear() {
      byName.clear();
      byCode.clear();
    },
  };
};
