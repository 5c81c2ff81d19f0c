import type { CandidateView } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { candidates } from '../matching/candidates.ts';
import { actor, at, line, terms } from '../testing/samples.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { onDutyMinutes, tiredAt } from './check.ts';
import { DUTY_RULES } from './rules.ts';

const REST_MINUTES = 660;
const OVERRIDE = { reason: 'Life at risk, no other unit in reach' };

/** One unit that needs eleven hours of rest has come home from kent at hour 8. */
const home = (): Scene => {
  const scene = startScene();
  scene.advertise({ quantity: 1, minRestMinutes: REST_MINUTES });
  scene.ask({ lines: [line({ quantity: 1, from: at(1), to: at(8) })] });
  scene.offer('o1');
  scene.accept(['o1', 1]);
  scene.settle('sussex', 'psu-1');
  const names = { donor: 'sussex', deploymentId: 'o1' };
  scene.send('deployment-release', 'kent', { commandId: 'rel', ...names, reasonCode: 'task-complete' });
  scene.setNow(at(8));
  scene.send('deployment-return', 'sussex', {
    ...{ commandId: 'back', ...names, at: at(8), injuries: 0, welfareReferral: false },
  });
  scene.settle('sussex', 'psu-1');
  return scene;
};

/** Kent asks again, for a line that begins so many hours after the start. */
const again = (scene: Scene, from: number, to = from + 4): void => {
  scene.ask({
    ...{ commandId: 'r2', lines: [line({ quantity: 1, from: at(from), to: at(to) })], answerBy: at(9) },
    terms,
  });
  scene.offer('o2', { requestId: 'r2', estimatedArrival: at(from + 1) });
};

const accept = (scene: Scene, override?: { reason: string }) =>
  scene.commandOf('offer-accept', 'kent', {
    ...{ commandId: 'a2', requestId: 'r2', accept: [{ offerId: 'o2', quantity: 1 }] },
    ...(override && { override }),
  });

const codesOf = (found: CandidateView | undefined): string[] =>
  found?.eligible === false ? found.reasons.map(({ code }) => code) : [];

describe('rest between two deployments', () => {
  test('rules out a unit that came home too short a time ago, under a code of its own', () => {
    const scene = home();
    const find = (from: number) =>
      candidates(line({ from: at(from), to: at(from + 4) }), 'kent', scene.ledger.view, scene.now())[0];
    expect(codesOf(find(18))).toEqual(['rest']);
    expect(find(19)?.eligible).toBe(true);
  });

  test('rules it out too where it would run into what is promised already', () => {
    const scene = home();
    again(scene, 40);
    scene.run(accept(scene));
    const find = (to: number) =>
      candidates(line({ from: at(20), to: at(to) }), 'kent', scene.ledger.view, scene.now())[0];
    expect(codesOf(find(30))).toEqual(['rest']);
    expect(find(29)?.eligible).toBe(true);
  });

  test('refuses the acceptance, unless a person passes it over with a reason, which goes on record', () => {
    const scene = home();
    again(scene, 10);
    expect(scene.refusalOf(accept(scene))).toBe('duty-breach');
    const [accepted, booked] = scene.run(accept(scene, OVERRIDE));
    const override = {
      ...{ ...OVERRIDE, by: actor.id, rules: DUTY_RULES.version },
      breached: [{ rule: 'rest' }],
    };
    expect(accepted?.data).toMatchObject({ override });
    expect(booked?.data).toMatchObject({ changes: [{ kind: 'reserved', override }] });
  });

  test('records no override where nothing is passed over', () => {
    const scene = home();
    again(scene, 20);
    const [accepted] = scene.run(accept(scene, OVERRIDE));
    expect(accepted?.data).not.toHaveProperty('override');
  });

  test('leaves what was passed over to a person of the home force, whatever its policy', () => {
    const scene = home();
    again(scene, 10);
    scene.run(accept(scene, OVERRIDE));
    scene.settle('sussex', 'psu-1');
    expect(scene.bookingStatus('sussex', 'psu-1', 'o2')).toBe('reserved');
    scene.tellHub(scene.atHome('sussex', 'psu-1', { kind: 'confirm', bookingId: 'o2' }));
    expect(scene.bookingStatus('sussex', 'psu-1', 'o2')).toBe('confirmed');
  });

  test('is refused by the home force where the hub had not heard of it', () => {
    const scene = home();
    scene.advertise({ quantity: 1, revision: 2 });
    again(scene, 10);
    scene.run(accept(scene));
    scene.advertise({ quantity: 1, revision: 3, minRestMinutes: REST_MINUTES });
    scene.settle('sussex', 'psu-1');
    expect(scene.request('r2').offers.get('o2')).toMatchObject({
      status: 'refused',
      reasonCode: 'welfare-rest',
    });
  });

  test('does not count for a queue, whose work nobody has to rest from', () => {
    const scene = startScene();
    scene.advertise({ kind: 'queue', minRestMinutes: REST_MINUTES });
    scene.ask({ lines: [line({ from: at(1), to: at(8) })] });
    scene.offer('o1', { quantity: 3 });
    scene.accept(['o1', 2]);
    const [found] = candidates(line({ from: at(170), to: at(172) }), 'kent', scene.ledger.view, scene.now());
    expect(found).toMatchObject({ eligible: true, free: 3 });
  });
});

describe('time on duty', () => {
  test.each([
    [{ dutyStart: at(0) }, 600],
    [{ lastRestEnd: at(4) }, 360],
    [{ workedMinutes: 500, travelMinutes: 90 }, 590],
    [{ dutyStart: at(9), workedMinutes: 700 }, 700],
    [{}, 0],
  ])('that %o tells comes to %i minutes at hour 10', (duty, minutes) => {
    expect(onDutyMinutes(duty, at(10))).toBe(minutes);
  });

  test('breaks its rule beyond the most that is allowed, and only what is known can', () => {
    expect(tiredAt({ workedMinutes: DUTY_RULES.onDutyMinutesMax }, at(0))).toEqual([]);
    expect(tiredAt({ workedMinutes: DUTY_RULES.onDutyMinutesMax + 1 }, at(0))).toMatchObject([
      { rule: 'on-duty' },
    ]);
    expect(tiredAt(undefined, at(0))).toEqual([]);
  });

  test('at arrival refuses the acceptance of an offer that told it', () => {
    const scene = startScene();
    scene.advertise();
    scene.ask();
    scene.offer('o1', { duty: { dutyStart: at(-12) }, estimatedArrival: at(3) });
    const command = scene.commandOf('offer-accept', 'kent', {
      ...{ commandId: 'a', requestId: 'r1', accept: [{ offerId: 'o1', quantity: 1 }] },
    });
    expect(scene.refusalOf(command)).toBe('duty-breach');
  });

  test('goes from the offer, the commitment and each report to the deployment', () => {
    const scene = startScene();
    scene.advertise();
    scene.ask();
    scene.offer('o1', { duty: { workedMinutes: 60 } });
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    const dutyOf = () => scene.ledger.view.deployment('sussex', 'o1')?.duty;
    expect(dutyOf()).toEqual({ workedMinutes: 60 });
    const names = { donor: 'sussex', deploymentId: 'o1', status: 'MOBILISING' as const, at: scene.now() };
    scene.send('deployment-status', 'sussex', { commandId: 's', ...names, duty: { workedMinutes: 90 } });
    expect(dutyOf()).toEqual({ workedMinutes: 90 });
  });

  test('told with a confirmation is held against the rules as well', () => {
    const scene = startScene();
    scene.advertise();
    scene.ask();
    scene.offer('o1');
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1', { policy: 'person' });
    const duty = { workedMinutes: DUTY_RULES.onDutyMinutesMax + 1 };
    const confirm = { kind: 'confirm' as const, bookingId: 'o1', duty };
    expect(() => scene.atHome('sussex', 'psu-1', confirm)).toThrow('duty-breach');
    scene.tellHub(scene.atHome('sussex', 'psu-1', { ...confirm, override: 'They volunteer' }));
    expect(scene.ledger.view.deployment('sussex', 'o1')?.duty).toEqual(duty);
  });
});
