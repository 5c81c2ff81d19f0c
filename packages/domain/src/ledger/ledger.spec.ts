import { describe, expect, test } from 'vitest';
import { advert, at, line } from '../testing/samples.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { startDraft } from './draft.ts';
import { createLedger } from './ledger.ts';

const given = (): Scene => {
  const scene = startScene();
  scene.advertise();
  scene.ask();
  scene.offer('o1', { quantity: 2 });
  scene.accept(['o1', 2]);
  scene.settle('sussex', 'psu-1');
  return scene;
};

describe('the ledger', () => {
  test('knows the last sequence of every aggregate, 0 for one that was never written', () => {
    const { ledger, stored } = given();
    const lastOf = (part: string) => stored.filter(({ subject }) => subject.includes(part)).at(-1)?.seq;
    expect(ledger.lastSeq({ kind: 'request', owner: 'kent', id: 'r1' })).toBe(lastOf('.request.'));
    expect(ledger.lastSeq({ kind: 'booking', owner: 'sussex', id: 'psu-1' })).toBe(lastOf('.booking.'));
    expect(ledger.lastSeq({ kind: 'home', owner: 'sussex', id: 'psu-1' })).toBe(2);
    expect(ledger.lastSeq({ kind: 'request', owner: 'kent', id: 'other' })).toBe(0);
  });

  test('gives the result of a command for all time, with the sequence of its last event', () => {
    const { ledger } = given();
    expect(ledger.result('kent', 'r1')).toEqual({
      seq: 5,
      events: [
        {
          id: 'kent.r1.1',
          type: 'muster.request.submitted.v1',
          subject: 'exercise.request.kent.r1.submitted._',
        },
        { id: 'kent.r1.2', type: 'muster.request.issued.v1', subject: 'exercise.request.kent.r1.issued._' },
        {
          id: 'kent.r1.3',
          type: 'muster.request.notice.v1',
          subject: 'exercise.request.kent.r1.notice.sussex',
        },
        {
          id: 'kent.r1.4',
          type: 'muster.request.notice.v1',
          subject: 'exercise.request.kent.r1.notice.surrey',
        },
      ],
    });
    expect(ledger.result('kent', 'nothing')).toBeUndefined();
    expect(ledger.result('essex', 'r1')).toBeUndefined();
  });

  test('keeps results of the assistance ledger only', () => {
    const { ledger, stored } = given();
    const home = stored.find(({ event }) => event.type === 'muster.home.recorded.v1');
    expect(home && ledger.result('sussex', home.envelope.commandId)).toBeUndefined();
  });

  test('finds an advert under its present code only', () => {
    const scene = given();
    scene.advertise({ code: 'PO.PSU.L1', revision: 2 });
    expect([...scene.ledger.view.adverts('PO.PSU.L2')]).toEqual([]);
    expect([...scene.ledger.view.adverts('PO.PSU.L1')]).toHaveLength(1);
  });

  test('forgets the stream that began anew and keeps the others', () => {
    const { ledger } = given();
    ledger.reset('ASSISTANCE');
    expect([...ledger.requests(), ...ledger.deployments()]).toEqual([]);
    expect(ledger.result('kent', 'r1')).toBeUndefined();
    expect(ledger.lastSeq({ kind: 'request', owner: 'kent', id: 'r1' })).toBe(0);
    expect(ledger.lastSeq({ kind: 'home', owner: 'sussex', id: 'psu-1' })).toBe(2);
    expect(ledger.view.advert('sussex', 'psu-1')).toBeDefined();
    ledger.reset();
    expect(ledger.view.home('sussex', 'psu-1')).toBeUndefined();
    expect(ledger.view.advert('sussex', 'psu-1')).toBeUndefined();
  });

  test('takes a withdrawal of something unknown without a trace', () => {
    const scene = startScene();
    const data = { force: 'sussex', capabilityId: 'x', revision: 2, reasonCode: 'policy' as const };
    scene.store([{ type: 'muster.capability.withdrawn.v1', data }], 'sussex', 'w');
    expect(scene.ledger.view.advert('sussex', 'x')).toBeUndefined();
  });

  test('an advert after a withdrawal stands again', () => {
    const scene = given();
    const data = { force: 'sussex', capabilityId: 'psu-1', revision: 2, reasonCode: 'policy' as const };
    scene.store([{ type: 'muster.capability.withdrawn.v1', data }], 'sussex', 'w');
    expect(scene.ledger.view.advert('sussex', 'psu-1')?.withdrawn).toEqual({ revision: 2, at: at(0) });
    scene.advertise({ revision: 3 });
    expect(scene.ledger.view.advert('sussex', 'psu-1')?.withdrawn).toBeUndefined();
  });

  test('deciding changes nothing that is known', () => {
    const scene = given();
    const before = structuredClone(scene.request());
    const cancelled = { commandId: 'c', requestId: 'r1', reasonCode: 'other' as const, reason: 'Over' };
    scene.attempt(scene.commandOf('request-cancel', 'kent', cancelled));
    expect(scene.request()).toEqual(before);
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('confirmed');
  });
});

describe('a decision in the making', () => {
  test('a change that the table does not allow is a broken invariant', () => {
    const draft = startDraft(given().ledger.view, at(0));
    const change = { kind: 'void' as const, bookingId: 'o1', token: 1, homeVersion: 2 };
    expect(() => draft.change('sussex', 'psu-1', change)).toThrow('cannot go from confirmed');
  });

  test('a booking without genesis is a broken invariant', () => {
    const draft = startDraft(createLedger().view, at(0));
    expect(() => draft.token('sussex', 'psu-1')).toThrow('no genesis');
  });

  test('more than one append holds is a broken invariant', () => {
    const capabilities = Array.from({ length: 1_001 }, (_, n) => ({ donor: 'kent', capabilityId: `c${n}` }));
    const scene = startScene();
    expect(() => scene.attempt({ name: 'open-bookings', capabilities })).toThrow('does not fit');
  });
});

test('the states of a request and its advert are those that were stored', () => {
  const scene = given();
  expect(scene.request().lines).toEqual([line()]);
  expect(scene.ledger.view.advert('sussex', 'psu-1')?.data).toEqual(advert());
  expect(scene.request().submittedAt).toBe(at(0));
});
