import { isRefusal } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { advert, booking, homeRecord, NOW, reserved, sourcesOf } from '../testing/samples.ts';
import type { Sources } from './search.ts';
import { show } from './show.ts';
import { viewerFor } from './viewer.ts';

const TUESDAY = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' };

const shownTo = (org: string, sources: Sources, now = NOW) =>
  show({ force: 'kent', capabilityId: 'cy-fccu-1' }, viewerFor(org), sources, now);

const booked = (): Sources => {
  const sources = sourcesOf(advert());
  sources.taken.booked(booking(1, [reserved()]));
  sources.taken.recorded(homeRecord(1, [{ kind: 'used', useId: 'u-1', quantity: 1, gross: 4, ...TUESDAY }]));
  return sources;
};

describe('one capability with its calendar', () => {
  it.each(['kent', 'essex'])('tells the donor and the host for whom it is taken (%s)', (org) => {
    expect(shownTo(org, booked())).toMatchObject({
      capability: { force: 'kent', free: 4 },
      calendar: [
        { ...TUESDAY, taken: 2, kind: 'booked', host: 'essex', requestId: 'request-1', state: 'reserved' },
        { ...TUESDAY, taken: 1, kind: 'local' },
      ],
    });
  });

  it.each(['surrey', 'npocc', 'ricc-eastern'])('tells others only that it is taken (%s)', (org) => {
    const shown = shownTo(org, booked());
    expect(isRefusal(shown) ? shown : shown.calendar).toEqual([
      { ...TUESDAY, taken: 2, kind: 'booked' },
      { ...TUESDAY, taken: 1, kind: 'local' },
    ]);
  });

  it('leaves out what is over', () => {
    const shown = shownTo('kent', booked(), TUESDAY.to);
    expect(isRefusal(shown) ? shown : shown.calendar).toEqual([]);
  });

  it('is not found when it is not there, may not be seen, or has ended for another force', () => {
    const hidden = sourcesOf(advert({ releasableTo: { kind: 'region' } }));
    expect(shownTo('kent', sourcesOf())).toMatchObject({ refused: 'not-found' });
    expect(shownTo('durham', hidden)).toMatchObject({ refused: 'not-found' });
    expect(shownTo('essex', sourcesOf(advert()), '2026-12-01T00:00:00.000Z')).toMatchObject({
      refused: 'not-found',
    });
    expect(shownTo('kent', sourcesOf(advert()), '2026-12-01T00:00:00.000Z')).toMatchObject({
      capability: { free: 0 },
    });
  });
});
