import { describe, expect, it } from 'vitest';
import { advert, NOW } from '../testing/samples.ts';
import { createCatalogue } from './catalogue.ts';

const withdrawal = { force: 'kent', capabilityId: 'cy-fccu-1', revision: 2, reasonCode: 'other' } as const;

describe('the catalogue', () => {
  it('keeps the last advert of a capability only, in every index', () => {
    const catalogue = createCatalogue();
    catalogue.advertised(advert(), NOW);
    catalogue.advertised(advert({ revision: 2, quantity: 9 }), NOW);
    for (const list of [
      catalogue.byCode('CY.FCCU'),
      catalogue.byCode('CY.FCCU', 'eastern'),
      catalogue.byForce('kent'),
    ]) {
      expect(list.map((entry) => entry.advert.quantity)).toEqual([9]);
    }
    expect(catalogue.size()).toBe(1);
  });

  it('moves a capability whose code changed', () => {
    const catalogue = createCatalogue();
    catalogue.advertised(advert(), NOW);
    catalogue.advertised(advert({ code: 'CY.CRYPTO', revision: 2 }), NOW);
    expect(catalogue.byCode('CY.FCCU')).toEqual([]);
    expect(catalogue.byCode('CY.CRYPTO', 'eastern')).toHaveLength(1);
    expect(catalogue.byForce('kent')).toHaveLength(1);
  });

  it('takes an advert back after its withdrawal', () => {
    const catalogue = createCatalogue();
    catalogue.withdrawn(withdrawal, NOW);
    expect(catalogue.size()).toBe(0);
    catalogue.advertised(advert(), NOW);
    catalogue.withdrawn(withdrawal, NOW);
    expect(catalogue.get('kent', 'cy-fccu-1')).toMatchObject({ withdrawn: true, advert: { revision: 2 } });
    catalogue.advertised(advert({ revision: 3 }), NOW);
    expect(catalogue.get('kent', 'cy-fccu-1')?.withdrawn).toBe(false);
  });

  it('sweeps out what ended more than a month ago', () => {
    const catalogue = createCatalogue();
    catalogue.advertised(advert({ expiresAt: '2026-11-24T00:00:00.000Z' }), NOW);
    catalogue.advertised(advert({ capabilityId: 'other', expiresAt: '2027-11-24T00:00:00.000Z' }), NOW);
    expect(catalogue.sweep(Date.parse('2026-12-01T00:00:00.000Z'))).toBe(0);
    expect(catalogue.sweep(Date.parse('2026-12-27T00:00:00.000Z'))).toBe(1);
    expect(catalogue.byForce('kent').map((entry) => entry.advert.capabilityId)).toEqual(['other']);
  });
});
