import { isRefusal, NATIONAL_FLOORS } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { advert, booking, NOW, reserved, sourcesOf } from '../testing/samples.ts';
import { forecast } from './forecast.ts';
import type { Sources } from './search.ts';

const FLOOR = NATIONAL_FLOORS.find(({ code }) => code === 'CY.FCCU')?.units ?? 0;

const told = (
  sources: Sources,
  query: Partial<Parameters<typeof forecast>[0]> = {},
  now = NOW,
  org = 'npocc',
) => {
  const found = forecast({ hours: 72, ...query }, org, sources, now);
  if (isRefusal(found)) throw new Error(found.because);
  return found;
};
/** So many more than the floor, of which a booking may take two from Tuesday to Wednesday. */
const above = (more: number) => sourcesOf(advert({ quantity: FLOOR + more }));

describe('the forecast', () => {
  it('names the hours in which bookings and the rest after them bring a code under its floor', () => {
    const sources = above(1);
    sources.taken.booked(booking(1, [reserved()]));
    expect(told(sources, { code: 'CY.FCCU' })).toEqual({
      from: NOW,
      to: '2026-11-26T09:00:00.000Z',
      rows: [
        {
          ...{ code: 'CY.FCCU', floor: FLOOR, freeNow: FLOOR + 1, freeLeast: FLOOR - 1 },
          leastAt: '2026-11-24T00:00:00.000Z',
          below: [
            // Eleven hours of rest after the booking.
            { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T11:00:00.000Z', freeLeast: FLOOR - 1 },
          ],
        },
      ],
    });
  });

  it('names none where the floor is kept', () => {
    const sources = above(2);
    sources.taken.booked(booking(1, [reserved()]));
    expect(told(sources, { code: 'CY.FCCU' }).rows).toMatchObject([{ freeLeast: FLOOR, below: [] }]);
  });

  it('puts the codes first that fall soonest, and every code with a floor is there', () => {
    const late = [{ from: '2026-01-01T00:00:00.000Z', to: '2026-11-24T09:00:00.000Z' }];
    const enough = NATIONAL_FLOORS.map(({ code }) =>
      advert({
        capabilityId: code.toLowerCase().replaceAll('.', '-'),
        code,
        quantity: 10_000,
        windows: code === 'SE.DIVE' ? late : advert().windows,
      }),
    );
    const { rows } = told(sourcesOf(...enough));
    expect(rows).toHaveLength(NATIONAL_FLOORS.length);
    expect(rows.filter(({ below }) => below.length > 0)).toMatchObject([
      { code: 'SE.DIVE', below: [{ from: '2026-11-24T09:00:00.000Z', freeLeast: 0 }] },
    ]);
    expect(rows[0]?.code).toBe('SE.DIVE');
  });

  it('takes it that adverts are renewed, and drops those that were not', () => {
    const soon = sourcesOf(advert({ quantity: FLOOR, expiresAt: '2026-11-23T10:00:00.000Z' }));
    expect(told(soon, { code: 'CY.FCCU' }).rows).toMatchObject([{ below: [] }]);
    expect(told(soon, { code: 'CY.FCCU' }, '2026-11-23T10:00:00.000Z').rows).toMatchObject([{ freeNow: 0 }]);
  });

  it('begins with the present hour', () => {
    expect(told(above(0), { hours: 1 }, '2026-11-23T09:59:59.999Z')).toMatchObject({
      ...{ from: NOW, to: '2026-11-23T10:00:00.000Z' },
    });
  });

  it('counts what is released to some alone, and is for the centres', () => {
    const sources = sourcesOf(advert({ quantity: FLOOR, releasableTo: { kind: 'region' } }));
    expect(told(sources, { code: 'CY.FCCU' }, NOW, 'ricc-north-east').rows).toMatchObject([{ below: [] }]);
    expect(forecast({ hours: 1 }, 'kent', sources, NOW)).toMatchObject({ refused: 'not-permitted' });
  });

  it('refuses a code that there is not', () => {
    expect(forecast({ hours: 1, code: 'XX' }, 'npocc', sourcesOf(), NOW)).toMatchObject({
      refused: 'invalid',
    });
  });
});
