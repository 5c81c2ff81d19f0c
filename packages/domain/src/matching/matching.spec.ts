import type { CandidateView, CapabilityAdvertised } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { at, line } from '../testing/samples.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { basesOf, candidates, rankCandidates } from './candidates.ts';
import { ASSUMED_PENCE_PER_UNIT_HOUR, ASSUMED_PENCE_PER_UNIT_KM } from './optimum/cost.ts';
import { chooseRecipients } from './recipients.ts';
import { distanceKm, greatCircle, type TravelTimes, travelMinutes } from './travel.ts';
import { WEIGHTS } from './weights.ts';

const find = (scene: Scene, over = {}) => candidates(line(over), 'kent', scene.ledger.view, scene.now());
const names = (list: CandidateView[]) => list.map(({ donor, capabilityId }) => `${donor}/${capabilityId}`);
const one = (over: Partial<CapabilityAdvertised>): CandidateView => {
  const scene = startScene();
  scene.advertise(over);
  const [found] = find(scene);
  if (!found) throw new Error('there is no candidate');
  return found;
};
const term = (found: CandidateView | undefined, name: string) =>
  found?.eligible ? found.terms.find((each) => each.term === name) : undefined;

describe('each reason against a capability is named', () => {
  const cases: [string, Partial<CapabilityAdvertised>][] = [
    ['unavailable', { status: 'unavailable' }],
    ['advert-expired', { expiresAt: at(0) }],
    ['own-force', { force: 'kent' }],
    ['not-releasable', { releasableTo: { kind: 'region' } }],
    ['window', { windows: [{ from: at(5), to: at(99) }] }],
    ['not-accredited', { accreditations: [{ scheme: 'PO-L2', validTo: at(15) }] }],
  ];
  for (const [code, over] of cases) {
    test(code, () => {
      const found = one(over);
      expect(found).toMatchObject({ eligible: false, reasons: [{ code }] });
    });
  }

  test('withdrawn', () => {
    const scene = startScene();
    scene.advertise();
    const data = { force: 'sussex', capabilityId: 'psu-1', revision: 2, reasonCode: 'policy' as const };
    scene.store([{ type: 'muster.capability.withdrawn.v1', data }], 'sussex', 'w');
    expect(find(scene)).toMatchObject([{ reasons: [{ code: 'withdrawn' }] }]);
  });

  test('no-capacity', () => {
    const scene = startScene();
    scene.advertise({ quantity: 1 });
    scene.ask();
    scene.offer('o1');
    scene.accept(['o1', 1]);
    expect(find(scene)).toMatchObject([{ reasons: [{ code: 'no-capacity' }] }]);
  });

  test('all at once', () => {
    const found = one({ force: 'kent', status: 'unavailable', accreditations: [] });
    const codes = found.eligible ? [] : found.reasons.map(({ code }) => code);
    expect(codes).toEqual(['unavailable', 'own-force', 'not-accredited']);
  });
});

test('an accreditation in date to the very end of the line is enough', () => {
  expect(one({ accreditations: [{ scheme: 'PO-L2', validTo: at(16) }] }).eligible).toBe(true);
  expect(one({ accreditations: [{ scheme: 'PO-L2' }] }).eligible).toBe(true);
});

test('capabilities of other codes are not looked at', () => {
  const scene = startScene();
  scene.advertise({ code: 'CY.FCCU' });
  expect(find(scene)).toEqual([]);
});

test('every term of a rank is shown with unit and weight, and they add up to the score', () => {
  const found = one({});
  if (!found.eligible) throw new Error('not eligible');
  expect(found.terms.map(({ term: name, unit }) => [name, unit])).toEqual([
    ['lateness', 'minutes'],
    ['travel', 'minutes'],
    ['tier', 'outside the region'],
    ['strain', 'share of gross lent'],
    ['reserve', 'share below the reserve floor'],
    ['skill-fit', 'schemes not asked for'],
    ['cost', 'assumed pounds a unit'],
  ]);
  const sum = found.terms.reduce((total, { value, weight }) => total + value * weight, 0);
  expect(found.score).toBeCloseTo(sum, 9);
  expect(WEIGHTS.version).not.toBe('');
});

test('cost is what a unit is assumed to cost by its time and its road, and counts as much as the policy says', () => {
  const scene = startScene();
  scene.advertise();
  const weights = { ...WEIGHTS, cost: 2 };
  const of = (km: number) =>
    rankCandidates(line(), 'kent', scene.ledger.view, scene.now(), {
      weights,
      travel: () => ({ minutes: 30, km, source: 'osrm-table' }),
    }).candidates[0];
  const [near, far] = [of(50), of(150)];
  const hours = 12;
  expect(term(near, 'cost')?.value).toBe(
    (hours * ASSUMED_PENCE_PER_UNIT_HOUR + 100 * ASSUMED_PENCE_PER_UNIT_KM) / 100,
  );
  expect(near?.eligible && far?.eligible && far.score - near.score).toBe(
    (2 * 200 * ASSUMED_PENCE_PER_UNIT_KM) / 100,
  );
});

test('arrival is now plus notice plus travel, and lateness counts from the start of the line', () => {
  const found = one({ noticeMinutes: 300 });
  if (!found.eligible) throw new Error('not eligible');
  const minutes = 300 + travelMinutes(found.distanceKm);
  expect((Date.parse(found.arrival) - Date.parse(at(0))) / 60_000).toBeCloseTo(minutes, 0);
  expect(term(found, 'lateness')?.value).toBe(Math.round(minutes - 240));
});

describe('time on the road', () => {
  const far = { force: 'essex', base: { name: 'Carlisle', lat: 54.9, lon: -2.9 } };
  const ranked = (minutes: number) => {
    const scene = startScene();
    scene.advertise();
    scene.advertise(far);
    const travel: TravelTimes = (from, to) =>
      from.lat > 54 ? { minutes, source: 'osrm-table' } : { ...greatCircle(from, to), because: 'no road' };
    return rankCandidates(line(), 'kent', scene.ledger.view, scene.now(), { travel }).candidates;
  };

  test('is what was found out beforehand, and each candidate names where it comes from', () => {
    const all = ranked(15.04);
    const near = all.find(({ donor }) => donor === 'essex');
    expect(near).toMatchObject({ travel: { minutes: 15, source: 'osrm-table' } });
    expect(term(near, 'travel')?.value).toBe(15);
    expect(near).toMatchObject({ arrival: new Date(Date.parse(at(0)) + 75.04 * 60_000).toISOString() });
    expect(all.find(({ donor }) => donor === 'sussex')).toMatchObject({
      travel: { source: 'great-circle', because: 'no road' },
    });
  });

  test('moves a candidate up or down', () => {
    expect(names(ranked(15))[0]).toBe('essex/psu-1');
    expect(names(ranked(900))[0]).toBe('sussex/psu-1');
  });

  test('is by the straight line where nothing else was found out', () => {
    expect(one({})).toMatchObject({ travel: { source: 'great-circle' } });
  });

  test('is wanted from the bases of those alone that could come', () => {
    const scene = startScene();
    scene.advertise(far);
    scene.advertise({ force: 'surrey', status: 'unavailable' });
    scene.advertise({ force: 'durham', code: 'CY.FCCU' });
    expect([...basesOf(line(), 'kent', scene.ledger.view, scene.now())]).toEqual([far.base]);
  });
});

test('units that come in time are not better for coming earlier', () => {
  expect(term(one({ noticeMinutes: 0 }), 'lateness')?.value).toBe(0);
  expect(term(one({ noticeMinutes: 60 }), 'lateness')?.value).toBe(0);
});

test('a donor of the host’s region is nearer than one of another', () => {
  expect(term(one({ force: 'essex' }), 'tier')?.value).toBe(0);
  expect(term(one({ force: 'sussex' }), 'tier')?.value).toBe(1);
});

test('strain is the donor’s share lent over all that it has of the code', () => {
  const scene = startScene();
  scene.advertise({ capabilityId: 'a', quantity: 4 });
  scene.advertise({ capabilityId: 'b', quantity: 4 });
  scene.ask();
  scene.offer('o1', { capabilityId: 'a' });
  scene.accept(['o1', 1]);
  expect(find(scene).map((found) => term(found, 'strain')?.value)).toEqual([3 / 8, 3 / 8]);
});

describe('units that a donor keeps back for itself', () => {
  const kept = (reserveFloor: number) => term(one({ quantity: 3, reserveFloor }), 'reserve')?.value;

  test('are named by the share of the units asked for', () => {
    expect(kept(0)).toBe(0);
    expect(kept(1)).toBe(0);
    expect(kept(2)).toBe(0.5);
    expect(kept(3)).toBe(1);
    expect(kept(9)).toBe(1);
  });

  test('stay eligible, behind those of a donor that has units to spare', () => {
    const scene = startScene();
    scene.advertise({ capabilityId: 'a', reserveFloor: 3 });
    scene.advertise({ capabilityId: 'b', reserveFloor: 1 });
    expect(names(find(scene))).toEqual(['sussex/b', 'sussex/a']);
    expect(find(scene).every(({ eligible }) => eligible)).toBe(true);
  });

  test('make a force the last to be asked among the nearest, and may still be offered and taken', () => {
    const scene = startScene();
    scene.advertise({ force: 'sussex', reserveFloor: 3 });
    scene.advertise({ force: 'durham', base: { name: 'Durham', lat: 54.78, lon: -1.57 } });
    const asked = (count: number) =>
      chooseRecipients({ kind: 'nearest', count }, 'kent', [line()], scene.ledger.view, scene.now());
    expect(asked(1)).toEqual([{ force: 'durham', lineIds: ['l1'] }]);
    expect(asked(2)).toMatchObject([{ force: 'durham' }, { force: 'sussex' }]);
    scene.ask();
    scene.offer('o1');
    scene.accept(['o1', 1]);
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('reserved');
  });
});

test('rare skills are kept for those who need them', () => {
  const skilled = [{ scheme: 'PO-L2' }, { scheme: 'CBRN' }];
  const scene = startScene();
  scene.advertise({ capabilityId: 'a', accreditations: skilled });
  scene.advertise({ capabilityId: 'b', accreditations: [{ scheme: 'PO-L2' }] });
  expect(names(find(scene))).toEqual(['sussex/b', 'sussex/a']);
});

test('equal candidates stand in the order of their names, whatever the order of the adverts', () => {
  const forwards = startScene();
  const backwards = startScene();
  const ids = ['c', 'a', 'b'];
  for (const capabilityId of ids) forwards.advertise({ capabilityId });
  for (const capabilityId of [...ids].reverse()) backwards.advertise({ capabilityId });
  expect(names(find(forwards))).toEqual(['sussex/a', 'sussex/b', 'sussex/c']);
  expect(find(backwards)).toEqual(find(forwards));
});

test('the eligible come first, the rejected after them', () => {
  const scene = startScene();
  scene.advertise({ capabilityId: 'a', status: 'unavailable' });
  scene.advertise({ capabilityId: 'b' });
  expect(find(scene).map(({ eligible }) => eligible)).toEqual([true, false]);
});

test('the distance over the ground is right to a kilometre', () => {
  const london = { lat: 51.5074, lon: -0.1278 };
  const edinburgh = { lat: 55.9533, lon: -3.1883 };
  expect(Math.round(distanceKm(london, edinburgh))).toBe(534);
  expect(distanceKm(london, london)).toBe(0);
  expect(travelMinutes(70)).toBeCloseTo(78, 9);
});
