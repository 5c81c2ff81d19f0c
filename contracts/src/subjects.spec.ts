import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODES } from './codes.ts';
import { SAMPLES } from './generate/samples/samples.ts';
import { ORGS } from './reference/organisations.ts';
import { aggregateOf, EVENT_TYPES, type MusterEvent, subjectOf } from './registry.ts';
import {
  askSubject,
  bookingSubject,
  capabilitySubject,
  commandSubject,
  deadSubject,
  dueSubject,
  eventSubject,
  guardSubject,
  homeSubject,
  parseSubject,
  STREAM_KINDS,
  streamName,
  timerSubject,
} from './subjects.ts';
import { COMMAND_ID_LENGTH_MAX } from './tokens.ts';

const sampleOf = (type: (typeof EVENT_TYPES)[number]): MusterEvent =>
  ({ type, data: SAMPLES[type][0].data }) as MusterEvent;

const request = { kind: 'request', owner: 'kent', id: 'Req_1-a' } as const;
const timer = { aggregate: request, name: 'confirm-Off_1' };

describe('subjects', () => {
  it('are these', () => {
    const events = EVENT_TYPES.map((type) => `${type} ${subjectOf('actual', sampleOf(type))}`);
    const guards = [
      ...new Set(EVENT_TYPES.map((type) => guardSubject('exercise', aggregateOf(sampleOf(type))))),
    ];
    const others = [
      commandSubject('actual', 'kent', 'offer-make'),
      askSubject('exercise', 'ricc-eastern', 'capability-search'),
      timerSubject('actual', timer),
      dueSubject('actual', timer),
      deadSubject('actual', 'hub', 'request-broker', 'bad-header'),
      ...STREAM_KINDS.map((kind) => streamName(kind, 'actual')),
    ];
    expect([...events, ...guards, ...others].join('\n')).toMatchInlineSnapshot(`
      "muster.capability.advertised.v1 actual.capability.essex.fccu-team-1
      muster.capability.withdrawn.v1 actual.capability.essex.fccu-team-1
      muster.request.submitted.v1 actual.request.kent.req-20261122-01.submitted._
      muster.request.issued.v1 actual.request.kent.req-20261122-01.issued._
      muster.request.notice.v1 actual.request.kent.req-20261122-01.notice.essex
      muster.request.answer_time_expired.v1 actual.request.kent.req-20261122-01.answer-time-expired._
      muster.request.cancelled.v1 actual.request.kent.req-20261122-01.cancelled._
      muster.request.expired.v1 actual.request.kent.req-20261122-01.expired._
      muster.request.closed.v1 actual.request.kent.req-20261122-01.closed._
      muster.request.drafted.v1 actual.request.kent.req-20261122-01.drafted._
      muster.request.approved.v1 actual.request.kent.req-20261122-01.approved._
      muster.request.refused.v1 actual.request.kent.req-20261122-01.refused._
      muster.request.approval_overdue.v1 actual.request.kent.req-20261122-01.approval-overdue._
      muster.request.amended.v1 actual.request.kent.req-20261122-01.amended._
      muster.request.escalation_asked.v1 actual.request.kent.req-20261122-01.escalation-asked._
      muster.request.escalation_overdue.v1 actual.request.kent.req-20261122-01.escalation-overdue._
      muster.request.escalated.v1 actual.request.kent.req-20261122-01.escalated._
      muster.request.unfilled.v1 actual.request.kent.req-20261122-01.unfilled._
      muster.request.unfilled_acknowledged.v1 actual.request.kent.req-20261122-01.unfilled-acknowledged._
      muster.request.acknowledged.v1 actual.request.kent.req-20261122-01.acknowledged.essex
      muster.request.ask_withdrawn.v1 actual.request.kent.req-20261122-01.ask-withdrawn.essex
      muster.offer.made.v1 actual.request.kent.req-20261122-01.offer-made.essex
      muster.offer.declined.v1 actual.request.kent.req-20261122-01.offer-declined.essex
      muster.offer.accepted.v1 actual.request.kent.req-20261122-01.offer-accepted.essex
      muster.offer.not_selected.v1 actual.request.kent.req-20261122-01.offer-not-selected.essex
      muster.offer.left_out.v1 actual.request.kent.req-20261122-01.offer-left-out.essex
      muster.offer.lapsed.v1 actual.request.kent.req-20261122-01.offer-lapsed.essex
      muster.offer.condition_met.v1 actual.request.kent.req-20261122-01.offer-condition-met.essex
      muster.offer.withdrawn.v1 actual.request.kent.req-20261122-01.offer-withdrawn.essex
      muster.commitment.made.v1 actual.request.kent.req-20261122-01.commitment-made.essex
      muster.commitment.refused.v1 actual.request.kent.req-20261122-01.commitment-refused.essex
      muster.offer.prepared.v1 actual.offer.essex.off-20261122-07.prepared._
      muster.offer.approved.v1 actual.offer.essex.off-20261122-07.approved._
      muster.offer.refused.v1 actual.offer.essex.off-20261122-07.refused._
      muster.offer.called.v1 actual.request.kent.req-20261122-01.offer-called.essex
      muster.plan.approved.v1 actual.request.kent.req-20261122-01.plan-approved._
      muster.direction.recorded.v1 actual.request.kent.req-20261122-01.direction-recorded.essex
      muster.booking.opened.v1 actual.booking.essex.fccu-team-1
      muster.booking.changed.v1 actual.booking.essex.fccu-team-1
      muster.booking.shortfall.v1 actual.booking.essex.fccu-team-1
      muster.deployment.opened.v1 actual.deployment.essex.off-20261122-07.opened.kent
      muster.deployment.status.v1 actual.deployment.essex.off-20261122-07.status.kent
      muster.resource.released.v1 actual.deployment.essex.off-20261122-07.released.kent
      muster.deployment.returned.v1 actual.deployment.essex.off-20261122-07.returned.kent
      muster.deployment.control_proposed.v1 actual.deployment.essex.off-20261122-07.control-proposed.kent
      muster.deployment.control_transferred.v1 actual.deployment.essex.off-20261122-07.control-transferred.kent
      muster.return.requested.v1 actual.deployment.essex.off-20261122-07.return-requested.kent
      muster.return.answered.v1 actual.deployment.essex.off-20261122-07.return-answered.kent
      muster.return.withdrawn.v1 actual.deployment.essex.off-20261122-07.return-withdrawn.kent
      muster.return.raised.v1 actual.deployment.essex.off-20261122-07.return-raised.kent
      muster.return.settled.v1 actual.deployment.essex.off-20261122-07.return-settled.kent
      muster.deployment.forfeited.v1 actual.deployment.essex.off-20261122-07.forfeited.kent
      muster.deployment.aborted.v1 actual.deployment.essex.off-20261122-07.aborted.kent
      muster.deployment.debriefed.v1 actual.deployment.essex.off-20261122-07.debriefed.kent
      muster.deployment.closed.v1 actual.deployment.essex.off-20261122-07.closed.kent
      muster.deployment.status_requested.v1 actual.deployment.essex.off-20261122-07.status-requested.kent
      muster.deployment.desk_taken.v1 actual.deployment.essex.off-20261122-07.desk-taken.kent
      muster.request.desk_taken.v1 actual.request.kent.req-20261122-01.desk-taken._
      muster.extension.requested.v1 actual.deployment.essex.off-20261122-07.extension-requested.kent
      muster.extension.answered.v1 actual.deployment.essex.off-20261122-07.extension-answered.kent
      muster.extension.confirmed.v1 actual.deployment.essex.off-20261122-07.extension-confirmed.kent
      muster.extension.ended.v1 actual.deployment.essex.off-20261122-07.extension-ended.kent
      muster.deployment.handed_on.v1 actual.deployment.essex.off-20261122-07.handed-on.kent
      muster.deployment.welfare_answered.v1 actual.deployment.essex.off-20261122-07.welfare-answered.kent
      muster.deployment.secondment_review.v1 actual.deployment.essex.off-20261122-07.secondment-review.kent
      muster.deployment.secondment_reviewed.v1 actual.deployment.essex.off-20261122-07.secondment-reviewed.kent
      muster.cost.estimated.v1 actual.claim.essex.off-20261122-07.cost-estimated.kent
      muster.cost.recorded.v1 actual.claim.essex.off-20261122-07.cost-recorded.kent
      muster.claim.submitted.v1 actual.claim.essex.off-20261122-07.submitted.kent
      muster.claim.checked.v1 actual.claim.essex.off-20261122-07.checked.kent
      muster.claim.queried.v1 actual.claim.essex.off-20261122-07.queried.kent
      muster.claim.agreed.v1 actual.claim.essex.off-20261122-07.agreed.kent
      muster.claim.paid.v1 actual.claim.essex.off-20261122-07.paid.kent
      muster.claim.waiver_proposed.v1 actual.claim.essex.off-20261122-07.waiver-proposed.kent
      muster.claim.waived.v1 actual.claim.essex.off-20261122-07.waived.kent
      muster.claim.overdue.v1 actual.claim.essex.off-20261122-07.overdue.kent
      muster.home.opened.v1 actual.home.essex.fccu-team-1
      muster.home.recorded.v1 actual.home.essex.fccu-team-1
      muster.delegation.granted.v1 actual.policy.kent.delegations.delegation-granted._
      muster.delegation.revoked.v1 actual.policy.kent.delegations.delegation-revoked._
      muster.approval_rules.set.v1 actual.policy.kent.delegations.approval-rules-set._
      muster.policy.matching_set.v1 actual.policy.npocc.matching.matching-set._
      exercise.capability.essex.fccu-team-1
      exercise.request.kent.req-20261122-01.>
      exercise.offer.essex.off-20261122-07.>
      exercise.booking.essex.fccu-team-1
      exercise.deployment.essex.off-20261122-07.>
      exercise.claim.essex.off-20261122-07.>
      exercise.home.essex.fccu-team-1
      exercise.policy.kent.delegations.>
      exercise.policy.npocc.matching.>
      cmd.actual.kent.offer-make
      ask.exercise.ricc-eastern.capability-search
      actual.timer.request.kent.Req_1-a.confirm-Off_1
      actual.due.request.kent.Req_1-a.confirm-Off_1
      dead.actual.hub.request-broker.bad-header
      CAPABILITY_ACTUAL
      ASSISTANCE_ACTUAL
      HOME_ACTUAL
      TIMERS_ACTUAL
      ALERTS_ACTUAL"
    `);
  });

  it('of a timer have room for an offer id of full length', () => {
    const named = { aggregate: request, name: `confirm-${'A'.repeat(COMMAND_ID_LENGTH_MAX)}` };
    expect(parseSubject(timerSubject('actual', named))).toEqual({
      kind: 'timer',
      mode: 'actual',
      timer: named,
    });
    for (const name of ['', 'a.b', '*', '>', 'A'.repeat(99)])
      expect(() => dueSubject('actual', { aggregate: request, name })).toThrow(RangeError);
  });

  const token = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
  const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,30}$/);
  const org = fc.constantFrom(...ORGS);
  const mode = fc.constantFrom(...MODES);

  it('are read as they were built', () => {
    fc.assert(
      fc.property(
        mode,
        org,
        token,
        id,
        token,
        fc.option(org, { nil: undefined }),
        (m, owner, tail, aggregateId, event, addressee) => {
          for (const kind of ['request', 'deployment'] as const) {
            const aggregate = { kind, owner, id: aggregateId };
            expect(parseSubject(eventSubject(m, aggregate, event, addressee))).toEqual({
              kind,
              mode: m,
              aggregate,
              event,
              addressee,
            });
            const named = { aggregate, name: aggregateId };
            expect(parseSubject(timerSubject(m, named))).toEqual({ kind: 'timer', mode: m, timer: named });
            expect(parseSubject(dueSubject(m, named))).toEqual({ kind: 'due', mode: m, timer: named });
          }
          for (const [kind, build] of [
            ['capability', capabilitySubject],
            ['booking', bookingSubject],
            ['home', homeSubject],
          ] as const)
            expect(parseSubject(build(m, owner, tail))).toEqual({
              kind,
              mode: m,
              aggregate: { kind, owner, id: tail },
            });
          expect(parseSubject(commandSubject(m, owner, tail))).toEqual({
            kind: 'command',
            mode: m,
            org: owner,
            name: tail,
          });
          expect(parseSubject(askSubject(m, owner, tail))).toEqual({
            kind: 'ask',
            mode: m,
            org: owner,
            name: tail,
          });
          expect(parseSubject(deadSubject(m, owner, tail, event))).toEqual({
            kind: 'dead',
            mode: m,
            owner,
            service: tail,
            reason: event,
          });
        },
      ),
    );
  });

  const unsafe = fc.constantFrom(
    '',
    '*',
    '>',
    'a.b',
    'a b',
    '-a',
    'A',
    'é',
    'a\n',
    '_',
    'a>',
    '..',
    '$JS',
    'a'.repeat(65),
  );

  it('are never built from what could be a wildcard, a separator or a second token', () => {
    fc.assert(
      fc.property(unsafe, (bad) => {
        expect(() => capabilitySubject('actual', bad, 'a')).toThrow(RangeError);
        expect(() => capabilitySubject('actual', 'kent', bad)).toThrow(RangeError);
        expect(() => bookingSubject('actual', 'kent', bad)).toThrow(RangeError);
        expect(() => homeSubject('actual', bad, 'a')).toThrow(RangeError);
        expect(() => eventSubject('actual', request, bad)).toThrow(RangeError);
        expect(() => eventSubject('actual', request, 'issued', bad)).toThrow(RangeError);
        expect(() => commandSubject('actual', bad, 'offer-make')).toThrow(RangeError);
        expect(() => askSubject('actual', 'kent', bad)).toThrow(RangeError);
        expect(() => deadSubject('actual', 'kent', bad, 'a')).toThrow(RangeError);
        expect(() => guardSubject('actual', { kind: 'request', owner: bad, id: 'a' })).toThrow(RangeError);
        if (bad !== 'A')
          expect(() => guardSubject('actual', { kind: 'request', owner: 'kent', id: bad })).toThrow(
            RangeError,
          );
      }),
    );
  });

  it('are refused when they are none of the mesh', () => {
    const foreign = [
      '',
      'actual',
      'live.request.kent.r1.issued._',
      'actual.request.kent.r1.issued',
      'actual.request.kent.r1.issued._.more',
      'actual.request.atlantis.r1.issued._',
      'actual.request.kent.r1.issued.atlantis',
      'actual.request.kent.*.issued._',
      'actual.request.kent.>',
      'actual.request.kent..issued._',
      'actual.booking.kent.Team-1',
      'actual.booking.kent.a.b',
      'actual.timer.home.kent.a.b',
      'cmd.actual.atlantis.offer-make',
      'cmd.actual.kent.*',
      'ask.actual.kent.events.more',
      'dead.actual.kent.*.a',
      'dead.actual.kent.adapter',
      '$JS.API.STREAM.DELETE.ASSISTANCE_ACTUAL',
    ];
    for (const subject of foreign) expect(parseSubject(subject), subject).toBeUndefined();
  });

  it('of a guard cover every event of the aggregate and of no other', () => {
    for (const type of EVENT_TYPES) {
      const guard = guardSubject('actual', aggregateOf(sampleOf(type)));
      const subject = subjectOf('actual', sampleOf(type));
      expect(guard.endsWith('.>') ? subject.startsWith(guard.slice(0, -1)) : subject === guard, type).toBe(
        true,
      );
    }
  });
});
