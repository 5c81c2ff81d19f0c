import { describe, expect, test } from 'vitest';
import { finish } from '../testing/lending.ts';
import {
  accept,
  meet,
  notSelect,
  offered,
  ofOffer,
  runOut,
  statusOf,
  VALID_UNTIL,
  withdraw,
} from '../testing/offered.ts';
import { at, line } from '../testing/samples.ts';
import { offerBody, type Scene, startScene, typesOf } from '../testing/scene.ts';
import { answersOf, lineCounts } from './lines.ts';

const again = (scene: Scene, over: object = {}) =>
  scene.refusalOf({ name: 'offer-make', org: 'sussex', body: offerBody('o2', over) });

describe('a provisional offer', () => {
  test('answers for its line and does not count as offered before its condition has come true', () => {
    const scene = offered('provisional');
    expect(answersOf(scene.request())[0]).toMatchObject({ force: 'sussex', answer: 'offered' });
    expect(lineCounts(scene.request(), line()).offered).toBe(0);
    scene.run(meet(scene));
    expect(lineCounts(scene.request(), line()).offered).toBe(1);
    scene.run(accept(scene));
    expect(statusOf(scene)).toBe('accepted');
  });

  test('tells who confirmed its condition and what came true', () => {
    const scene = offered('provisional');
    expect(scene.run(meet(scene))).toMatchObject([
      { type: 'muster.offer.condition_met.v1', data: { by: 'duty-desk', note: 'The match has ended' } },
    ]);
  });

  test('cannot become firm once its time has passed, also before the timer has been heard', () => {
    const scene = offered('provisional');
    scene.setNow(VALID_UNTIL);
    expect(scene.refusalOf(meet(scene))).toBe('offer-not-open');
  });

  test('stands in the way of a second offer of the same units', () => {
    expect(again(offered('provisional'))).toBe('already-answered');
  });

  test('keeps the minimum of a line within reach, and gives it up when it is withdrawn', () => {
    const scene = startScene();
    for (const force of ['sussex', 'surrey', 'essex']) scene.advertise({ force });
    scene.ask({
      lines: [line({ quantity: 3, minimumQuantity: 2 })],
      recipients: { kind: 'forces', forces: ['sussex', 'surrey', 'essex'] },
    });
    scene.offer('o1', { condition: 'The match ends quietly' });
    scene.offer('o2', {}, 'surrey');
    scene.offer('o3', {}, 'essex');
    scene.accept(['o2', 1], ['o3', 1]);
    scene.settle('essex', 'psu-1', { policy: 'person' });
    const refusal = { kind: 'refuse', bookingId: 'o3', reasonCode: 'other' } as const;
    scene.tellHub(scene.atHome('essex', 'psu-1', refusal));
    const settle = { name: 'settle-request', host: 'kent', requestId: 'r1' } as const;
    scene.internal(settle);
    expect(statusOf(scene, 'o2')).toBe('accepted');
    scene.run(withdraw(scene));
    scene.internal(settle);
    expect(scene.request().offers.get('o2')).toMatchObject({
      status: 'lapsed',
      reasonCode: 'minimum-not-met',
    });
  });
});

describe('a withdrawn offer', () => {
  test('says by whom and why, stays on record, and the force may offer again', () => {
    const scene = offered();
    expect(scene.run(withdraw(scene))).toMatchObject([
      {
        type: 'muster.offer.withdrawn.v1',
        data: { ...ofOffer, donor: 'sussex', by: 'duty-desk', reasonCode: 'own-demand' },
      },
    ]);
    expect(answersOf(scene.request())[0]).toMatchObject({ force: 'sussex', answer: 'offered' });
    expect(again(scene)).toBeUndefined();
  });

  test('entered in error is put right by a new one that names it', () => {
    const scene = offered();
    scene.run(withdraw(scene, { reasonCode: 'entered-in-error' }));
    scene.offer('o2', { corrects: 'o1', quantity: 2 });
    expect(scene.request().offers.get('o2')).toMatchObject({ corrects: 'o1', quantity: 2 });
  });

  test('for another reason, one that stands and one of another force are not put right', () => {
    const scene = offered('withdrawn');
    expect(again(scene, { corrects: 'o1' })).toBe('wrong-status');
    expect(again(scene, { corrects: 'o9' })).toBe('not-found');
    const made = offered();
    expect(again(made, { corrects: 'o1', capabilityId: 'psu-2' })).toBe('wrong-status');
    const body = offerBody('o2', { corrects: 'o1' });
    expect(made.refusalOf({ name: 'offer-make', org: 'surrey', body })).toBe('not-found');
  });

  test('cannot be accepted', () => {
    const scene = offered('withdrawn');
    expect(scene.refusalOf(accept(scene))).toBe('offer-not-open');
  });
});

describe('an offer with a time', () => {
  test('is not accepted from that moment on, also before the timer has been heard', () => {
    const scene = offered();
    scene.setNow(new Date(Date.parse(VALID_UNTIL) - 1).toISOString());
    expect(scene.refusalOf(accept(scene))).toBeUndefined();
    scene.setNow(VALID_UNTIL);
    expect(scene.refusalOf(accept(scene))).toBe('offer-not-open');
  });

  test('lapses at that moment and not before, and says why', () => {
    const scene = offered();
    expect(scene.internal({ name: 'offer-due', ...ofOffer })).toEqual([]);
    expect(runOut(scene)).toMatchObject([{ data: { ...ofOffer, reasonCode: 'validity-passed' } }]);
    expect(again(scene)).toBeUndefined();
  });

  test('is refused when that moment has passed already', () => {
    const scene = startScene();
    scene.advertise();
    scene.ask();
    expect(again(scene, { validUntil: at(0) })).toBe('bad-time');
  });
});

test('an offer that the host turns down says by whom and why', () => {
  const scene = offered();
  expect(scene.run(notSelect(scene))).toMatchObject([
    { type: 'muster.offer.not_selected.v1', data: { by: 'duty-desk', reason: 'A nearer team is free' } },
  ]);
});

test.each([
  ['withdrawn by its donor', (scene: Scene) => scene.run(withdraw(scene))],
  ['turned down by the host', (scene: Scene) => scene.run(notSelect(scene))],
  ['run out', runOut],
])('the last open offer, %s, ends a request whose units are all home', (_, end) => {
  const scene = offered();
  scene.offer('o2', {}, 'surrey');
  scene.accept(['o2', 1]);
  scene.settle('surrey', 'psu-1');
  expect(typesOf(finish(scene, 'o2', 'surrey'))).not.toContain('request.closed');
  expect(typesOf(end(scene))).toContain('request.closed');
});

describe('of the offers of others nobody learns anything', () => {
  test('when a force means to withdraw or confirm what it never offered', () => {
    const scene = offered('provisional');
    expect(scene.refusalOf(withdraw(scene, {}, 'surrey'))).toBe('not-found');
    expect(scene.refusalOf(withdraw(scene, { offerId: 'o9' }))).toBe('not-found');
    expect(scene.refusalOf(withdraw(scene, { requestId: 'r9' }))).toBe('not-found');
    expect(scene.refusalOf(meet(scene, 'surrey'))).toBe('not-found');
  });

  test('when an organisation means to turn down an offer to another host', () => {
    expect(offered().refusalOf(notSelect(offered(), 'durham'))).toBe('not-found');
  });
});
