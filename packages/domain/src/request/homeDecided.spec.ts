import { describe, expect, test } from 'vitest';
import type { HomeDecisionEntry, InternalCommand } from '../ledger/view.ts';
import { HOME_AUTOMATIC } from '../policies.ts';
import { at, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { lineCounts, requestStatus } from './lines.ts';

const ofBooking = { token: 1, host: 'kent', requestId: 'r1' };
const confirmed = (bookingId: string, quantity = 1, token = 1): HomeDecisionEntry => ({
  kind: 'confirmed',
  bookingId,
  ...ofBooking,
  token,
  quantity,
  from: at(4),
  to: at(16),
  gross: 3,
  approval: HOME_AUTOMATIC,
});
const refused = (bookingId: string): HomeDecisionEntry => ({
  kind: 'refused',
  bookingId,
  ...ofBooking,
  reasonCode: 'own-demand',
});
const voided = (bookingId: string): HomeDecisionEntry => ({ kind: 'void', bookingId, ...ofBooking });

const decided = (entry: HomeDecisionEntry, donor = 'sussex', capabilityId = 'psu-1') =>
  ({ name: 'home-decided', donor, capabilityId, homeVersion: 2, entry, homeEventId: 'e1' }) as const;

type Given = { quantity?: number; minimum?: number; donors?: string[]; accept?: boolean };

/** A request on which each donor has offered one unit, all of them accepted unless said otherwise. */
const given = ({ quantity = 2, minimum = 1, donors = ['sussex'], accept = true }: Given = {}): Scene => {
  const scene = startScene();
  for (const force of donors) scene.advertise({ force, capabilityId: 'psu-1' });
  scene.ask({
    lines: [line({ quantity, minimumQuantity: minimum })],
    recipients: { kind: 'forces', forces: donors },
  });
  for (const donor of donors) scene.offer(`o-${donor}`, {}, donor);
  if (accept) scene.accept(...donors.map((donor): [string, number] => [`o-${donor}`, 1]));
  return scene;
};

const lapse = (scene: Scene, offerId = 'o-sussex') => {
  scene.setNow(at(1));
  return scene.internal({ name: 'confirm-due', host: 'kent', requestId: 'r1', offerId });
};
const statusOf = (scene: Scene, offerId: string) => scene.request().offers.get(offerId)?.status;

describe('the home force confirms what is reserved', () => {
  test('and it becomes a commitment that the line uses, and a deployment', () => {
    const scene = given();
    expect(scene.internal(decided(confirmed('o-sussex')))).toEqual([
      {
        type: 'muster.commitment.made.v1',
        data: {
          host: 'kent',
          requestId: 'r1',
          offerId: 'o-sussex',
          lineId: 'l1',
          donor: 'sussex',
          capabilityId: 'psu-1',
          token: 1,
          homeVersion: 2,
          quantity: 1,
          from: at(4),
          to: at(16),
          deploymentId: 'o-sussex',
          outcome: 'used',
          approval: HOME_AUTOMATIC,
        },
      },
      {
        type: 'muster.booking.changed.v1',
        data: {
          donor: 'sussex',
          capabilityId: 'psu-1',
          bookingVersion: 2,
          changes: [{ kind: 'confirmed', bookingId: 'o-sussex', token: 1, homeVersion: 2 }],
        },
      },
      {
        type: 'muster.deployment.opened.v1',
        data: {
          donor: 'sussex',
          deploymentId: 'o-sussex',
          host: 'kent',
          requestId: 'r1',
          lineId: 'l1',
          bookingId: 'o-sussex',
          capabilityId: 'psu-1',
          quantity: 1,
          from: at(4),
          to: at(16),
          token: 1,
        },
      },
    ]);
    expect(requestStatus(scene.request())).toBe('part-filled');
  });

  test('and hearing it again changes nothing', () => {
    const scene = given();
    scene.internal(decided(confirmed('o-sussex')));
    expect(scene.internal(decided(confirmed('o-sussex')))).toEqual([]);
    expect(scene.internal(decided(refused('o-sussex')))).toEqual([]);
  });

  test('in any order among the bookings of a pool of ten', () => {
    const scene = startScene();
    scene.advertise({ quantity: 10 });
    const lines = Array.from({ length: 10 }, (_, n) => line({ lineId: `l${n}`, quantity: 1 }));
    scene.ask({ lines });
    for (const { lineId } of lines) scene.offer(`o-${lineId}`, { lineId });
    for (const { lineId } of lines) scene.accept([`o-${lineId}`, 1]);
    for (const n of [7, 2, 9, 0, 5, 1, 8, 3, 6, 4]) {
      scene.internal(decided(confirmed(`o-l${n}`, 1, n + 1)));
    }
    expect(requestStatus(scene.request())).toBe('filled');
    expect(scene.ledger.view.bookings('sussex', 'psu-1')?.bookingVersion).toBe(20);
  });
});

describe('the home force refuses', () => {
  test('and the line opens again at once', () => {
    const scene = given();
    expect(typesOf(scene.internal(decided(refused('o-sussex'))))).toEqual([
      'commitment.refused',
      'booking.changed',
    ]);
    expect(lineCounts(scene.request(), line())).toMatchObject({ reserved: 0, unfilled: 2 });
    expect(scene.bookingStatus('sussex', 'psu-1', 'o-sussex')).toBe('refused');
  });

  test('and the others stay when the minimum is met without it', () => {
    const scene = given({ quantity: 3, minimum: 2, donors: ['sussex', 'surrey', 'essex'] });
    scene.internal(decided(confirmed('o-surrey'), 'surrey'));
    scene.internal(decided(refused('o-sussex')));
    expect(statusOf(scene, 'o-surrey')).toBe('committed');
    expect(statusOf(scene, 'o-essex')).toBe('accepted');
  });

  test('and the others are sent home when the minimum can no longer be met', () => {
    const scene = given({ quantity: 3, minimum: 3, donors: ['sussex', 'surrey', 'essex'] });
    scene.internal(decided(confirmed('o-surrey'), 'surrey'));
    const events = scene.internal(decided(refused('o-sussex')));
    expect(typesOf(events)).toEqual([
      'commitment.refused',
      'booking.changed',
      'booking.changed',
      'resource.released',
      'offer.lapsed',
      'booking.changed',
    ]);
    expect(scene.bookingStatus('surrey', 'psu-1', 'o-surrey')).toBe('released');
    expect(scene.bookingStatus('essex', 'psu-1', 'o-essex')).toBe('lapsing');
    expect(statusOf(scene, 'o-surrey')).toBe('stood-down');
    expect(lineCounts(scene.request(), line({ quantity: 3 }))).toMatchObject({
      reserved: 0,
      committed: 0,
    });
  });

  test('and the others wait while an open offer could still meet the minimum', () => {
    const scene = given({ quantity: 3, minimum: 2, donors: ['sussex', 'surrey', 'essex'], accept: false });
    scene.accept(['o-sussex', 1], ['o-surrey', 1]);
    scene.internal(decided(refused('o-sussex')));
    expect(statusOf(scene, 'o-surrey')).toBe('accepted');
  });

  test('and the others wait while a force that was asked may still offer, but not after the answer time', () => {
    const scene = startScene();
    for (const force of ['sussex', 'surrey']) scene.advertise({ force });
    scene.ask({
      lines: [line({ minimumQuantity: 2 })],
      recipients: { kind: 'forces', forces: ['sussex', 'surrey', 'essex'] },
    });
    scene.offer('o-sussex');
    scene.offer('o-surrey', {}, 'surrey');
    scene.accept(['o-sussex', 1], ['o-surrey', 1]);
    scene.internal(decided(confirmed('o-surrey'), 'surrey'));
    scene.internal(decided(refused('o-sussex')));
    expect(statusOf(scene, 'o-surrey')).toBe('committed');
    scene.setNow(at(2));
    scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    expect(statusOf(scene, 'o-surrey')).toBe('stood-down');
  });
});

describe('the home force answers for a booking that has lapsed', () => {
  test('a void frees the unit and is no commitment', () => {
    const scene = given();
    lapse(scene);
    expect(typesOf(scene.internal(decided(voided('o-sussex'))))).toEqual(['booking.changed']);
    expect(scene.bookingStatus('sussex', 'psu-1', 'o-sussex')).toBe('void');
  });

  test('a refusal frees the unit just so', () => {
    const scene = given();
    lapse(scene);
    expect(typesOf(scene.internal(decided(refused('o-sussex'))))).toEqual(['booking.changed']);
    expect(scene.bookingStatus('sussex', 'psu-1', 'o-sussex')).toBe('void');
  });

  test('a confirmation is used when the line still needs the units', () => {
    const scene = given();
    lapse(scene);
    expect(typesOf(scene.internal(decided(confirmed('o-sussex'))))).toEqual([
      'commitment.made',
      'booking.changed',
      'deployment.opened',
    ]);
    expect(statusOf(scene, 'o-sussex')).toBe('committed');
  });

  const sentHome = (scene: Scene) => {
    const events = scene.internal(decided(confirmed('o-sussex')));
    expect(typesOf(events)).toEqual([
      'commitment.made',
      'booking.changed',
      'deployment.opened',
      'resource.released',
    ]);
    expect(events[0]?.data).toMatchObject({ outcome: 'released' });
    expect(events[1]?.data).toMatchObject({ changes: [{ kind: 'confirmed' }, { kind: 'released' }] });
    expect(events[3]?.data).toMatchObject({ reasonCode: 'confirmed-too-late' });
    expect(scene.bookingStatus('sussex', 'psu-1', 'o-sussex')).toBe('released');
    expect(statusOf(scene, 'o-sussex')).toBe('stood-down');
  };

  test('a confirmation that comes when the line is full is sent home in the same append', () => {
    const scene = given({ quantity: 1, donors: ['sussex', 'surrey'], accept: false });
    scene.accept(['o-sussex', 1]);
    lapse(scene);
    // The other offer went when the line was full; the force offers again.
    scene.offer('again', {}, 'surrey');
    scene.accept(['again', 1]);
    sentHome(scene);
  });

  test('a confirmation that comes after the request was cancelled is sent home', () => {
    const scene = given();
    const cancelled = { commandId: 'c', requestId: 'r1', reasonCode: 'resolved' as const, reason: 'Over' };
    scene.send('request-cancel', 'kent', cancelled);
    expect(scene.bookingStatus('sussex', 'psu-1', 'o-sussex')).toBe('lapsing');
    sentHome(scene);
  });

  test('a confirmation that comes when the line is over is sent home', () => {
    const scene = given();
    lapse(scene);
    scene.setNow(at(16));
    sentHome(scene);
  });

  test('a confirmation that alone falls short of a minimum out of reach is sent home', () => {
    const scene = given({ minimum: 2, donors: ['sussex', 'surrey'] });
    lapse(scene);
    scene.internal(decided(refused('o-surrey'), 'surrey'));
    sentHome(scene);
  });

  test('others are sent home only once the lapsed units are lost for good', () => {
    const scene = given({ minimum: 2, donors: ['sussex', 'surrey'] });
    scene.internal(decided(confirmed('o-surrey'), 'surrey'));
    lapse(scene);
    expect(statusOf(scene, 'o-surrey')).toBe('committed');
    scene.internal(decided(voided('o-sussex')));
    expect(statusOf(scene, 'o-surrey')).toBe('stood-down');
  });
});

describe('lapsed units that are lost side by side', () => {
  const settle = { name: 'settle-request', host: 'kent', requestId: 'r1' } as const;
  const donors = ['essex', 'surrey', 'sussex'];

  /** Three units for a line that needs two: essex has confirmed, the other two have lapsed. */
  const twoLapsed = (): Scene => {
    const scene = given({ quantity: 3, minimum: 2, donors });
    scene.internal(decided(confirmed('o-essex'), 'essex'));
    scene.setNow(at(2));
    scene.internal({ ...settle, name: 'answer-time-due' });
    for (const offerId of ['o-surrey', 'o-sussex']) lapse(scene, offerId);
    return scene;
  };
  const sideBySide = (scene: Scene, ...commands: InternalCommand[]): void => {
    const decisions = commands.map((command) => scene.attempt(command));
    for (const [index, decision] of decisions.entries()) {
      if ('refused' in decision) throw new Error(decision.because);
      scene.store(decision.events, 'hub', `beside-${index}`);
    }
  };

  test('leave the third below the minimum, until the request is settled', () => {
    const scene = twoLapsed();
    sideBySide(scene, decided(voided('o-surrey'), 'surrey'), decided(voided('o-sussex')));
    expect(statusOf(scene, 'o-essex')).toBe('committed');
    expect(typesOf(scene.internal(settle))).toEqual(['booking.changed', 'resource.released']);
    expect(statusOf(scene, 'o-essex')).toBe('stood-down');
    expect(scene.internal(settle)).toEqual([]);
  });

  test('or by a void beside a refusal', () => {
    const scene = given({ quantity: 3, minimum: 2, donors });
    scene.internal(decided(confirmed('o-essex'), 'essex'));
    scene.setNow(at(2));
    scene.internal({ ...settle, name: 'answer-time-due' });
    lapse(scene, 'o-surrey');
    sideBySide(scene, decided(voided('o-surrey'), 'surrey'), decided(refused('o-sussex')));
    expect(statusOf(scene, 'o-essex')).toBe('committed');
    scene.internal(settle);
    expect(statusOf(scene, 'o-essex')).toBe('stood-down');
  });

  test('are waited for while one of them may yet be confirmed', () => {
    const scene = twoLapsed();
    scene.internal(decided(voided('o-surrey'), 'surrey'));
    expect(scene.internal(settle)).toEqual([]);
    expect(statusOf(scene, 'o-essex')).toBe('committed');
  });

  test('are not missed by a host that took less than its minimum knowingly', () => {
    const scene = given({ quantity: 3, minimum: 2, donors: ['sussex'] });
    scene.internal(decided(confirmed('o-sussex')));
    scene.setNow(at(2));
    scene.internal({ ...settle, name: 'answer-time-due' });
    expect(scene.internal(settle)).toEqual([]);
    expect(statusOf(scene, 'o-sussex')).toBe('committed');
  });
});

describe('a home decision is refused', () => {
  test('when the hub knows no such booking', () => {
    expect(given().refusalOf(decided(confirmed('ghost')))).toBe('not-found');
  });
  test('when it carries another fencing token', () => {
    expect(given().refusalOf(decided(confirmed('o-sussex', 1, 9)))).toBe('wrong-status');
  });
  test('when it voids what is reserved', () => {
    expect(given().refusalOf(decided(voided('o-sussex')))).toBe('wrong-status');
  });
});
