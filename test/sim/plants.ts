import type { MusterEvent } from '@muster/contracts';
import type { decide, LedgerView } from '@muster/domain';
import type { Plants } from './mesh.ts';

type Decide = typeof decide;

const changed =
  (change: (event: MusterEvent) => MusterEvent | undefined): NonNullable<Plants['events']> =>
  (events) =>
    events.flatMap((event) => change(event) ?? []);

/** A broker that sees no bookings when it reserves, so that it takes what is taken. */
const blind =
  (real: Decide): Decide =>
  (command, view, now) => {
    const isReserving = command.name === 'offer-accept' || command.name === 'direction-record';
    if (!isReserving) return real(command, view, now);
    const bookings: LedgerView['bookings'] = (donor, capabilityId) => {
      const state = view.bookings(donor, capabilityId);
      return state && { ...state, bookings: new Map() };
    };
    return real(command, { ...view, bookings }, now);
  };

/** The first record of a replica's memory that a faulty decider changes where it stands. */
const rewriting =
  (real: Decide): Decide =>
  (command, view, now) => {
    if (command.name === 'request-amend') {
      const request = view.request(command.org, command.body.requestId);
      const [line] = request?.lines ?? [];
      if (line) line.quantity += 1;
    }
    return real(command, view, now);
  };

/** A broker that has forgotten what may be agreed. */
const generous =
  (real: Decide): Decide =>
  (command, view, now) => {
    if (command.name !== 'offer-accept') return real(command, view, now);
    const request: LedgerView['request'] = (host, requestId) => {
      const state = view.request(host, requestId);
      return state && { ...state, costLimitPence: undefined };
    };
    return real(command, { ...view, request }, now);
  };

const refusingRecalls =
  (real: Decide): Decide =>
  (command, view, now) => {
    const isRecall = command.name === 'return-request';
    const at = isRecall && view.deployment(command.body.donor, command.body.deploymentId)?.status;
    return at === 'ON_TASK'
      ? { refused: 'wrong-status', because: 'the units are at work' }
      : real(command, view, now);
  };

/** A broker that takes from nobody that they have seen what stays unfilled, though its board waits for them. */
const deaf =
  (real: Decide): Decide =>
  (command, view, now) =>
    command.name === 'unfilled-acknowledge'
      ? { refused: 'wrong-status', because: 'nobody is to see it' }
      : real(command, view, now);

export type Planted = { invariant: number; what: string; plants: Plants; rules: readonly string[] };

/** For every invariant of the field, faults that break it, and the rules that find them. */
export const PLANTED: readonly Planted[] = [
  {
    ...{ invariant: 1, what: 'the broker reserves what is reserved already' },
    ...{ plants: { decide: blind }, rules: ['over-committed-hub'] },
  },
  {
    ...{ invariant: 1, what: 'a home force confirms and uses units that it has promised already' },
    plants: {
      home: (real) => (input, state, facts) =>
        real(input, state, {
          ...facts,
          advert: facts.advert && { ...facts.advert, quantity: facts.advert.quantity + 9 },
        }),
      events: changed((event) => {
        if (event.type !== 'muster.home.recorded.v1') return event;
        const entries = event.data.entries.map((entry) =>
          'gross' in entry ? { ...entry, gross: Math.max(1, entry.gross - 9) } : entry,
        );
        return { ...event, data: { ...event.data, entries } };
      }),
    },
    rules: ['over-committed-home'],
  },
  {
    ...{ invariant: 2, what: 'whoever asked approves' },
    plants: {
      events: changed((event) =>
        event.type === 'muster.request.approved.v1' && 'post' in event.data.approval
          ? { ...event, data: { ...event.data, approval: { ...event.data.approval, post: 'duty-desk' } } }
          : event,
      ),
    },
    rules: ['self-approved'],
  },
  {
    ...{ invariant: 2, what: 'an adapter approves' },
    plants: {
      events: changed((event) =>
        event.type === 'muster.request.approved.v1' && 'role' in event.data.approval
          ? { ...event, data: { ...event.data, approval: { ...event.data.approval, role: 'force-ict' } } }
          : event,
      ),
    },
    rules: ['approved-by-other'],
  },
  {
    ...{ invariant: 3, what: 'a request goes out that nobody approved' },
    plants: { events: changed((event) => (event.type === 'muster.request.approved.v1' ? undefined : event)) },
    rules: ['issued-unapproved'],
  },
  {
    ...{ invariant: 3, what: 'an offer goes out that its own force has not approved' },
    plants: { events: changed((event) => (event.type === 'muster.offer.approved.v1' ? undefined : event)) },
    rules: ['offer-unapproved'],
  },
  {
    ...{ invariant: 3, what: 'more cost is agreed than was approved' },
    ...{ plants: { decide: generous }, rules: ['accepted-beyond-approval'] },
  },
  {
    ...{ invariant: 3, what: 'an acceptance names no legal basis' },
    plants: {
      events: changed((event) => {
        if (event.type !== 'muster.offer.accepted.v1') return event;
        const { legalBasis: _, ...data } = event.data;
        return { ...event, data } as MusterEvent;
      }),
    },
    rules: ['commitment-unfounded'],
  },
  {
    ...{ invariant: 4, what: 'a decider changes what is stored' },
    ...{ plants: { decide: rewriting }, rules: ['record-rewritten'] },
  },
  {
    ...{ invariant: 5, what: 'a replica appends without its guard and remembers nothing' },
    ...{ plants: { isUnguarded: true }, rules: ['duplicate-id'] },
  },
  {
    ...{ invariant: 6, what: 'nobody raises that units are away for too long' },
    plants: {
      events: changed((event) =>
        event.type === 'muster.deployment.secondment_review.v1' ? undefined : event,
      ),
    },
    rules: ['secondment-unraised'],
  },
  {
    ...{ invariant: 7, what: 'units on task cannot be recalled' },
    ...{ plants: { decide: refusingRecalls }, rules: ['recall-refused'] },
  },
  {
    ...{ invariant: 8, what: 'an exercise writes to the actual stream' },
    ...{ plants: { isLeaking: true }, rules: ['exercise-leaked'] },
  },
  {
    ...{ invariant: 9, what: 'nobody records who stayed silent' },
    plants: {
      events: changed((event) =>
        event.type === 'muster.request.answer_time_expired.v1'
          ? { ...event, data: { ...event.data, silent: [] } }
          : event,
      ),
    },
    rules: ['silence-unrecorded'],
  },
  {
    ...{ invariant: 9, what: 'an asked force is not told that the request has ended' },
    plants: {
      events: changed((event) =>
        event.type === 'muster.request.notice.v1' && event.data.notice.kind === 'cancelled'
          ? undefined
          : event,
      ),
    },
    rules: ['asked-without-end'],
  },
  {
    ...{ invariant: 9, what: 'a board says that a person is waited for who can do nothing about it' },
    ...{ plants: { decide: deaf }, rules: ['waits-in-vain'] },
  },
];
