import { isRefusal } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { advert, booking, NOW, reserved, sourcesOf } from '../testing/samples.ts';
import { cover } from './cover.ts';
import type { Sources } from './search.ts';
import { viewerFor } from './viewer.ts';

const WHOLE_TUESDAY = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' };

const coverOf = (sources: Sources, query: Parameters<typeof cover>[0], org = 'npocc') => {
  const found = cover(query, viewerFor(org), sources, NOW);
  if (isRefusal(found)) throw new Error(found.because);
  return found;
};

describe('cover', () => {
  it('sums what is open, taken and free by code, region and kind', () => {
    const sources = sourcesOf(
      advert(),
      advert({ capabilityId: 'cy-fccu-2', quantity: 3 }),
      advert({ force: 'essex', quantity: 5 }),
      advert({ force: 'durham', kind: 'unit', quantity: 1 }),
      advert({ force: 'norfolk', status: 'unavailable' }),
    );
    sources.taken.booked(booking(1, [reserved()]));
    expect(coverOf(sources, { code: 'CY', ...WHOLE_TUESDAY })).toEqual({
      ...WHOLE_TUESDAY,
      rows: [
        {
          code: 'CY.FCCU',
          region: 'eastern',
          kind: 'pool',
          forces: 2,
          capabilities: 3,
          advertised: 12,
          taken: 2,
          free: 10,
        },
        {
          code: 'CY.FCCU',
          region: 'north-east',
          kind: 'unit',
          forces: 1,
          capabilities: 1,
          advertised: 1,
          taken: 0,
          free: 1,
        },
      ],
    });
  });

  it('is about the next day unless it is asked about another time', () => {
    expect(coverOf(sourcesOf(), {})).toEqual({ rows: [], from: NOW, to: '2026-11-24T09:00:00.000Z' });
  });

  it('counts only what the asking force may see', () => {
    const sources = sourcesOf(advert({ releasableTo: { kind: 'region' } }));
    expect(coverOf(sources, {}, 'durham').rows).toEqual([]);
    expect(coverOf(sources, {}, 'essex').rows).toHaveLength(1);
  });

  it('never shows more taken than advertised after an advert shrank', () => {
    const sources = sourcesOf(advert({ quantity: 1 }));
    sources.taken.booked(booking(1, [reserved({ quantity: 4 })]));
    expect(coverOf(sources, WHOLE_TUESDAY).rows).toMatchObject([{ advertised: 1, taken: 1, free: 0 }]);
  });

  it('narrows by region and refuses one that there is not', () => {
    const sources = sourcesOf(advert(), advert({ force: 'durham' }));
    expect(coverOf(sources, { region: 'north-east' }).rows).toHaveLength(1);
    expect(cover({ region: 'atlantis' }, viewerFor('npocc'), sources, NOW)).toMatchObject({
      refused: 'invalid',
      fields: [{ path: 'region' }],
    });
  });
});
