import type { CapabilityAdvertised } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { expiryFrom, renewAt } from './renewal.ts';

const NOW = Date.parse('2026-11-22T21:00:00.000Z');
const TTL_SECONDS = 1_000;

const advert = (n: number): CapabilityAdvertised => ({
  force: 'kent',
  capabilityId: `cy-${n}`,
  revision: 1,
  code: 'CY.FCCU',
  kind: 'pool',
  quantity: 4,
  quantityUnit: 'officers',
  base: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
  noticeMinutes: 60,
  windows: [{ from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' }],
  releasableTo: { kind: 'national' },
  accreditations: [],
  reserveFloor: 1,
  minRestMinutes: 0,
  status: 'available',
  expiresAt: expiryFrom(NOW, TTL_SECONDS),
});

describe('when an advert is renewed', () => {
  const shares = Array.from({ length: 200 }, (_, n) => (renewAt(advert(n), TTL_SECONDS) - NOW) / 1_000_000);

  it('is between two and three fifths of its life', () => {
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.4);
    expect(Math.max(...shares)).toBeLessThanOrEqual(0.6);
  });

  it('is spread, so that adverts made together are not renewed together', () => {
    expect(new Set(shares.map((share) => share.toFixed(3))).size).toBeGreaterThan(100);
  });

  it('is the same for the same advert', () => {
    expect(renewAt(advert(1), TTL_SECONDS)).toBe(renewAt(advert(1), TTL_SECONDS));
  });
});
