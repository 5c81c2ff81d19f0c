import type { CapabilityAdvertised, CommandBody } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { actor, at, line } from '../testing/samples.ts';
import { offerBody, type Scene, startScene } from '../testing/scene.ts';
import { answersOf, lineCounts } from './lines.ts';
import { OFFERS_PER_REQUEST_MAX } from './offering.ts';

const asked = (over: Partial<CapabilityAdvertised> = {}): Scene => {
  const scene = startScene();
  scene.advertise(over);
  scene.ask();
  return scene;
};

const offer = (scene: Scene, over: Partial<CommandBody<'offer-make'>> = {}, org = 'sussex') =>
  scene.refusalOf({ name: 'offer-make', org, body: offerBody('o1', over) });

const declineBody = (lineIds = ['l1']): CommandBody<'offer-decline'> => ({
  commandId: 'd1',
  actor,
  classification: 'OFFICIAL',
  host: 'kent',
  requestId: 'r1',
  lineIds,
  reasonCode: 'own-demand',
});
const decline = (scene: Scene, lineIds?: string[], org = 'sussex') =>
  scene.refusalOf({ name: 'offer-decline', org, body: declineBody(lineIds) });

const cancel = (scene: Scene) =>
  scene.send('request-cancel', 'kent', {
    commandId: 'cancel',
    requestId: 'r1',
    reasonCode: 'resolved',
    reason: 'Over',
  });

test('an offer answers for its line and holds nothing', () => {
  const scene = asked();
  scene.offer('o1', { quantity: 3 });
  expect(answersOf(scene.request())[0]).toEqual({ force: 'sussex', lineId: 'l1', answer: 'offered' });
  expect(lineCounts(scene.request(), line())).toEqual({
    offered: 3,
    reserved: 0,
    committed: 0,
    unfilled: 2,
  });
  expect(scene.ledger.view.bookings('sussex', 'psu-1')?.bookings.size).toBe(0);
});

test('a force may offer from several of its capabilities for one line', () => {
  const scene = asked();
  scene.advertise({ capabilityId: 'psu-2' });
  scene.offer('o1');
  expect(offer(scene, { commandId: 'o2', capabilityId: 'psu-2' })).toBeUndefined();
});

test('a force declines the lines that it names, with its reason', () => {
  const scene = startScene();
  scene.ask({ lines: [line(), line({ lineId: 'l2' }), line({ lineId: 'l3' })] });
  scene.run({ name: 'offer-decline', org: 'sussex', body: declineBody(['l1', 'l3', 'l1']) });
  expect(answersOf(scene.request()).filter(({ force }) => force === 'sussex')).toEqual([
    { force: 'sussex', lineId: 'l1', answer: 'declined', reasonCode: 'own-demand' },
    { force: 'sussex', lineId: 'l2', answer: 'waiting' },
    { force: 'sussex', lineId: 'l3', answer: 'declined', reasonCode: 'own-demand' },
  ]);
});

describe('an answer is refused', () => {
  for (const [kind, answer] of [
    ['offer', offer],
    ['decline', (scene: Scene, _: object, org?: string) => decline(scene, undefined, org)],
  ] as const) {
    test(`an ${kind} by an organisation that is no force`, () => {
      expect(answer(asked(), {}, 'npocc')).toBe('not-permitted');
    });
    test(`an ${kind} by a force that was not asked, which learns nothing`, () => {
      expect(answer(asked(), {}, 'durham')).toBe('not-found');
      expect(answer(startScene(), {}, 'sussex')).toBe('not-found');
    });
    test(`an ${kind} once the request has ended`, () => {
      const scene = asked();
      cancel(scene);
      expect(answer(scene, {})).toBe('request-ended');
    });
    test(`an ${kind} once the answer time has passed`, () => {
      const scene = asked();
      scene.setNow(at(2));
      expect(answer(scene, {})).toBe('answer-time-passed');
    });
  }

  test('a decline of a line that is not in the request', () => {
    expect(decline(asked(), ['l9'])).toBe('not-found');
  });

  test('a decline of a line that was answered', () => {
    const scene = asked();
    scene.offer('o1');
    expect(decline(scene)).toBe('already-answered');
    const other = asked();
    other.run({ name: 'offer-decline', org: 'sussex', body: declineBody() });
    expect(decline(other)).toBe('already-answered');
  });

  test('an answer for a line for which this force was not asked', () => {
    const scene = startScene();
    scene.advertise({ force: 'sussex', capabilityId: 'psu-1' });
    scene.advertise({ force: 'essex', capabilityId: 'cy', code: 'CY.FCCU', accreditations: [] });
    const lines = [line(), line({ lineId: 'l2', capabilityCode: 'CY.FCCU', accreditations: [] })];
    scene.ask({ lines, recipients: { kind: 'nearest', count: 1 } });
    expect(offer(scene, { lineId: 'l2' })).toBe('not-asked');
    expect(decline(scene, ['l2'])).toBe('not-asked');
  });
});

describe('an offer is refused', () => {
  test('when the force declined the line', () => {
    const scene = asked();
    scene.run({ name: 'offer-decline', org: 'sussex', body: declineBody() });
    expect(offer(scene)).toBe('already-answered');
  });

  test('when the same capability is on offer for the line', () => {
    const scene = asked();
    scene.offer('o1');
    expect(offer(scene, { commandId: 'o2' })).toBe('already-answered');
  });

  test('when the line is not in the request', () => {
    expect(offer(asked(), { lineId: 'l9' })).toBe('not-found');
  });

  test('when the line is over', () => {
    const scene = startScene();
    scene.advertise();
    scene.ask({ lines: [line({ to: at(5) }), line({ lineId: 'l2' })], answerBy: at(9) });
    scene.setNow(at(5));
    expect(offer(scene)).toBe('bad-time');
  });

  test('when the units would come after the line is over', () => {
    expect(offer(asked(), { estimatedArrival: at(16) })).toBe('bad-time');
  });

  test('when the line needs no more', () => {
    const scene = asked();
    scene.advertise({ force: 'surrey', capabilityId: 'psu-9' });
    scene.offer('o1', { quantity: 2 });
    scene.accept(['o1', 2]);
    expect(offer(scene, { commandId: 'o2', capabilityId: 'psu-9' }, 'surrey')).toBe('line-full');
  });

  test('when another force has used its id in this request', () => {
    const scene = asked();
    scene.advertise({ force: 'surrey', capabilityId: 'psu-9' });
    scene.offer('o1');
    expect(offer(scene, { capabilityId: 'psu-9' }, 'surrey')).toBe('command-id-reused');
  });

  test('when the capability was never advertised', () => {
    expect(offer(asked(), { capabilityId: 'ghost' })).toBe('not-found');
  });

  test('when it is for more than the capability has in all', () => {
    expect(offer(asked(), { quantity: 4 })).toBe('no-capacity');
  });

  const unfit: [string, Partial<CapabilityAdvertised>, string][] = [
    ['when the advert is of another code', { code: 'PO.PSU.L1' }, 'not-eligible'],
    ['when the advert has run out', { expiresAt: at(0) }, 'advert-not-current'],
    ['when the advert shows it as unavailable', { status: 'unavailable' }, 'advert-not-current'],
    ['when no window covers the line', { windows: [{ from: at(0), to: at(15) }] }, 'not-eligible'],
    ['when a scheme is missing', { accreditations: [] }, 'not-eligible'],
    [
      'when a scheme runs out within the line',
      { accreditations: [{ scheme: 'PO-L2', validTo: at(15) }] },
      'not-eligible',
    ],
    [
      'when it may not be lent to the host',
      { releasableTo: { kind: 'forces', forces: ['essex'] } },
      'not-eligible',
    ],
  ];
  for (const [name, over, code] of unfit) {
    test(name, () => expect(offer(asked(over))).toBe(code));
  }

  test('when the advert was withdrawn', () => {
    const scene = asked();
    const data = { force: 'sussex', capabilityId: 'psu-1', revision: 2, reasonCode: 'policy' as const };
    scene.store([{ type: 'muster.capability.withdrawn.v1', data }], 'sussex', 'w');
    expect(offer(scene)).toBe('advert-not-current');
  });

  test('when the request has gathered as many offers as one append can end', () => {
    const scene = asked({ quantity: 1 });
    for (let n = 0; n < OFFERS_PER_REQUEST_MAX; n += 1) {
      scene.advertise({ capabilityId: `c-${n}` });
      scene.offer(`n-${n}`, { capabilityId: `c-${n}` });
    }
    expect(offer(scene)).toBe('line-full');
  });
});
