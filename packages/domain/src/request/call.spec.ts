import type { CommandBody, PlanAssignment } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { actor, at, line, terms } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { AGREED_AGO_MINUTES_MAX } from './agreement.ts';
import { lineCounts } from './lines.ts';
import { deadlinesOf } from './timers.ts';

const national = { role: 'national-centre', id: 'npocc-duty-desk' } as const;
const ask = { kind: 'forces' as const, forces: ['sussex'] };

/** Kent has asked sussex for two; surrey has three as well and was not asked. */
const given = (floor = 0): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force, reserveFloor: floor });
  scene.ask({ recipients: ask });
  return scene;
};

const assign = (over: Partial<PlanAssignment> = {}): PlanAssignment => ({
  host: 'kent',
  requestId: 'r1',
  lineId: 'l1',
  donor: 'surrey',
  capabilityId: 'psu-1',
  quantity: 1,
  ...over,
});

const planBody = (assignments: PlanAssignment[], commandId = 'plan'): CommandBody<'plan-approve'> => ({
  commandId,
  actor: national,
  classification: 'OFFICIAL',
  planId: 'p-1',
  basedOnSeq: 3,
  policyVersion: '2',
  assignments,
});

const approve = (scene: Scene, org: string, ...assignments: PlanAssignment[]) =>
  scene.run({ name: 'plan-approve', org, body: planBody(assignments) });

const counts = (scene: Scene) => {
  const request = scene.request();
  const [first] = request.lines;
  if (!first) throw new Error('the request has a line');
  return lineCounts(request, first);
};

describe('a plan that a coordinator approves', () => {
  it('reserves what it calls, and what the home force confirms becomes a commitment', () => {
    const scene = given();
    const events = approve(scene, 'npocc', assign(), assign({ donor: 'sussex' }));
    expect(typesOf(events)).toEqual([
      'plan.approved',
      'offer.called',
      'booking.changed',
      'request.notice',
      'offer.called',
      'booking.changed',
      'request.notice',
    ]);
    expect(counts(scene)).toMatchObject({ reserved: 2, unfilled: 0 });
    for (const donor of ['sussex', 'surrey']) scene.settle(donor, 'psu-1');
    expect(counts(scene)).toMatchObject({ committed: 2, unfilled: 0 });
  });

  it('takes up an offer where there is one, and calls the rest', () => {
    const scene = given();
    scene.offer('o1');
    const events = approve(scene, 'kent', assign({ donor: 'sussex', offerId: 'o1' }), assign());
    expect(typesOf(events).filter((type) => type.startsWith('offer.'))).toEqual([
      'offer.accepted',
      'offer.called',
    ]);
  });

  it('makes the force that is called an asked force that has answered', () => {
    const scene = given();
    approve(scene, 'npocc', assign());
    expect(scene.request().recipients).toContainEqual({ force: 'surrey', lineIds: ['l1'] });
    expect(scene.request().answers.get('surrey/l1')).toEqual({ answer: 'offered' });
  });

  it('keeps what the home force keeps for itself: its policy refuses below the reserve floor', () => {
    const scene = given(3);
    approve(scene, 'npocc', assign());
    const events = scene.settle('surrey', 'psu-1');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'muster.commitment.refused.v1',
        data: expect.objectContaining({ reasonCode: 'policy' }),
      }),
    );
    expect(counts(scene)).toMatchObject({ reserved: 0, unfilled: 2 });
  });

  it('stores nothing when one assignment no longer holds, and names it', () => {
    const scene = given();
    const body = planBody([assign(), assign({ donor: 'sussex', quantity: 2 })]);
    const decision = scene.attempt({ name: 'plan-approve', org: 'npocc', body });
    expect(decision).toMatchObject({
      refused: 'plan-stale',
      fields: [{ path: 'assignments[1]', because: expect.stringContaining('line-full') }],
    });
  });

  it('is for a request’s own coordinators only', () => {
    const scene = given();
    const attempt = (org: string) =>
      scene.refusalOf({ name: 'plan-approve', org, body: planBody([assign()]) });
    expect(attempt('essex')).toBe('not-permitted');
    expect(attempt('ricc-north-east')).toBe('not-permitted');
    expect(attempt('ricc-eastern')).toBeUndefined();
    expect(attempt('kent')).toBeUndefined();
    expect(attempt('npocc')).toBeUndefined();
  });

  it.each([
    ['a request that is not there', assign({ requestId: 'r9' }), 'not-found'],
    ['a line that is not there', assign({ lineId: 'l9' }), 'plan-stale'],
    ['a capability that is not there', assign({ capabilityId: 'psu-9' }), 'plan-stale'],
    ['the host’s own capability', assign({ donor: 'kent' }), 'plan-stale'],
    ['an offer that is not there', assign({ offerId: 'o9' }), 'plan-stale'],
  ])('does not hold for %s', (_, assignment, code) => {
    const scene = given();
    scene.advertise({ force: 'kent' });
    expect(scene.refusalOf({ name: 'plan-approve', org: 'npocc', body: planBody([assignment]) })).toBe(code);
  });

  it('does not hold for a request that has ended', () => {
    const scene = given();
    scene.send('request-cancel', 'kent', {
      commandId: 'c1',
      requestId: 'r1',
      reasonCode: 'resolved',
      reason: 'calm again',
    });
    expect(scene.refusalOf({ name: 'plan-approve', org: 'npocc', body: planBody([assign()]) })).toBe(
      'plan-stale',
    );
  });

  it('needs a command id that leaves room for those of its reservations', () => {
    const body = planBody([assign()], 'x'.repeat(63));
    expect(given().attempt({ name: 'plan-approve', org: 'npocc', body })).toMatchObject({
      refused: 'invalid',
      fields: [{ path: 'commandId' }],
    });
  });
});

const direction = (over: Partial<CommandBody<'direction-record'>> = {}): CommandBody<'direction-record'> => ({
  commandId: 'd1',
  actor: national,
  classification: 'OFFICIAL',
  host: 'kent',
  requestId: 'r1',
  lineId: 'l1',
  donor: 'surrey',
  capabilityId: 'psu-1',
  quantity: 1,
  instrument: 'PA96-S24-2',
  signedBy: 'npocc-gold',
  scope: 'one unit until Tuesday',
  reason: 'nobody offered',
  ...over,
});

describe('a direction of the national centre', () => {
  it('is on record with its instrument, and lends under no other basis', () => {
    const scene = given();
    const events = scene.run({ name: 'direction-record', org: 'npocc', body: direction() });
    expect(events.map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ instrument: 'PA96-S24-2', signedBy: 'npocc-gold' }),
        expect.objectContaining({ legalBasis: 'DIRECTED' }),
      ]),
    );
  });

  it('goes past a donor whose people decide, and past its reserve floor', () => {
    const scene = given(3);
    scene.run({ name: 'direction-record', org: 'npocc', body: direction() });
    const events = scene.settle('surrey', 'psu-1', { policy: 'person' });
    expect(typesOf(events)).toContain('commitment.made');
  });

  it('does not make units exist: the home ledger refuses what it uses itself', () => {
    const scene = given();
    scene.atHome('surrey', 'psu-1', { kind: 'open', donor: 'surrey', capabilityId: 'psu-1' });
    scene.run({ name: 'direction-record', org: 'npocc', body: direction() });
    scene.atHome('surrey', 'psu-1', { kind: 'use', useId: 'u1', quantity: 3, from: at(0), to: at(20) });
    const events = scene.settle('surrey', 'psu-1', { policy: 'person' });
    expect(typesOf(events)).toContain('commitment.refused');
  });

  it.each([
    ['a force', 'kent', {}, 'not-permitted'],
    ['a regional centre', 'ricc-eastern', {}, 'not-permitted'],
    ['another role', 'npocc', { actor }, 'wrong-role'],
    ['a request that is not there', 'npocc', { requestId: 'r9' }, 'not-found'],
    ['more than the line needs', 'npocc', { quantity: 3 }, 'line-full'],
  ])('is refused for %s', (_, org, over, code) => {
    expect(given().refusalOf({ name: 'direction-record', org, body: direction(over) })).toBe(code);
  });
});

const agreement = (over: Partial<CommandBody<'agreement-record'>> = {}): CommandBody<'agreement-record'> => ({
  commandId: 'a1',
  actor,
  classification: 'OFFICIAL',
  for: { kind: 'new', line: line({ from: at(-2), quantity: 1 }), terms },
  donor: 'surrey',
  capabilityId: 'psu-1',
  quantity: 1,
  agreedAt: at(-3),
  agreedWith: 'surrey-duty-super',
  means: 'phone',
  reason: 'the network was down',
  ...over,
});

describe('an agreement made outside the mesh', () => {
  it('is back-filled by one command, from when the units left, and home confirms it', () => {
    const scene = given();
    const events = scene.run({ name: 'agreement-record', org: 'kent', body: agreement() });
    expect(typesOf(events)).toEqual([
      'request.submitted',
      'request.issued',
      'offer.called',
      'booking.changed',
      'request.notice',
    ]);
    scene.settle('surrey', 'psu-1');
    expect(scene.ledger.view.deployment('surrey', 'a1-1')).toMatchObject({
      status: 'COMMITTED',
      from: at(-2),
      to: at(16),
    });
  });

  it('is not back-filled into a time when the units were with somebody else', () => {
    const scene = startScene();
    scene.advertise({ force: 'surrey', quantity: 1 });
    scene.run({ name: 'agreement-record', org: 'kent', body: agreement() });
    scene.settle('surrey', 'psu-1');
    scene.setNow(at(1));
    const lent = { donor: 'surrey', deploymentId: 'a1-1' };
    scene.send('deployment-release', 'kent', { commandId: 'rel', ...lent, reasonCode: 'task-complete' });
    const home = { at: at(1), injuries: 0, welfareReferral: false };
    scene.send('deployment-return', 'surrey', { commandId: 'ret', ...lent, ...home });
    const body = agreement({
      commandId: 'a2',
      for: { kind: 'new', line: line({ from: at(-1), quantity: 1 }), terms },
      agreedAt: at(0),
    });
    const events = scene.run({ name: 'agreement-record', org: 'kent', body });
    const called = events.find(({ type }) => type === 'muster.offer.called.v1');
    expect(called?.data).toMatchObject({ from: at(1), to: at(16), estimatedArrival: at(0) });
  });

  it('may fill a line of a request that stands', () => {
    const scene = given();
    const body = agreement({ for: { kind: 'request', requestId: 'r1', lineId: 'l1' }, agreedAt: at(-1) });
    scene.run({ name: 'agreement-record', org: 'kent', body });
    expect(counts(scene)).toMatchObject({ reserved: 1 });
  });

  it('lapses like an accepted offer when nobody confirms it in time', () => {
    const scene = given();
    const events = scene.run({ name: 'agreement-record', org: 'kent', body: agreement() });
    const deadlines = events.flatMap((event) => deadlinesOf(event)).map(({ timer }) => timer.name);
    expect(deadlines).toContain('confirm-a1-1');
    scene.setNow(at(1));
    const due = { name: 'confirm-due', host: 'kent', requestId: 'a1', offerId: 'a1-1' } as const;
    expect(typesOf(scene.internal(due))).toEqual(['offer.lapsed', 'booking.changed']);
  });

  it('waits for a person where people decide', () => {
    const scene = given();
    scene.run({ name: 'agreement-record', org: 'kent', body: agreement() });
    expect(typesOf(scene.settle('surrey', 'psu-1', { policy: 'person' }))).toEqual([]);
    expect(scene.bookingStatus('surrey', 'psu-1', 'a1-1')).toBe('reserved');
  });

  it.each([
    ['that lies ahead', { agreedAt: at(1) }, 'bad-time'],
    ['of long ago', { agreedAt: at(-AGREED_AGO_MINUTES_MAX / 60 - 1) }, 'bad-time'],
    ['with the host itself', { donor: 'kent' }, 'invalid'],
    [
      'for a line that has ended',
      { for: { kind: 'new' as const, line: line({ from: at(-5), to: at(-1) }), terms } },
      'bad-time',
    ],
    ['under an id that is taken', { commandId: 'r1' }, 'command-id-reused'],
    [
      'about more than there is',
      { for: { kind: 'new' as const, line: line({ quantity: 9 }), terms }, quantity: 9 },
      'no-capacity',
    ],
  ])('%s is refused', (_, over, code) => {
    expect(given().refusalOf({ name: 'agreement-record', org: 'kent', body: agreement(over) })).toBe(code);
  });
});
