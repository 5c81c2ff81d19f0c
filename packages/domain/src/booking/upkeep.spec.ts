import { expect, test } from 'vitest';
import { advert, at } from '../testing/samples.ts';
import { startScene, typesOf } from '../testing/scene.ts';

const withdrawn = (revision: number) => ({
  type: 'muster.capability.withdrawn.v1' as const,
  data: { force: 'sussex', capabilityId: 'psu-1', revision, reasonCode: 'own-demand' as const },
});
const check = { name: 'check-shortfall', donor: 'sussex', capabilityId: 'psu-1' } as const;

const booked = (quantity: number) => {
  const scene = startScene();
  scene.advertise();
  scene.ask({ lines: [{ ...lineOf(quantity) }] });
  scene.offer('o1', { quantity });
  scene.accept(['o1', quantity]);
  return scene;
};

const lineOf = (quantity: number) => ({
  lineId: 'l1',
  capabilityCode: 'PO.PSU.L2',
  quantity,
  minimumQuantity: 1,
  from: at(4),
  to: at(16),
  reportTo: { name: 'Canterbury', lat: 51.28, lon: 1.08 },
  accreditations: [],
});

const smaller = (over: Parameters<typeof advert>[0]) => ({
  type: 'muster.capability.advertised.v1' as const,
  data: advert({ revision: 2, ...over }),
});

test('a capability gets its genesis record once', () => {
  const scene = startScene();
  const open = {
    name: 'open-bookings' as const,
    capabilities: [
      { donor: 'sussex', capabilityId: 'a' },
      { donor: 'sussex', capabilityId: 'a' },
      { donor: 'kent', capabilityId: 'a' },
    ],
  };
  expect(typesOf(scene.internal(open))).toEqual(['booking.opened', 'booking.opened']);
  expect(scene.internal(open)).toEqual([]);
});

test('a smaller advert raises a shortfall with what is booked and when', () => {
  const scene = booked(3);
  scene.store([smaller({ quantity: 1 })], 'sussex', 'ad-2');
  expect(scene.internal(check)).toEqual([
    {
      type: 'muster.booking.shortfall.v1',
      data: {
        donor: 'sussex',
        capabilityId: 'psu-1',
        bookingVersion: 1,
        advertRevision: 2,
        advertised: 1,
        booked: 3,
        from: at(4),
        to: at(16),
      },
    },
  ]);
});

test('a shortfall is raised once for each revision of the advert', () => {
  const scene = booked(3);
  scene.store([smaller({ quantity: 1 })], 'sussex', 'ad-2');
  scene.internal(check);
  expect(scene.internal(check)).toEqual([]);
  scene.store([smaller({ quantity: 2, revision: 3 })], 'sussex', 'ad-3');
  expect(typesOf(scene.internal(check))).toEqual(['booking.shortfall']);
});

test('a force that begins its revisions again is judged by what its advert shows', () => {
  const scene = booked(3);
  scene.store([smaller({ quantity: 1, revision: 7 })], 'sussex', 'ad-7');
  scene.internal(check);
  scene.store([smaller({ quantity: 2, revision: 1 })], 'sussex', 'ad-1');
  expect(scene.internal(check)[0]?.data).toMatchObject({ advertRevision: 1, advertised: 2, booked: 3 });
  scene.store([smaller({ quantity: 1, revision: 1 })], 'sussex', 'ad-1b');
  expect(scene.internal(check)[0]?.data).toMatchObject({ advertRevision: 1, advertised: 1, booked: 3 });
  expect(scene.internal(check)).toEqual([]);
});

test('a withdrawn or unavailable advert covers nothing', () => {
  const scene = booked(1);
  scene.store([withdrawn(2)], 'sussex', 'ad-2');
  expect(scene.internal(check)[0]?.data).toMatchObject({ advertised: 0, advertRevision: 2 });
  const other = booked(1);
  other.store([smaller({ status: 'unavailable' })], 'sussex', 'ad-2');
  expect(other.internal(check)[0]?.data).toMatchObject({ advertised: 0 });
});

test('an advert that covers what is booked raises nothing', () => {
  const scene = booked(2);
  scene.store([smaller({ quantity: 2 })], 'sussex', 'ad-2');
  expect(scene.internal(check)).toEqual([]);
});

test('what is over and what was never booked are not short', () => {
  const scene = booked(3);
  scene.store([smaller({ quantity: 1 })], 'sussex', 'ad-2');
  scene.setNow(at(17));
  expect(scene.internal(check)).toEqual([]);
  expect(scene.internal({ ...check, capabilityId: 'other' })).toEqual([]);
});
