import { DEPLOYMENT_STATUSES } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { freeOf } from '../matching/eligibility.ts';
import { audit } from '../testing/audit.ts';
import { comeHome, debrief, ofDeployment, reach, report, stateOf } from '../testing/deployed.ts';
import { at, line } from '../testing/samples.ts';
import { offerBody, type Scene, typesOf } from '../testing/scene.ts';

/** Essex needs two units, later than those that kent had; sussex is asked. */
const wanted = (scene: Scene, over: object = {}): Scene => {
  const lines = [line({ from: at(20), to: at(30), ...over })];
  scene.ask({ commandId: 'r2', lines, recipients: { kind: 'forces', forces: ['sussex'] } }, 'essex');
  return scene;
};

const onward = { host: 'essex', requestId: 'r2', quantity: 2, estimatedArrival: at(6), continues: 'o1' };
const offer = (scene: Scene, over: object = {}, donor = 'sussex', id = 'o2') =>
  scene.commandOf('offer-make', donor, offerBody(id, { ...onward, ...over }));
const take = (scene: Scene, quantity = 2, offerId = 'o2') =>
  scene.commandOf('offer-accept', 'essex', {
    ...{ commandId: `take-${offerId}`, requestId: 'r2', accept: [{ offerId, quantity }] },
  });

/** Kent has released two of three units of sussex, and sussex offers them to essex as they stand. */
const offered = (over: object = {}): Scene => {
  const scene = wanted(reach('RELEASED'), over);
  scene.run(offer(scene));
  return scene;
};
const taken = (over: object = {}): Scene => {
  const scene = offered(over);
  scene.run(take(scene));
  return scene;
};
const person = { policy: 'person' } as const;
const settle = (scene: Scene, policy?: typeof person) => scene.settle('sussex', 'psu-1', policy);
const goneOn = (over: object = {}): Scene => {
  const scene = taken(over);
  settle(scene);
  return scene;
};

const next = (scene: Scene) => scene.ledger.view.deployment('sussex', 'o2');
const status = (scene: Scene, id: string) => scene.bookingStatus('sussex', 'psu-1', id);
const free = (scene: Scene, from: number, to: number): number => {
  const advert = scene.ledger.view.advert('sussex', 'psu-1');
  if (!advert) throw new Error('there is no advert');
  return freeOf(scene.ledger.view, advert, { from: at(from), to: at(to) }, scene.now());
};

describe('units that go on without going home', () => {
  test('are handed on in the step in which home confirms their next assignment', () => {
    const scene = taken();
    expect(typesOf(settle(scene))).toEqual([
      'commitment.made',
      'booking.changed',
      'deployment.opened',
      'deployment.handed_on',
      'request.closed',
      'request.notice',
      'request.notice',
    ]);
    expect(status(scene, 'o1')).toBe('handed-on');
    expect(status(scene, 'o2')).toBe('confirmed');
    expect(stateOf(scene)).toMatchObject({
      status: 'RETURNED',
      handedOn: { nextDeploymentId: 'o2', at: scene.now() },
      control: { with: 'donor' },
    });
    expect(next(scene)).toMatchObject({ status: 'COMMITTED', continues: { bookingId: 'o1', since: at(4) } });
    expect(audit(scene.stored)).toEqual([]);
  });

  test('still say where they went on from once they are committed', () => {
    const scene = goneOn();
    expect(scene.request('r2', 'essex').offers.get('o2')).toMatchObject({
      status: 'committed',
      continues: 'o1',
    });
  });

  test('are counted once, and are never free between the two', () => {
    const counts = (scene: Scene) => [
      free(scene, 1, 2),
      free(scene, 5, 6),
      free(scene, 17, 18),
      free(scene, 21, 22),
    ];
    expect(counts(reach('RELEASED'))).toEqual([3, 1, 3, 3]);
    expect(counts(taken())).toEqual([3, 1, 1, 1]);
    expect(counts(goneOn())).toEqual([3, 1, 1, 1]);
    expect(counts(taken({ from: at(5), to: at(12) }))).toEqual([3, 1, 3, 3]);
  });

  test('hold nothing for the first host once its assignment is over', () => {
    const scene = goneOn({ from: at(5), to: at(12) });
    expect([free(scene, 5, 6), free(scene, 13, 14)]).toEqual([1, 3]);
  });

  test('are counted until the later end when the next assignment is the shorter one', () => {
    const scene = taken({ from: at(5), to: at(12) });
    expect([free(scene, 5, 6), free(scene, 13, 14)]).toEqual([1, 1]);
  });

  test('stay where they were when home refuses, and may be offered again', () => {
    const scene = taken();
    settle(scene, person);
    const refusal = { kind: 'refuse', bookingId: 'o2', reasonCode: 'welfare-rest' } as const;
    scene.tellHub(scene.atHome('sussex', 'psu-1', refusal, person));
    expect(status(scene, 'o1')).toBe('released');
    expect(stateOf(scene).status).toBe('RELEASED');
    expect(free(scene, 21, 22)).toBe(3);
    expect(scene.refusalOf(offer(scene, {}, 'sussex', 'o3'))).toBeUndefined();
  });

  test('go on from the road home too, when they turned after they were promised', () => {
    const scene = taken();
    scene.run(report(scene, 'RETURNING'));
    settle(scene);
    expect(stateOf(scene).handedOn?.nextDeploymentId).toBe('o2');
  });

  test('may go on once more, and are away since the first of the three', () => {
    const scene = goneOn({ from: at(5), to: at(12) });
    scene.send('deployment-release', 'essex', {
      ...{ commandId: 'x', donor: 'sussex', deploymentId: 'o2', reasonCode: 'task-complete' },
    });
    const lines = [line({ from: at(20), to: at(30) })];
    scene.ask({ commandId: 'r3', lines, recipients: { kind: 'forces', forces: ['sussex'] } }, 'essex');
    scene.run(offer(scene, { requestId: 'r3', continues: 'o2' }, 'sussex', 'o3'));
    scene.send('offer-accept', 'essex', {
      ...{ commandId: 't3', requestId: 'r3', accept: [{ offerId: 'o3', quantity: 2 }] },
    });
    expect(free(scene, 13, 14)).toBe(1);
    settle(scene);
    expect(scene.ledger.view.deployment('sussex', 'o3')?.continues).toEqual({
      bookingId: 'o2',
      since: at(4),
    });
    expect([free(scene, 13, 14), free(scene, 21, 22)]).toEqual([1, 1]);
    expect(audit(scene.stored)).toEqual([]);
  });
});

describe('the assignment that is over', () => {
  test('leaves open how its people are, and closes once the donor has said so and debriefed', () => {
    const scene = goneOn();
    expect(stateOf(scene).welfare).toEqual({ isOpen: true });
    scene.run(debrief(scene));
    expect(stateOf(scene).status).toBe('RETURNED');
    const said = { commandId: 'w', ...ofDeployment, injuries: 0, welfareReferral: false };
    scene.send('welfare-answer', 'sussex', said);
    expect(stateOf(scene).status).toBe('CLOSED');
  });

  test('has nobody who comes home from it', () => {
    expect(goneOn().refusalOf(comeHome(goneOn()))).toBe('wrong-status');
  });

  test('cannot be reported home while its units are promised to the next', () => {
    const scene = taken();
    expect(scene.refusalOf(comeHome(scene))).toBe('wrong-status');
  });

  test('counts for the end of its own request', () => {
    const scene = taken();
    expect(scene.request('r1').phase.kind).toBe('live');
    settle(scene);
    expect(scene.request('r1').phase.kind).toBe('closed');
  });
});

describe('the next assignment', () => {
  test('that is called off leaves its units taken until they are reported home', () => {
    const scene = goneOn();
    const name = { donor: 'sussex', deploymentId: 'o2' };
    scene.send('deployment-abort', 'essex', {
      ...{ commandId: 'no', ...name, reasonCode: 'not-needed', reason: 'It is over' },
    });
    expect(status(scene, 'o2')).toBe('released');
    expect(free(scene, 21, 22)).toBe(1);
    const home = { commandId: 'h', ...name, at: scene.now(), injuries: 0, welfareReferral: false };
    scene.send('deployment-return', 'sussex', home);
    expect(next(scene)?.status).toBe('CLOSED');
    expect(free(scene, 21, 22)).toBe(3);
  });

  test('that takes them past eight weeks in all is looked at, though it is shorter itself', () => {
    const to = at(24 * 57);
    const review = settle(taken({ to })).find(({ type }) => type.includes('secondment_review'));
    expect(review?.data).toMatchObject({ deploymentId: 'o2', since: at(4), until: to });
    const within = settle(taken({ to: at(24 * 55) })).map(({ type }) => type);
    expect(within.join()).not.toContain('secondment');
  });
});

describe('units do not go on', () => {
  test('from a place that they were not released from', () => {
    for (const from of DEPLOYMENT_STATUSES) {
      const scene = wanted(reach(from));
      const refused = scene.refusalOf(offer(scene));
      if (from === 'RELEASED') expect(refused).toBeUndefined();
      else expect(refused, from).toBe('wrong-status');
    }
  });

  test('in part: neither in the offer nor in what is taken of it', () => {
    const scene = wanted(reach('RELEASED'));
    expect(scene.refusalOf(offer(scene, { quantity: 1 }))).toBe('invalid');
    expect(scene.refusalOf(offer(scene, { quantity: 3 }))).toBe('invalid');
    scene.run(offer(scene));
    expect(scene.refusalOf(take(scene, 1))).toBe('invalid');
  });

  test('as another capability, or as those of another force', () => {
    const scene = reach('RELEASED');
    scene.advertise({ capabilityId: 'psu-2' });
    scene.advertise({ force: 'surrey' });
    const lines = [line({ from: at(20), to: at(30) })];
    scene.ask({ commandId: 'r2', lines }, 'essex');
    expect(scene.refusalOf(offer(scene, { capabilityId: 'psu-2' }))).toBe('not-eligible');
    expect(scene.refusalOf(offer(scene, {}, 'surrey'))).toBe('not-found');
  });

  test('to two assignments', () => {
    const scene = taken();
    const lines = [line({ from: at(20), to: at(30) })];
    scene.ask({ commandId: 'r3', lines, recipients: { kind: 'forces', forces: ['sussex'] } }, 'essex');
    const other = offer(scene, { requestId: 'r3' }, 'sussex', 'o3');
    expect(scene.refusalOf(other)).toBe('already-answered');
    settle(scene);
    expect(scene.refusalOf(other)).toBe('wrong-status');
  });

  test('once they are home, though they were offered before', () => {
    const scene = offered();
    scene.run(comeHome(scene));
    expect(scene.refusalOf(take(scene))).toBe('wrong-status');
  });

  test('from the work of a queue', () => {
    const scene = wanted(reach('RELEASED'));
    scene.advertise({ revision: 2, kind: 'queue' });
    expect(scene.refusalOf(offer(scene))).toBe('not-eligible');
  });
});

test('a rest that home would need after the assignment before is not asked of units that go on', () => {
  const scene = wanted(reach('RELEASED'), { from: at(5), to: at(12), quantity: 3 });
  scene.advertise({ revision: 2, minRestMinutes: 600 });
  expect(scene.refusalOf(offer(scene))).toBeUndefined();
  scene.run(offer(scene));
  scene.run(take(scene));
  settle(scene);
  expect(status(scene, 'o2')).toBe('confirmed');
});
