import {
  ACCEPTED_OFFERS_MAX,
  type CapabilityAdvertised,
  type Duty,
  type EventData,
  type HomeEntry,
  type HomeRefusalReason,
  isRefusal,
  type MusterEvent,
  type Refusal,
  refuse,
} from '@muster/contracts';
import type { Booking } from '../booking/state.ts';
import { tiredAt } from '../duty/check.ts';
import { HOME_AUTOMATIC, HOME_DESK } from '../policies.ts';
import { freeOver } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';
import { evolveHome, type HomeEvent } from './evolve.ts';
import { answerExtending } from './extend.ts';
import { committedBy, usedBy } from './held.ts';
import { checkRest, checkRoom } from './room.ts';
import type { HomeState } from './state.ts';

/** Who confirms what the hub reserved: the declared policy at once, or a person by `confirmBy`. */
export type HomePolicy = { policy: 'automatic' | 'person' };

/** What the force knows besides its ledger. `advert` is its own current one, undefined when it has none. */
export type HomeFacts = { advert: CapabilityAdvertised | undefined; now: string; policy: HomePolicy };

export type HomeInput =
  /** Genesis, written with the capability's first advert. */
  | { kind: 'open'; donor: string; capabilityId: string }
  /** What the hub's ledger says of this capability. */
  | { kind: 'hub'; event: EventData<'muster.booking.changed.v1'> }
  | {
      kind: 'confirm';
      bookingId: string;
      /** How long the units have been at work already. */
      duty?: Duty | undefined;
      /** Why the force lends units that should rest. */
      override?: string | undefined;
    }
  | { kind: 'refuse'; bookingId: string; reasonCode: HomeRefusalReason }
  /** The force takes units for itself. */
  | {
      kind: 'use';
      useId: string;
      quantity: number;
      from: string;
      to: string;
      reason?: string | undefined;
    }
  | { kind: 'use-return'; useId: string; at: string };

/** Events for the home ledger, all of this capability; none means that there is nothing to record. */
export type HomeDecision = { events: HomeEvent[] } | Refusal;

/**
 * Units that the policy keeps when it answers by itself. What the force offered was above its reserve floor
 * already; what a plan calls was not; a direction or an agreement reaches below it.
 */
const keptBack = ({ called }: Booking, { advert }: HomeFacts): number =>
  called === 'plan' ? (advert?.reserveFloor ?? 0) : 0;

type Said = { duty?: Duty | undefined; override?: string | undefined };

const confirmedEntry = (
  booking: Booking,
  gross: number,
  approval: typeof HOME_DESK,
  { duty, override }: Said = {},
): HomeEntry => {
  const { bookingId, token, host, requestId, quantity, from, to, continues } = booking;
  const facts = { bookingId, token, host, requestId, quantity, from, to, gross, approval };
  const said = {
    ...(duty && { duty }),
    ...(override !== undefined && { override }),
    ...(continues && { continues }),
  };
  return { kind: 'confirmed', ...facts, ...said };
};

const refusedEntry = (booking: Booking, reasonCode: HomeRefusalReason): HomeEntry => {
  const { bookingId, token, host, requestId } = booking;
  return { kind: 'refused', bookingId, token, host, requestId, reasonCode };
};

/** Collects entries; what is decided earlier counts for what is decided later. */
const startRecord = (before: HomeState) => {
  const events: MusterEvent<'muster.home.recorded.v1'>[] = [];
  let state = before;
  const { donor, capabilityId } = before;
  return {
    state: () => state,
    /** One event holds so many entries; more go into a further one. */
    add(entry: HomeEntry): void {
      const last = events.at(-1);
      const homeVersion =
        last && last.data.entries.length < ACCEPTED_OFFERS_MAX
          ? last.data.homeVersion
          : state.homeVersion + 1;
      const one: MusterEvent<'muster.home.recorded.v1'> = {
        type: 'muster.home.recorded.v1',
        data: { donor, capabilityId, homeVersion, entries: [entry] },
      };
      if (last?.data.homeVersion === homeVersion) last.data.entries.push(entry);
      else events.push(one);
      state = evolveHome(state, one);
    },
    events: () => events,
  };
};
type Recording = ReturnType<typeof startRecord>;

const answerByPolicy = (record: Recording, booking: Booking, facts: HomeFacts): void => {
  if (facts.now >= booking.confirmBy) {
    record.add(refusedEntry(booking, 'confirm-time-passed'));
    return;
  }
  // Whether tired units go is for a person of their own force; only a direction goes past people.
  const isForPerson = facts.policy.policy === 'person' || booking.override !== undefined;
  if (isForPerson && booking.called !== 'direction') return;
  const state = record.state();
  const room = checkRoom(state, booking, facts, {
    keep: keptBack(booking, facts),
    except: booking.continues?.bookingId,
  });
  const tired = checkRest(state, booking, facts, booking.continues?.bookingId);
  record.add(
    typeof room !== 'number'
      ? refusedEntry(booking, room.reasonCode)
      : tired
        ? refusedEntry(booking, tired.reasonCode)
        : confirmedEntry(booking, room, HOME_AUTOMATIC),
  );
};

const genesis = (donor: string, capabilityId: string): HomeEvent => ({
  type: 'muster.home.opened.v1',
  data: { donor, capabilityId, homeVersion: 0 },
});

/** Records what the hub says, in the hub's order, and answers what it asks. */
const decideHub = (
  event: EventData<'muster.booking.changed.v1'>,
  before: HomeState | undefined,
  facts: HomeFacts,
): HomeDecision => {
  const { donor, capabilityId, bookingVersion, changes } = event;
  const opening = genesis(donor, capabilityId);
  const state = before ?? evolveHome(undefined, opening);
  if (bookingVersion <= state.seenVersion) return { events: [] };
  if (bookingVersion > state.seenVersion + 1) {
    const because = `version ${bookingVersion} of ${capabilityId} came after ${state.seenVersion}; those between come first`;
    return refuse('contention', because);
  }
  const record = startRecord(state);
  record.add({ kind: 'seen', bookingVersion, changes });
  for (const { bookingId, kind } of changes) {
    const booking = record.state().bookings.get(bookingId);
    if (booking && kind === 'extending') {
      const entry = answerExtending(record.state(), booking, facts);
      if (entry) record.add(entry);
      continue;
    }
    if (!booking || record.state().verdicts.has(bookingId)) continue;
    if (kind === 'reserved' && booking.status === 'reserved') answerByPolicy(record, booking, facts);
    if (kind === 'lapsing' && booking.status === 'lapsing') {
      const { token, host, requestId } = booking;
      record.add({ kind: 'void', bookingId, token, host, requestId });
    }
  }
  return { events: before ? record.events() : [opening, ...record.events()] };
};

/** A reserved booking on which the desk may still decide; `true` when it has decided just so already. */
const openBooking = (
  state: HomeState,
  bookingId: string,
  wanted: 'confirmed' | 'refused',
): Booking | Refusal | true => {
  const booking = state.bookings.get(bookingId);
  if (!booking) return refuse('not-found', `${state.capabilityId} has no booking ${bookingId}`);
  const verdict = state.verdicts.get(bookingId)?.verdict;
  if (verdict === wanted) return true;
  if (verdict)
    return refuse(
      'wrong-status',
      `the force has ${verdict} it already (${bookingId}); a commitment is given up as a deployment`,
    );
  return booking.status === 'reserved'
    ? booking
    : refuse(
        'wrong-status',
        `${booking.host} does not hold these units any more (${bookingId}): the booking is ${booking.status}; nothing is to be decided`,
      );
};

const recordOne = (state: HomeState, entry: HomeEntry): HomeDecision => {
  const record = startRecord(state);
  record.add(entry);
  return { events: record.events() };
};

type Confirm = Extract<HomeInput, { kind: 'confirm' }>;

const decideConfirm = (input: Confirm, state: HomeState, facts: HomeFacts): HomeDecision => {
  const { bookingId, override } = input;
  const booking = openBooking(state, bookingId, 'confirmed');
  if (booking === true) return { events: [] };
  if (isRefusal(booking)) return booking;
  if (facts.now >= booking.confirmBy) {
    return refuse(
      'answer-time-passed',
      `it had to be confirmed by ${booking.confirmBy} (${bookingId}), and the line is open again; if you can still lend, tell the desk of ${booking.host}`,
    );
  }
  const except = booking.continues?.bookingId;
  const room = checkRoom(state, booking, facts, { except });
  if (typeof room !== 'number') return refuse('no-capacity', room.because);
  const [worked] = tiredAt(input.duty, booking.from);
  const tired = checkRest(state, booking, facts, except) ?? worked;
  if (tired && override === undefined && !booking.override) {
    return refuse('duty-breach', `${tired.because}; an override needs a reason`);
  }
  return recordOne(state, confirmedEntry(booking, room, HOME_DESK, input));
};

const decideRefuse = (bookingId: string, reasonCode: HomeRefusalReason, state: HomeState): HomeDecision => {
  const booking = openBooking(state, bookingId, 'refused');
  if (booking === true) return { events: [] };
  return isRefusal(booking) ? booking : recordOne(state, refusedEntry(booking, reasonCode));
};

const decideUse = (
  input: Extract<HomeInput, { kind: 'use' }>,
  state: HomeState,
  { advert, now }: HomeFacts,
): HomeDecision => {
  const { useId, quantity, from, to, reason } = input;
  const known = state.uses.get(useId);
  if (known) {
    const isSame = known.quantity === quantity && known.from === from && known.to === to;
    return isSame ? { events: [] } : refuse('command-id-reused', `use ${useId} stands for something else`);
  }
  if (from >= to || to <= now) return refuse('bad-time', `a use from ${from} to ${to} cannot begin now`);
  if (!advert) return refuse('advert-not-current', `${state.capabilityId} is not advertised`);
  const span = spanFor(advert.kind, { from, to });
  const committed = committedBy(state, advert.kind, now);
  const free = freeOver(advert.quantity, [...committed, ...usedBy(state, advert.kind)], span);
  if (free < quantity) {
    const lent = advert.quantity - freeOver(advert.quantity, committed, span);
    const because = `${free} of ${advert.quantity} are left; ${lent} are committed to other forces`;
    return refuse('no-capacity', `${because}, and what is committed cannot be taken back here`);
  }
  return recordOne(state, { kind: 'used', useId, quantity, from, to, gross: advert.quantity, reason });
};

const decideUseReturn = (useId: string, at: string, state: HomeState): HomeDecision => {
  const use = state.uses.get(useId);
  if (!use) return refuse('not-found', `${state.capabilityId} has no use ${useId}`);
  if (use.returnedAt !== undefined) return { events: [] };
  return recordOne(state, { kind: 'use-returned', useId, at });
};

/** Decides on one capability in its own force's ledger. */
export const decideHome = (
  input: HomeInput,
  state: HomeState | undefined,
  facts: HomeFacts,
): HomeDecision => {
  if (input.kind === 'open') {
    return state ? { events: [] } : { events: [genesis(input.donor, input.capabilityId)] };
  }
  if (input.kind === 'hub') return decideHub(input.event, state, facts);
  if (!state) return refuse('not-found', 'the home ledger does not hold this capability');
  switch (input.kind) {
    case 'confirm':
      return decideConfirm(input, state, facts);
    case 'refuse':
      return decideRefuse(input.bookingId, input.reasonCode, state);
    case 'use':
      return decideUse(input, state, facts);
    case 'use-return':
      return decideUseReturn(input.useId, input.at, state);
  }
};
