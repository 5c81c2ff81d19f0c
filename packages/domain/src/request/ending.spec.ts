import { describe, expect, test } from 'vitest';
import { finish, given } from '../testing/lending.ts';
import { at, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { answersOf, requestStatus } from './lines.ts';
import { deadlinesOf } from './timers.ts';

const name = { host: 'kent', requestId: 'r1' };
const answerTime = { name: 'answer-time-due', ...name } as const;
const requestEnd = { name: 'request-end-due', ...name } as const;
const confirmTime = { name: 'confirm-due', ...name, offerId: 'o1' } as const;

const cancelBody = (requestId = 'r1') => ({
  commandId: 'c',
  requestId,
  reasonCode: 'filled-elsewhere' as const,
  reason: 'Help came from elsewhere',
});
const cancel = (scene: Scene) => scene.send('request-cancel', 'kent', cancelBody());

describe('deadlines', () => {
  test('a request sets one for its answers and one for its end', () => {
    const [submitted] = startScene().ask({ lines: [line(), line({ lineId: 'l2', to: at(20) })] });
    if (!submitted) throw new Error('nothing was submitted');
    const aggregate = { kind: 'request', owner: 'kent', id: 'r1' };
    expect(deadlinesOf(submitted)).toEqual([
      { timer: { aggregate, name: 'answer-by' }, at: at(2) },
      { timer: { aggregate, name: 'end' }, at: at(20) },
    ]);
  });

  test('an acceptance sets one for the home force', () => {
    const scene = given();
    const [accepted] = scene.accept(['o1', 1]);
    if (!accepted) throw new Error('nothing was accepted');
    expect(deadlinesOf(accepted)).toEqual([
      { timer: { aggregate: { kind: 'request', owner: 'kent', id: 'r1' }, name: 'confirm-o1' }, at: at(0.5) },
    ]);
  });

  test('nothing else sets any', () => {
    const events = given().stored.map(({ event }) => event);
    const quiet = events.filter(({ type }) => type !== 'muster.request.submitted.v1');
    expect(quiet.flatMap(deadlinesOf)).toEqual([]);
  });

  test('a timer that comes early decides nothing', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    for (const early of [answerTime, requestEnd, confirmTime]) expect(scene.internal(early)).toEqual([]);
  });

  test('a timer for something unknown decides nothing', () => {
    const scene = startScene();
    for (const each of [answerTime, requestEnd, confirmTime]) expect(scene.internal(each)).toEqual([]);
  });
});

describe('when the answer time has passed', () => {
  const passed = (scene = given()) => {
    scene.setNow(at(2));
    return { scene, events: scene.internal(answerTime) };
  };

  test('the silent forces are named, and each is told', () => {
    const { events } = passed();
    expect(events[0]?.data).toEqual({
      ...name,
      silent: [
        { force: 'surrey', lineIds: ['l1'] },
        { force: 'essex', lineIds: ['l1'] },
      ],
    });
    expect(typesOf(events)).toEqual(['request.answer_time_expired', 'request.notice', 'request.notice']);
  });

  test('every asked force ends offered, declined or expired', () => {
    const scene = given();
    const declined = { commandId: 'd', ...name, lineIds: ['l1'], reasonCode: 'distance' as const };
    scene.send('offer-decline', 'surrey', declined);
    passed(scene);
    expect(answersOf(scene.request()).map(({ answer }) => answer)).toEqual([
      'offered',
      'declined',
      'expired',
    ]);
  });

  test('it is put on record once, also when all have answered', () => {
    const { scene } = passed();
    expect(scene.internal(answerTime)).toEqual([]);
    const all = startScene();
    all.advertise();
    all.ask({ recipients: { kind: 'forces', forces: ['sussex'] } });
    all.offer('o1');
    all.setNow(at(2));
    expect(all.internal(answerTime)[0]?.data).toMatchObject({ silent: [] });
  });

  test('a request that has ended says nothing more', () => {
    const scene = given();
    cancel(scene);
    expect(passed(scene).events).toEqual([]);
  });

  test('a host that knowingly took less than its minimum keeps it', () => {
    const scene = startScene();
    scene.advertise();
    scene.ask({ lines: [line({ minimumQuantity: 2 })] });
    scene.offer('o1');
    scene.accept(['o1', 1]);
    passed(scene);
    expect(scene.request().offers.get('o1')?.status).toBe('accepted');
  });
});

describe('when the home force has not confirmed in time', () => {
  test('the line opens again and the unit stays taken', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    scene.setNow(at(0.5));
    const events = scene.internal(confirmTime);
    expect(typesOf(events)).toEqual(['offer.lapsed', 'booking.changed']);
    expect(events[0]?.data).toMatchObject({ reasonCode: 'confirm-time-passed' });
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('lapsing');
    expect(scene.request().offers.get('o1')?.status).toBe('lapsed');
    expect(scene.internal(confirmTime)).toEqual([]);
  });

  test('a confirmation that came first stands', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    scene.setNow(at(0.5));
    expect(scene.internal(confirmTime)).toEqual([]);
  });
});

describe('when the host cancels', () => {
  test('every force asked is told, and open offers are closed', () => {
    const scene = given();
    expect(typesOf(cancel(scene))).toEqual([
      'request.cancelled',
      'request.notice',
      'request.notice',
      'request.notice',
    ]);
    expect(requestStatus(scene.request())).toBe('cancelled');
    expect(scene.request().offers.get('o1')?.status).toBe('closed');
    expect(answersOf(scene.request()).map(({ answer }) => answer)).toEqual(['offered', 'expired', 'expired']);
  });

  test('what is reserved lapses, what is committed goes home', () => {
    const scene = given();
    scene.offer('o2', {}, 'surrey');
    scene.accept(['o1', 1], ['o2', 1]);
    scene.settle('surrey', 'psu-1');
    const types = typesOf(cancel(scene)).slice(4);
    expect(types).toEqual(['offer.lapsed', 'booking.changed', 'booking.changed', 'resource.released']);
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('lapsing');
    expect(scene.bookingStatus('surrey', 'psu-1', 'o2')).toBe('released');
    expect(scene.ledger.view.deployment('surrey', 'o2')?.status).toBe('RELEASED');
  });

  test('units that the host has released already are left alone', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    finish(scene);
    expect(typesOf(cancel(scene)).slice(4)).toEqual([]);
  });

  test('only its own request, and only while it is live', () => {
    const scene = given();
    const body = { actor: { role: 'requester' as const, id: 'd' }, classification: 'OFFICIAL' as const };
    const command = (org: string) => ({
      name: 'request-cancel' as const,
      org,
      body: { ...body, ...cancelBody() },
    });
    expect(scene.refusalOf(command('essex'))).toBe('not-found');
    cancel(scene);
    expect(scene.refusalOf(command('kent'))).toBe('request-ended');
  });
});

describe('when the last window has ended', () => {
  const ended = (scene: Scene) => {
    scene.setNow(at(16));
    return scene.internal(requestEnd);
  };

  test('a request with nothing reserved or committed expires, and its open offers end', () => {
    const scene = given();
    scene.setNow(at(2));
    scene.internal(answerTime);
    expect(typesOf(ended(scene))).toEqual([
      'offer.not_selected',
      'request.expired',
      'request.notice',
      'request.notice',
      'request.notice',
    ]);
    expect(requestStatus(scene.request())).toBe('expired');
    expect(scene.internal(requestEnd)).toEqual([]);
  });

  test('silence is put on record first when the answer time has not been', () => {
    expect(typesOf(ended(given())).slice(0, 3)).toEqual([
      'request.answer_time_expired',
      'request.notice',
      'request.notice',
    ]);
  });

  test('what is reserved lapses and the request expires', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    expect(typesOf(ended(scene)).filter((type) => !type.startsWith('request.'))).toEqual([
      'offer.lapsed',
      'booking.changed',
    ]);
    expect(requestStatus(scene.request())).toBe('expired');
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('lapsing');
  });

  test('a request with units away goes on until they are home', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    ended(scene);
    expect(requestStatus(scene.request())).toBe('part-filled');
    finish(scene);
    expect(requestStatus(scene.request())).toBe('closed');
  });

  test('a request whose units are all home closes', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    scene.settle('sussex', 'psu-1');
    finish(scene);
    expect(requestStatus(scene.request())).toBe('part-filled');
    ended(scene);
    expect(requestStatus(scene.request())).toBe('closed');
  });
});
