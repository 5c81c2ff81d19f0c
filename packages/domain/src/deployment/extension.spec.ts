import { DEPLOYMENT_STATUSES, type DeploymentStatus, isRefusal } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { answerExtension } from '../home/extend.ts';
import { deployed, ofDeployment, reach, recall, release, stateOf } from '../testing/deployed.ts';
import { actor, at, line } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';
import { EXTENSION_ANSWER_MINUTES } from './extension.ts';

const END = at(16);
const NEW_END = at(40);

const ask = (scene: Scene, newEnd = NEW_END, commandId = 'ext') =>
  scene.commandOf('extension-ask', 'kent', { commandId, ...ofDeployment, newEnd, reason: 'Not done yet' });

const answer = (scene: Scene, over: object = {}) =>
  scene.commandOf('extension-answer', 'sussex', {
    ...{ commandId: 'ans', ...ofDeployment, extensionId: 'ext', answer: 'accept' as const },
    ...over,
  });

/** Units of sussex on task for kent, and kent asks to keep them. */
const asked = (): Scene => {
  const scene = deployed();
  scene.run(ask(scene));
  return scene;
};

const accepted = (): Scene => {
  const scene = asked();
  scene.run(answer(scene));
  return scene;
};

const endOf = (scene: Scene): string => stateOf(scene).to;
const booking = (scene: Scene) => scene.ledger.view.bookings('sussex', 'psu-1')?.bookings.get('o1');
const settle = (scene: Scene) => scene.settle('sussex', 'psu-1');

/** Another host wants units of the capability over the further time. */
const wanted = (scene: Scene, quantity: number): void => {
  const lines = [line({ quantity, from: at(20), to: at(30) })];
  scene.ask({ commandId: 'r2', lines, answerBy: at(1) });
  scene.offer('o2', { requestId: 'r2', quantity, estimatedArrival: at(21) });
};
const take = (scene: Scene, quantity: number) =>
  scene.commandOf('offer-accept', 'kent', {
    ...{ commandId: 'a2', requestId: 'r2', accept: [{ offerId: 'o2', quantity }] },
  });

describe('an extension', () => {
  test('moves the end only when the donor has accepted and its own ledger has the time', () => {
    const scene = accepted();
    expect(endOf(scene)).toBe(END);
    expect(typesOf(settle(scene))).toEqual(['extension.confirmed', 'booking.changed']);
    expect(endOf(scene)).toBe(NEW_END);
    expect(booking(scene)).toMatchObject({ status: 'confirmed', to: NEW_END });
    expect(stateOf(scene).extension).toBeUndefined();
  });

  test('takes the further time at the hub as soon as it is accepted, so that nobody else gets it', () => {
    const scene = asked();
    wanted(scene, 2);
    expect(scene.refusalOf(take(scene, 2))).toBeUndefined();
    scene.run(answer(scene));
    expect(scene.refusalOf(take(scene, 2))).toBe('no-capacity');
    expect(scene.refusalOf(take(scene, 1))).toBeUndefined();
  });

  test('is refused where others have the time already', () => {
    const scene = asked();
    wanted(scene, 2);
    scene.run(take(scene, 2));
    expect(scene.refusalOf(answer(scene))).toBe('no-capacity');
    expect(endOf(scene)).toBe(END);
  });

  test('comes to nothing where the force needs the units itself, which only its ledger knows', () => {
    const scene = asked();
    const use = { kind: 'use' as const, useId: 'u', quantity: 2, from: at(20), to: at(22) };
    const recorded = scene.atHome('sussex', 'psu-1', use);
    // What the force uses is told by its ledger, of which the hub knows only later.
    expect(recorded).toHaveLength(1);
    expect(scene.refusalOf(answer(scene))).toBe('no-capacity');
    scene.atHome('sussex', 'psu-1', { kind: 'use-return', useId: 'u', at: at(0) });
    scene.run(answer(scene));
    scene.atHome('sussex', 'psu-1', { ...use, useId: 'u2', quantity: 1 });
    settle(scene);
    expect(endOf(scene)).toBe(NEW_END);
  });

  test('is refused at home when the ledger of the force has no room, and the hub frees the time', () => {
    const scene = accepted();
    scene.advertise({ revision: 2, windows: [{ from: at(-24), to: at(30) }] });
    expect(typesOf(settle(scene))).toEqual(['extension.ended', 'booking.changed']);
    expect(endOf(scene)).toBe(END);
    expect(booking(scene)).not.toHaveProperty('extension');
  });

  test('lapses when nobody answers, and the end stays', () => {
    const scene = asked();
    const due = { name: 'extension-due', ...ofDeployment } as const;
    expect(scene.internal(due)).toEqual([]);
    scene.setNow(stateOf(scene).extension?.answerBy ?? '');
    expect(scene.refusalOf(answer(scene))).toBe('answer-time-passed');
    expect(typesOf(scene.internal(due))).toEqual(['extension.ended']);
    expect(scene.internal(due)).toEqual([]);
    expect(endOf(scene)).toBe(END);
  });

  test('lapses when the home ledger does not confirm in time, and its late answer changes nothing', () => {
    const scene = accepted();
    const [{ data } = { data: undefined }] = scene.unseen('sussex', 'psu-1').slice(-1);
    if (!data) throw new Error('home has seen it already');
    const home = scene
      .unseen('sussex', 'psu-1')
      .flatMap((event) => scene.atHome('sussex', 'psu-1', { kind: 'hub', event: event.data }));
    scene.setNow(stateOf(scene).extension?.reserved?.confirmBy ?? '');
    const ended = scene.internal({ name: 'extension-due', ...ofDeployment });
    expect(typesOf(ended)).toEqual(['extension.ended', 'booking.changed']);
    expect(scene.tellHub(home)).toEqual([]);
    expect(endOf(scene)).toBe(END);
    settle(scene);
    expect(scene.ledger.view.home('sussex', 'psu-1')?.bookings.get('o1')).toMatchObject({ to: END });
  });

  test('is declined with a reason, or given a condition and accepted once that is met', () => {
    const scene = asked();
    scene.run(answer(scene, { answer: 'provisional', condition: 'Lodging is found' }));
    expect(stateOf(scene).extension).toMatchObject({ condition: 'Lodging is found' });
    expect(scene.refusalOf(answer(scene, { commandId: 'ans2' }))).toBeUndefined();
    scene.run(answer(scene, { commandId: 'ans3', answer: 'decline', reasonCode: 'own-demand' }));
    expect(stateOf(scene).extension).toBeUndefined();
    expect(scene.refusalOf(answer(scene, { commandId: 'ans4' }))).toBe('wrong-status');
  });

  test('ends with the units: released units hold no further time, whatever home has confirmed', () => {
    const scene = accepted();
    const events = scene.unseen('sussex', 'psu-1');
    scene.run(release(scene));
    const home = events.flatMap(({ data }) => scene.atHome('sussex', 'psu-1', { kind: 'hub', event: data }));
    expect(scene.tellHub(home)).toEqual([]);
    expect(stateOf(scene)).toMatchObject({ status: 'RELEASED', to: END });
    wanted(scene, 2);
    scene.run(take(scene, 2));
    scene.settle('sussex', 'psu-1');
    expect(scene.bookingStatus('sussex', 'psu-1', 'o2')).toBe('confirmed');
  });

  test('may be asked for units that are overdue', () => {
    const scene = reach('ON_TASK');
    scene.setNow(at(17));
    scene.run(ask(scene));
    scene.run(answer(scene));
    settle(scene);
    expect(endOf(scene)).toBe(NEW_END);
  });

  test('asked for anew takes the place of one that nobody has accepted', () => {
    const scene = asked();
    scene.run(ask(scene, at(50), 'ext2'));
    expect(scene.refusalOf(answer(scene))).toBe('wrong-status');
    scene.run(answer(scene, { extensionId: 'ext2' }));
    expect(scene.refusalOf(ask(scene, at(60), 'ext3'))).toBe('wrong-status');
  });

  test('that would run into the rest before what is promised needs an override, which goes on record', () => {
    const scene = deployed();
    scene.advertise({ revision: 2, minRestMinutes: 660 });
    const lines = [line({ quantity: 3, from: at(45), to: at(50) })];
    scene.ask({ commandId: 'r2', lines, answerBy: at(1) });
    scene.offer('o2', { requestId: 'r2', quantity: 3, estimatedArrival: at(46) });
    scene.run(take(scene, 3));
    scene.run(ask(scene));
    expect(scene.refusalOf(answer(scene))).toBe('duty-breach');
    const [told] = scene.run(answer(scene, { override: { reason: 'They sleep there' } }));
    expect(told?.data).toMatchObject({ override: { reason: 'They sleep there', by: actor.id } });
    settle(scene);
    expect(endOf(scene)).toBe(NEW_END);
  });

  test.each([
    ['host', 'sussex', 'kent', 'not-permitted'],
    ['stranger', 'dorset', 'dorset', 'not-found'],
  ])('is asked for by the host and answered by the donor only (%s)', (_, asks, answers, code) => {
    const scene = asked();
    const body = { commandId: 'x', ...ofDeployment };
    const asking = scene.commandOf('extension-ask', asks, { ...body, newEnd: at(50), reason: 'More' });
    const answering = { ...body, extensionId: 'ext', answer: 'accept' as const };
    expect(scene.refusalOf(asking)).toBe(code);
    expect(scene.refusalOf(scene.commandOf('extension-answer', answers, answering))).toBe(code);
  });

  test('must end later than it does, and be answered within its time', () => {
    const scene = deployed();
    expect(scene.refusalOf(ask(scene, END))).toBe('bad-time');
    const late = { commandId: 'e', ...ofDeployment, newEnd: NEW_END, reason: 'More', answerBy: at(41) };
    expect(scene.refusalOf(scene.commandOf('extension-ask', 'kent', late))).toBe('bad-time');
    scene.run(ask(scene));
    const minutes = (Date.parse(stateOf(scene).extension?.answerBy ?? '') - Date.parse(at(0))) / 60_000;
    expect(minutes).toBe(EXTENSION_ANSWER_MINUTES);
  });
});

const EXTENDABLE: readonly DeploymentStatus[] = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'];

test.each(
  DEPLOYMENT_STATUSES.map((status) => [status, EXTENDABLE.includes(status) ? undefined : 'wrong-status']),
)('asking for longer when the units are %s: %s', (status, code) => {
  const scene = reach(status as DeploymentStatus);
  expect(scene.refusalOf(ask(scene))).toBe(code);
});

test('units that are recalled are not kept for longer, and to decline stays possible', () => {
  const scene = asked();
  scene.run(recall(scene));
  expect(scene.refusalOf(answer(scene))).toBe('wrong-status');
  expect(scene.refusalOf(answer(scene, { answer: 'decline', reasonCode: 'own-demand' }))).toBeUndefined();
});

describe('an answer that comes to nothing is refused in words that say what waits, and for whom', () => {
  const saysOf = (scene: Scene, command: Parameters<Scene['attempt']>[0]): string | undefined => {
    const decision = scene.attempt(command);
    return isRefusal(decision) ? decision.because : undefined;
  };
  const CONFIRMING = `a stay until ${NEW_END} (deployment o1) has been accepted already and waits for sussex to confirm it`;

  test('when nobody asked, or the ask has ended', () => {
    const scene = deployed();
    expect(saysOf(scene, answer(scene))).toBe(
      'no ask to keep the units of deployment o1 waits for an answer: nobody asked, or it was answered or its time passed',
    );
  });

  test('when the host has asked anew', () => {
    const scene = asked();
    scene.run(ask(scene, at(50), 'ext-2'));
    expect(saysOf(scene, answer(scene))).toBe(
      `what waits for an answer is another ask of kent, to keep the units until ${at(50)}; answer that`,
    );
  });

  test('when it was accepted, to the donor and to the host', () => {
    const scene = accepted();
    expect(saysOf(scene, answer(scene, { commandId: 'ans-2' }))).toBe(
      `${CONFIRMING}; nothing is left to answer`,
    );
    expect(saysOf(scene, ask(scene, at(50), 'ext-2'))).toBe(`${CONFIRMING}; ask for longer after that`);
  });

  test('when it is late', () => {
    const scene = asked();
    const answerBy = stateOf(scene).extension?.answerBy ?? '';
    scene.setNow(answerBy);
    expect(saysOf(scene, answer(scene))).toBe(
      `an answer was due by ${answerBy}; the end stays, and the host may ask anew`,
    );
  });

  test('when others have the time', () => {
    const scene = asked();
    wanted(scene, 2);
    scene.run(take(scene, 2));
    expect(saysOf(scene, answer(scene))).toMatch(/free from .*, not 2; decline, or set a condition$/);
  });
});

describe('the policy of a force', () => {
  const asks = (scene: Scene, newEnd = NEW_END, reserveFloor = 0) => {
    settle(scene);
    const home = scene.ledger.view.home('sussex', 'psu-1');
    const advert = scene.ledger.view.advert('sussex', 'psu-1')?.data;
    if (!home || !advert) throw new Error('there is no home ledger');
    const facts = { advert: { ...advert, reserveFloor }, now: scene.now() };
    return answerExtension({ ...ofDeployment, extensionId: 'ext', newEnd }, home, facts);
  };

  test('says yes where it has the time above its floor, and else no with the reason', () => {
    expect(asks(asked())).toMatchObject({ answer: 'accept' });
    expect(asks(asked(), NEW_END, 2)).toMatchObject({ answer: 'decline', reasonCode: 'policy' });
  });

  test('leaves to a person whether units are away for longer than mutual aid is meant to last', () => {
    expect(asks(asked(), at(24 * 57))).toBeUndefined();
  });
});
