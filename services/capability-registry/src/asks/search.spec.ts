import { isRefusal } from '@muster/contracts';
import { ANSWER_BYTES_MAX } from '@muster/mesh';
import { describe, expect, it } from 'vitest';
import { advert, booking, homeRecord, NOW, reserved, searchFor, sourcesOf } from '../testing/samples.ts';
import { type Query, type Sources, search } from './search.ts';
import { viewerFor } from './viewer.ts';

const LATER = '2026-12-02T00:00:00.000Z';
const TUESDAY = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' };

const answer = (sources: Sources, query: Query = searchFor(), org = 'essex', now = NOW) => {
  const found = search(query, viewerFor(org), sources, now);
  if (isRefusal(found)) throw new Error(found.because);
  return found;
};

const idsIn = (sources: Sources, query?: Query, org?: string, now?: string): string[] =>
  answer(sources, query, org, now).items.map((view) => `${view.force}/${view.capabilityId}`);

const refusalOf = (query: Query) => {
  const found = search(query, viewerFor('essex'), sourcesOf(), NOW);
  return isRefusal(found) ? found : undefined;
};

describe('a search', () => {
  it('finds by code and by the first part of a code, in a fixed order', () => {
    const sources = sourcesOf(
      advert({ force: 'surrey' }),
      advert(),
      advert({ force: 'devon-and-cornwall', capabilityId: 'dmi', code: 'DF.DMI' }),
      advert({ capabilityId: 'crypto', code: 'CY.CRYPTO' }),
    );
    expect(idsIn(sources, searchFor({ code: 'CY.FCCU' }))).toEqual(['kent/cy-fccu-1', 'surrey/cy-fccu-1']);
    expect(idsIn(sources, searchFor({ code: 'CY' }))).toEqual([
      'kent/crypto',
      'kent/cy-fccu-1',
      'surrey/cy-fccu-1',
    ]);
    expect(idsIn(sources)).toHaveLength(4);
  });

  it('narrows by region, by force and by both with a code', () => {
    const sources = sourcesOf(
      advert(),
      advert({ force: 'durham' }),
      advert({ capabilityId: 'dmi', code: 'DF.DMI' }),
    );
    expect(idsIn(sources, searchFor({ region: 'north-east' }))).toEqual(['durham/cy-fccu-1']);
    expect(idsIn(sources, searchFor({ force: 'kent' }))).toEqual(['kent/cy-fccu-1', 'kent/dmi']);
    expect(idsIn(sources, searchFor({ force: 'kent', code: 'DF' }))).toEqual(['kent/dmi']);
    expect(idsIn(sources, searchFor({ force: 'kent', region: 'north-east' }))).toEqual([]);
  });

  it('shows the nearest first and nothing beyond the distance asked', () => {
    const sources = sourcesOf(
      advert({ force: 'durham', base: { name: 'Durham', lat: 54.78, lon: -1.57 } }),
      advert({ force: 'surrey', base: { name: 'Guildford', lat: 51.24, lon: -0.58 } }),
      advert(),
    );
    const near = { lat: 51.27, lon: 0.5, withinKm: 100 };
    const found = answer(sources, searchFor({ near })).items;
    expect(found.map((view) => [view.force, view.distanceKm])).toEqual([
      ['kent', 1.4],
      ['surrey', 75.2],
    ]);
  });

  it('leaves out what is not open over the whole window asked', () => {
    const shut = { from: '2026-11-24T12:00:00.000Z', to: '2026-12-24T00:00:00.000Z' };
    const sources = sourcesOf(
      advert({ capabilityId: 'open' }),
      advert({ capabilityId: 'half', windows: [shut] }),
      advert({ capabilityId: 'unavailable', status: 'unavailable' }),
    );
    expect(idsIn(sources, searchFor(TUESDAY))).toEqual(['kent/open']);
    expect(answer(sources).items.map((view) => [view.capabilityId, view.free])).toEqual([
      ['half', 0],
      ['open', 4],
      ['unavailable', 0],
    ]);
  });

  it('counts as free what neither the mesh nor the force itself has taken, and filters by it', () => {
    const sources = sourcesOf(advert());
    sources.taken.booked(booking(1, [reserved()]));
    sources.taken.recorded(
      homeRecord(1, [{ kind: 'used', useId: 'u-1', quantity: 1, gross: 4, ...TUESDAY }]),
    );
    expect(answer(sources, searchFor(TUESDAY)).items[0]?.free).toBe(1);
    expect(answer(sources).items[0]?.free).toBe(4);
    expect(idsIn(sources, searchFor({ ...TUESDAY, minimumQuantity: 2 }))).toEqual([]);
    expect(idsIn(sources, searchFor({ ...TUESDAY, minimumQuantity: 1 }))).toEqual(['kent/cy-fccu-1']);
  });

  it('counts a queue by whole weeks', () => {
    const sources = sourcesOf(advert({ kind: 'queue', quantity: 20 }));
    const week = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' };
    sources.taken.booked(booking(1, [reserved({ quantity: 15, ...week })]));
    const lastHour = { from: '2026-11-29T23:00:00.000Z', to: '2026-11-30T00:00:00.000Z' };
    const nextHour = { from: '2026-11-30T00:00:00.000Z', to: '2026-11-30T01:00:00.000Z' };
    expect(answer(sources, searchFor(lastHour)).items[0]?.free).toBe(5);
    expect(answer(sources, searchFor(nextHour)).items[0]?.free).toBe(20);
  });

  it('asks for an accreditation in date over the whole window', () => {
    const sources = sourcesOf(advert());
    expect(idsIn(sources, searchFor({ accreditation: 'FSR-CODE' }))).toHaveLength(1);
    expect(idsIn(sources, searchFor({ accreditation: 'PO-L2' }))).toEqual([]);
    const over = { from: '2026-12-31T00:00:00.000Z', to: '2027-01-02T00:00:00.000Z' };
    expect(idsIn(sources, searchFor({ accreditation: 'FSR-CODE', ...over }))).toEqual([]);
  });

  it('drops an advert at its expiry and one that was withdrawn, but shows both to their own adapter', () => {
    const sources = sourcesOf(
      advert(),
      advert({ capabilityId: 'gone', expiresAt: '2027-01-01T00:00:00.000Z' }),
    );
    sources.catalogue.withdrawn(
      { force: 'kent', capabilityId: 'gone', revision: 2, reasonCode: 'gone-from-roster' },
      NOW,
    );
    expect(idsIn(sources)).toEqual(['kent/cy-fccu-1']);
    expect(idsIn(sources, searchFor(), 'essex', LATER)).toEqual([]);
    const own = searchFor({ force: 'kent', includeOwnEnded: true });
    expect(idsIn(sources, own, 'essex', LATER)).toEqual([]);
    const ended = answer(sources, own, 'kent', LATER).items;
    expect(ended.map((view) => [view.capabilityId, view.revision, view.withdrawn, view.free])).toEqual([
      ['cy-fccu-1', 1, undefined, 0],
      ['gone', 2, true, 0],
    ]);
  });
});

describe('a search by another organisation', () => {
  const sources = sourcesOf(
    advert({ capabilityId: 'all' }),
    advert({ capabilityId: 'region', releasableTo: { kind: 'region' } }),
    advert({ capabilityId: 'named', releasableTo: { kind: 'forces', forces: ['surrey'] } }),
  );

  it.each([
    ['kent', ['kent/all', 'kent/named', 'kent/region']],
    ['essex', ['kent/all', 'kent/region']],
    ['surrey', ['kent/all', 'kent/named']],
    ['durham', ['kent/all']],
    ['npocc', ['kent/all', 'kent/named', 'kent/region']],
    ['hub', ['kent/all', 'kent/named', 'kent/region']],
    ['ricc-eastern', ['kent/all', 'kent/named', 'kent/region']],
    ['ricc-south-east', ['kent/all', 'kent/named']],
    ['nobody-we-know', []],
  ])('%s sees only what may be released to it', (org, seen) => {
    expect(idsIn(sources, searchFor(), org)).toEqual(seen);
  });
});

describe('pages of a search', () => {
  const many = Array.from({ length: 25 }, (_, n) =>
    advert({ capabilityId: `c-${String(n).padStart(2, '0')}` }),
  );

  const readAll = (sources: Sources, query: Query, between?: (page: number) => void): string[] => {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 1; page <= 20; page += 1) {
      const found = answer(sources, cursor === undefined ? query : { ...query, cursor });
      seen.push(...found.items.map((view) => view.capabilityId));
      cursor = found.cursor;
      if (cursor === undefined) return seen;
      between?.(page);
    }
    throw new Error('the pages do not end');
  };

  it('follow each other without a gap or a repeat, also nearest first', () => {
    const sources = sourcesOf(...many);
    const ids = many.map((one) => one.capabilityId);
    expect(readAll(sources, searchFor({ limit: 10 }))).toEqual(ids);
    const near = { lat: 51, lon: 0, withinKm: 500 };
    expect(readAll(sources, searchFor({ limit: 7, near })).sort()).toEqual(ids);
  });

  it('end exactly when the last row fills the page', () => {
    expect(answer(sourcesOf(...many), searchFor({ limit: 25 })).cursor).toBeUndefined();
  });

  it('are not shifted by adverts that come and go in between', () => {
    const sources = sourcesOf(...many);
    const seen = readAll(sources, searchFor({ limit: 10 }), (page) => {
      sources.catalogue.advertised(advert({ capabilityId: `a-${page}` }), NOW);
      sources.catalogue.withdrawn(
        { force: 'kent', capabilityId: `c-0${page}`, revision: 2, reasonCode: 'other' },
        NOW,
      );
    });
    expect(seen).toEqual(many.map((one) => one.capabilityId));
  });

  it('hold no more than an answer may carry', () => {
    const remarks = '£'.repeat(1_000);
    const big = Array.from({ length: 700 }, (_, n) => advert({ capabilityId: `big-${n}`, remarks }));
    const sources = sourcesOf(...big);
    const page = answer(sources, searchFor({ limit: 1_000 }));
    expect(page.cursor).toBeDefined();
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(ANSWER_BYTES_MAX);
    expect(readAll(sources, searchFor({ limit: 1_000 }))).toHaveLength(700);
  });
});

describe('a search that cannot be answered', () => {
  it.each([
    ['code', searchFor({ code: 'XX' })],
    ['code', searchFor({ code: 'SU.UC' })],
    ['region', searchFor({ region: 'atlantis' })],
    ['to', searchFor({ from: '2026-11-24T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' })],
    ['to', searchFor({ to: '2020-01-01T00:00:00.000Z' })],
    ['cursor', searchFor({ cursor: 'nonsense' })],
    ['cursor', searchFor({ cursor: 'CY.FCCU|kent|x', near: { lat: 51, lon: 0, withinKm: 10 } })],
  ])('names %s as the field at fault', (path, query) => {
    expect(refusalOf(query)).toMatchObject({ refused: 'invalid', fields: [{ path }] });
  });
});
