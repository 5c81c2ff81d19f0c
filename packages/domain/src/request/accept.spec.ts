import type { CapabilityAdvertised, CommandBody } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { actor, advert, at, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { lineCounts } from './lines.ts';

const acceptBody = (...offers: [string, number][]): CommandBody<'offer-accept'> => ({
  commandId: 'a1',
  actor,
  classification: 'OFFICIAL',
  requestId: 'r1',
  accept: offers.map(([offerId, quantity]) => ({ offerId, quantity })),
});
const accept = (scene: Scene, ...offers: [string, number][]) =>
  scene.refusalOf({ name: 'offer-accept', org: 'kent', body: acceptBody(...offers) });

const offered = (over: Partial<CapabilityAdvertised> = {}, quantity = 1): Scene => {
  const scene = startScene();
  scene.advertise(over);
  scene.ask();
  scene.offer('o1', { quantity });
  return scene;
};

const acceptance = (scene: Scene, offerId: string) => {
  const offer = scene.request().offers.get(offerId);
  if (!offer || !('accepted' in offer)) throw new Error(`${offerId} is not accepted`);
  return offer.accepted;
};
const bookings = (scene: Scene) => scene.ledger.view.bookings('sussex', 'psu-1');

test('an acceptance reserves the units and records what it relied on', () => {
  const scene = offered({ revision: 7 }, 2);
  scene.accept(['o1', 2]);
  expect(bookings(scene)?.bookings.get('o1')).toEqual({
    bookingId: 'o1',
    token: 1,
    host: 'kent',
    requestId: 'r1',
    lineId: 'l1',
    quantity: 2,
    from: at(4),
    to: at(16),
    confirmBy: at(0.5),
    reliedOn: {
      revision: 7,
      quantity: 3,
      windowFrom: at(-24),
      windowTo: at(24 * 60),
      expiresAt: at(24 * 30),
    },
    status: 'reserved',
  });
});

test('the fencing token is the booking version of the reservation', () => {
  const scene = offered({ quantity: 3 });
  scene.accept(['o1', 1]);
  scene.settle('sussex', 'psu-1');
  scene.ask({ commandId: 'r2' });
  scene.offer('o2', { requestId: 'r2' });
  scene.send('offer-accept', 'kent', {
    commandId: 'a2',
    requestId: 'r2',
    accept: [{ offerId: 'o2', quantity: 1 }],
  });
  expect(bookings(scene)?.bookings.get('o2')?.token).toBe(3);
  expect(bookings(scene)?.bookingVersion).toBe(3);
});

test('offers of several capabilities are reserved together in one decision', () => {
  const scene = offered();
  scene.advertise({ force: 'surrey', capabilityId: 'psu-9' });
  scene.offer('o2', { capabilityId: 'psu-9' }, 'surrey');
  expect(typesOf(scene.accept(['o1', 1], ['o2', 1]))).toEqual([
    'offer.accepted',
    'booking.changed',
    'offer.accepted',
    'booking.changed',
  ]);
});

test('lines on one capability are folded into one booking event under one version', () => {
  const scene = startScene();
  scene.advertise();
  scene.ask({ lines: [line({ quantity: 1 }), line({ lineId: 'l2', quantity: 1 })] });
  scene.offer('o1');
  scene.offer('o2', { lineId: 'l2' });
  const events = scene.accept(['o1', 1], ['o2', 1]);
  const changed = events.filter(({ type }) => type === 'muster.booking.changed.v1');
  expect(changed).toHaveLength(1);
  expect(changed[0]?.data).toMatchObject({ bookingVersion: 1, changes: [{ token: 1 }, { token: 1 }] });
});

test('a part of an offer may be taken', () => {
  const scene = offered({}, 3);
  scene.accept(['o1', 1]);
  expect(lineCounts(scene.request(), line())).toMatchObject({ reserved: 1, unfilled: 1 });
});

test('a full line ends its other open offers in the same batch', () => {
  const scene = offered({}, 2);
  scene.advertise({ force: 'surrey', capabilityId: 'psu-9' });
  scene.offer('o2', { capabilityId: 'psu-9' }, 'surrey');
  expect(typesOf(scene.accept(['o1', 2]))).toEqual([
    'offer.accepted',
    'booking.changed',
    'offer.not_selected',
  ]);
  expect(scene.request().offers.get('o2')?.status).toBe('not-selected');
});

test('a line that wants more keeps its open offers', () => {
  const scene = offered();
  scene.advertise({ force: 'surrey', capabilityId: 'psu-9' });
  scene.offer('o2', { capabilityId: 'psu-9' }, 'surrey');
  scene.accept(['o1', 1]);
  expect(scene.request().offers.get('o2')?.status).toBe('made');
});

test('offers may still be taken after the answer time', () => {
  const scene = offered();
  scene.setNow(at(3));
  expect(accept(scene, ['o1', 1])).toBeUndefined();
});

test('the home force is given no longer than the line lasts', () => {
  const scene = startScene();
  scene.advertise();
  scene.ask({ confirmWithinMinutes: 10_000 });
  scene.offer('o1');
  scene.accept(['o1', 1]);
  expect(acceptance(scene, 'o1').confirmBy).toBe(at(16));
});

test('a line that has begun is booked from now on', () => {
  const scene = offered();
  scene.setNow(at(6));
  scene.accept(['o1', 1]);
  expect(acceptance(scene, 'o1')).toMatchObject({ from: at(6), to: at(16) });
});

test('a queue is booked by whole weeks, and its weeks do not exceed what it does in one', () => {
  const lines = [line({ capabilityCode: 'DF.LAB', quantity: 9, accreditations: [] })];
  const scene = startScene();
  scene.advertise({ code: 'DF.LAB', kind: 'queue', quantity: 10, windows: [{ from: at(0), to: at(500) }] });
  scene.ask({ lines });
  scene.offer('o1', { quantity: 6 });
  scene.accept(['o1', 6]);
  expect(acceptance(scene, 'o1')).toMatchObject({
    from: '2026-12-07T00:00:00.000Z',
    to: '2026-12-14T00:00:00.000Z',
  });
  const later = [
    line({ capabilityCode: 'DF.LAB', from: at(48), to: at(60), quantity: 9, accreditations: [] }),
  ];
  scene.ask({ commandId: 'r2', lines: later });
  scene.offer('o2', { requestId: 'r2', quantity: 5 });
  const body = (quantity: number) => ({ ...acceptBody(['o2', quantity]), requestId: 'r2' });
  expect(scene.refusalOf({ name: 'offer-accept', org: 'kent', body: body(5) })).toBe('no-capacity');
  expect(scene.refusalOf({ name: 'offer-accept', org: 'kent', body: body(4) })).toBeUndefined();
});

describe('an acceptance is refused whole', () => {
  test('when the request is not the sender’s', () => {
    const scene = offered();
    const command = { name: 'offer-accept' as const, org: 'essex', body: acceptBody(['o1', 1]) };
    expect(scene.refusalOf(command)).toBe('not-found');
  });

  test('when the request has ended', () => {
    const scene = offered();
    const ended = { commandId: 'c', requestId: 'r1', reasonCode: 'resolved' as const, reason: 'Over' };
    scene.send('request-cancel', 'kent', ended);
    expect(accept(scene, ['o1', 1])).toBe('request-ended');
  });

  test('when there is no such offer', () =>
    expect(accept(offered(), ['o1', 1], ['o9', 1])).toBe('not-found'));

  test('when an offer was taken already', () => {
    const scene = offered();
    scene.accept(['o1', 1]);
    expect(accept(scene, ['o1', 1])).toBe('offer-not-open');
  });

  test('when it takes more than is offered', () => expect(accept(offered(), ['o1', 2])).toBe('invalid'));

  test('when it takes more than the line needs, over all of its offers', () => {
    const scene = offered({}, 2);
    scene.advertise({ force: 'surrey', capabilityId: 'psu-9' });
    scene.offer('o2', { capabilityId: 'psu-9' }, 'surrey');
    expect(accept(scene, ['o1', 2], ['o2', 1])).toBe('line-full');
    expect(bookings(scene)?.bookings.size).toBe(0);
  });

  test('when the line is over', () => {
    const scene = offered();
    scene.setNow(at(16));
    expect(accept(scene, ['o1', 1])).toBe('bad-time');
  });

  test('when the advert has run out or was taken back since', () => {
    const expired = offered({ expiresAt: at(1) });
    expired.setNow(at(1));
    expect(accept(expired, ['o1', 1])).toBe('advert-not-current');
    const gone = offered();
    const data = { force: 'sussex', capabilityId: 'psu-1', revision: 2, reasonCode: 'policy' as const };
    gone.store([{ type: 'muster.capability.withdrawn.v1', data }], 'sussex', 'w');
    expect(accept(gone, ['o1', 1])).toBe('advert-not-current');
  });

  test('when the advert does not fit the line any more', () => {
    const scene = offered();
    scene.advertise({ revision: 2, accreditations: [] });
    expect(accept(scene, ['o1', 1])).toBe('not-eligible');
  });

  test('when the capability has no genesis record yet, to be sent again', () => {
    const scene = startScene();
    scene.ask();
    const data = advert();
    scene.store([{ type: 'muster.capability.advertised.v1', data }], 'sussex', 'ad');
    scene.offer('o1');
    expect(accept(scene, ['o1', 1])).toBe('unavailable');
  });

  test('when the units are reserved for another request', () => {
    const scene = offered({ quantity: 1 });
    scene.ask({ commandId: 'r2' }, 'essex');
    scene.offer('o2', { host: 'essex', requestId: 'r2' });
    scene.accept(['o1', 1]);
    const body = { ...acceptBody(['o2', 1]), requestId: 'r2' };
    expect(scene.refusalOf({ name: 'offer-accept', org: 'essex', body })).toBe('no-capacity');
  });

  test('when the force uses the units itself', () => {
    const scene = offered({ quantity: 1 });
    scene.atHome('sussex', 'psu-1', { kind: 'open', donor: 'sussex', capabilityId: 'psu-1' });
    const use = { kind: 'use' as const, useId: 'u1', quantity: 1, from: at(10), to: at(12) };
    scene.atHome('sussex', 'psu-1', use);
    expect(accept(scene, ['o1', 1])).toBe('no-capacity');
  });

  test('when two offers of one acceptance together take more than the capability has', () => {
    const scene = startScene();
    scene.advertise({ quantity: 1 });
    scene.ask({ lines: [line(), line({ lineId: 'l2' })] });
    scene.offer('o1');
    scene.offer('o2', { lineId: 'l2' });
    expect(accept(scene, ['o1', 1], ['o2', 1])).toBe('no-capacity');
  });
});
