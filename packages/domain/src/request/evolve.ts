import type { MusterEvent } from '@muster/contracts';
import { correctionBy } from './corrections.ts';
import { offerFacts } from './facts.ts';
import { isOpen, lastEnd, lineOf, missingOn } from './lines.ts';
import { applyOutcome } from './outcome.ts';
import { applyPreparation, isPreparationEvent, type PreparationEvent } from './prepared.ts';
import { applyReach, type ReachEvent } from './reach.ts';
import {
  type Answer,
  answerKey,
  type Offer,
  type Phase,
  type Preparation,
  type RequestState,
  type Unfilled,
} from './state.ts';

/** Events that shape a request: its own, and a release that stands units of it down. */
export type RequestEvent =
  | PreparationEvent
  | ReachEvent
  | MusterEvent<
      | 'muster.request.submitted.v1'
      | 'muster.request.drafted.v1'
      | 'muster.request.approved.v1'
      | 'muster.request.refused.v1'
      | 'muster.request.approval_overdue.v1'
      | 'muster.request.amended.v1'
      | 'muster.request.issued.v1'
      | 'muster.request.notice.v1'
      | 'muster.request.answer_time_expired.v1'
      | 'muster.request.cancelled.v1'
      | 'muster.request.expired.v1'
      | 'muster.request.closed.v1'
      | 'muster.offer.made.v1'
      | 'muster.offer.declined.v1'
      | 'muster.offer.accepted.v1'
      | 'muster.offer.called.v1'
      | 'muster.plan.approved.v1'
      | 'muster.direction.recorded.v1'
      | 'muster.offer.not_selected.v1'
      | 'muster.offer.left_out.v1'
      | 'muster.offer.lapsed.v1'
      | 'muster.offer.condition_met.v1'
      | 'muster.offer.withdrawn.v1'
      | 'muster.commitment.made.v1'
      | 'muster.commitment.refused.v1'
      | 'muster.resource.released.v1'
      | 'muster.deployment.forfeited.v1'
      | 'muster.deployment.aborted.v1'
      | 'muster.request.desk_taken.v1'
    >;

/** A request that may be changed in place. */
export type OwnRequest = RequestState & {
  answers: Map<string, Answer>;
  offers: Map<string, Offer>;
  preparations: Map<string, Preparation>;
};
type Own = OwnRequest;

type Begun = MusterEvent<'muster.request.submitted.v1' | 'muster.request.drafted.v1'>['data'];

const begun = (data: Begun, at: string, phase: Phase, requestedBy: string | undefined): Own => ({
  host: data.host,
  requestId: data.requestId,
  submittedAt: at,
  requestedBy,
  lines: data.lines,
  terms: data.terms,
  answerBy: data.answerBy,
  confirmWithinMinutes: data.confirmWithinMinutes,
  costLimitPence: data.costLimitPence,
  end: lastEnd(data.lines),
  tier: 0,
  recipients: [],
  reach: { escalation: data.escalation, choice: data.recipients, tier: data.tier },
  unfilled: new Map(),
  acknowledged: new Map(),
  answers: new Map(),
  offers: new Map(),
  preparations: new Map(),
  corrections: [],
  answerTimePassed: false,
  phase,
});

const submitted = ({ data }: MusterEvent<'muster.request.submitted.v1'>, at: string): Own => {
  const { approval, recipients, requestedBy } = data;
  const phase: Phase =
    approval.basis === 'awaited' && recipients ? { kind: 'awaiting', recipients } : { kind: 'live' };
  const state = begun(data, at, phase, requestedBy);
  if (approval.basis === 'oral') {
    const { post, retrospectiveBy } = approval;
    state.oral = { post, retrospectiveBy, isOpen: true, isOverdue: false };
  }
  return state;
};

const drafted = ({ data }: MusterEvent<'muster.request.drafted.v1'>, at: string): Own =>
  begun(data, at, { kind: 'draft', recipients: data.recipients }, data.draftedBy);

const approved = (state: Own, { data }: MusterEvent<'muster.request.approved.v1'>, at: string): void => {
  if (data.approval.basis === 'person') state.decided = { kind: 'approved', by: data.approval.post, at };
  if (state.phase.kind === 'awaiting') state.phase = { kind: 'live' };
  state.costLimitPence = data.costLimitPence ?? state.costLimitPence;
  if (data.retrospective && state.oral) state.oral = { ...state.oral, isOpen: false };
};

/**
 * The lines as they are now; whoever was asked is asked for the new ones too. What was short is looked at
 * afresh: an amended request is open again.
 */
const amended = (state: Own, { data }: MusterEvent<'muster.request.amended.v1'>): void => {
  const known = new Set(state.lines.map(({ lineId }) => lineId));
  const added = data.lines.map(({ lineId }) => lineId).filter((lineId) => !known.has(lineId));
  state.lines = data.lines;
  state.terms = data.terms;
  state.answerBy = data.answerBy;
  state.costLimitPence = data.costLimitPence ?? state.costLimitPence;
  state.end = lastEnd(data.lines);
  state.unfilled = new Map();
  if (added.length === 0) return;
  state.recipients = state.recipients.map(({ force, lineIds }) => ({
    force,
    lineIds: [...lineIds, ...added],
  }));
  for (const { force } of state.recipients) {
    for (const lineId of added) state.answers.set(answerKey(force, lineId), { answer: 'waiting' });
  }
};

/** Nobody answers any more: what is still waiting has expired. */
const endAnswers = (state: Own): void => {
  for (const [key, answer] of state.answers) {
    if (answer.answer === 'waiting') state.answers.set(key, { answer: 'expired' });
  }
};

const end = (state: Own, phase: Phase): void => {
  state.phase = phase;
  endAnswers(state);
  for (const [id, offer] of state.offers) {
    if (isOpen(offer)) state.offers.set(id, { ...offer, status: 'closed' });
  }
};

/** The force counts to those who have to do with a line. */
const takePart = (state: Own, force: string, lineId: string): void => {
  const asked = state.recipients.find((each) => each.force === force)?.lineIds ?? [];
  if (asked.includes(lineId)) return;
  const others = state.recipients.filter((each) => each.force !== force);
  state.recipients = [...others, { force, lineIds: [...asked, lineId] }];
};

const made = (state: Own, { data }: MusterEvent<'muster.offer.made.v1'>): void => {
  const status = data.condition === undefined ? 'made' : 'provisional';
  state.offers.set(data.offerId, { ...offerFacts(data), status });
  const { donor, lineId, unsolicited } = data;
  state.answers.set(answerKey(donor, lineId), { answer: 'offered', ...(unsolicited && { unsolicited }) });
  // From now on it takes part: it may see the request, and is told what becomes of it.
  if (unsolicited) takePart(state, donor, lineId);
};

const issued = (state: Own, { data }: MusterEvent<'muster.request.issued.v1'>): void => {
  const lineIdsOf = new Map(state.recipients.map(({ force, lineIds }) => [force, lineIds]));
  for (const { force, lineIds } of data.recipients) {
    lineIdsOf.set(force, [...new Set([...(lineIdsOf.get(force) ?? []), ...lineIds])]);
    for (const lineId of lineIds) {
      const known = state.answers.get(answerKey(force, lineId))?.answer;
      // Who has answered has answered; silence and an ask taken back do not stand in the way of being asked again.
      if (known === 'offered' || known === 'declined') continue;
      state.answers.set(answerKey(force, lineId), { answer: 'waiting' });
    }
  }
  state.recipients = [...lineIdsOf].map(([force, lineIds]) => ({ force, lineIds }));
  state.tier = data.tier;
  state.answerBy = data.answerBy;
  state.reach = { ...state.reach, wave: data.wave, nextWaveAt: data.nextWaveAt };
  if (!data.again) return;
  state.answerTimePassed = false;
  state.unfilled = new Map();
};

/** Units that nobody offered: the donor counts as asked, and its home ledger as the one that answers. */
const called = (state: Own, { data }: MusterEvent<'muster.offer.called.v1'>): void => {
  const { offerId, lineId, donor, capabilityId, quantity, estimatedArrival } = data;
  const { from, to, token, confirmBy, costCategory } = data;
  state.offers.set(offerId, {
    offerId,
    lineId,
    donor,
    capabilityId,
    quantity,
    estimatedArrival,
    called: data.because.kind,
    status: 'accepted',
    accepted: { quantity, from, to, token, confirmBy, costCategory },
  });
  state.answers.set(answerKey(donor, lineId), { answer: 'offered' });
  takePart(state, donor, lineId);
};

/** What was told to be missing and still is: what is told by now does not cover units that are lost later. */
const stillUnfilled = (state: Own): ReadonlyMap<string, Unfilled> =>
  new Map(
    [...state.unfilled].flatMap(([lineId, known]): [string, Unfilled][] => {
      const line = lineOf(state, lineId);
      const missing = Math.min(known.missing, line ? missingOn(state, line) : 0);
      return missing > 0 ? [[lineId, { ...known, missing }]] : [];
    }),
  );

/** Changes a private copy in place; the same rules as {@link evolveRequest}. */
export const applyRequest = (state: Own | undefined, event: RequestEvent, at: string): Own | undefined => {
  const isBefore = state === undefined || state.phase.kind === 'draft';
  if (event.type === 'muster.request.submitted.v1') return isBefore ? submitted(event, at) : state;
  if (event.type === 'muster.request.drafted.v1') return isBefore ? drafted(event, at) : state;
  if (!state) return undefined;
  const correction = correctionBy(event, at);
  if (correction) state.corrections = [...state.corrections, correction];
  if (isPreparationEvent(event)) {
    applyPreparation(state, event);
    return state;
  }
  switch (event.type) {
    case 'muster.request.issued.v1':
      issued(state, event);
      break;
    case 'muster.request.escalation_asked.v1':
    case 'muster.request.escalation_overdue.v1':
    case 'muster.request.escalated.v1':
    case 'muster.request.unfilled.v1':
    case 'muster.request.unfilled_acknowledged.v1':
    case 'muster.request.acknowledged.v1':
    case 'muster.request.ask_withdrawn.v1':
      applyReach(state, event, at);
      break;
    case 'muster.request.notice.v1':
    case 'muster.plan.approved.v1':
    case 'muster.direction.recorded.v1':
      break;
    case 'muster.offer.called.v1':
      called(state, event);
      break;
    case 'muster.request.desk_taken.v1':
      state.desk = event.data.to;
      break;
    case 'muster.request.answer_time_expired.v1':
      state.answerTimePassed = true;
      endAnswers(state);
      break;
    case 'muster.request.approved.v1':
      approved(state, event, at);
      break;
    case 'muster.request.refused.v1':
      state.decided = { kind: 'refused', by: event.data.refusedBy, at };
      if (state.oral) state.oral = { ...state.oral, isOpen: false };
      if (state.phase.kind === 'awaiting') end(state, { kind: 'refused' });
      break;
    case 'muster.request.approval_overdue.v1':
      if (state.oral) state.oral = { ...state.oral, isOverdue: true };
      break;
    case 'muster.request.amended.v1':
      amended(state, event);
      break;
    case 'muster.request.cancelled.v1':
      end(state, { kind: 'cancelled', reasonCode: event.data.reasonCode });
      break;
    case 'muster.request.expired.v1':
      end(state, { kind: 'expired' });
      break;
    case 'muster.request.closed.v1':
      end(state, { kind: 'closed' });
      break;
    case 'muster.offer.made.v1':
      made(state, event);
      break;
    case 'muster.offer.declined.v1': {
      const { donor, lineIds, reasonCode } = event.data;
      for (const lineId of lineIds) {
        state.answers.set(answerKey(donor, lineId), { answer: 'declined', reasonCode });
      }
      break;
    }
    default:
      applyOutcome(state, event);
  }
  if (state.unfilled.size > 0) state.unfilled = stillUnfilled(state);
  return state;
};

export const copyRequest = (state: RequestState): Own => ({
  ...state,
  answers: new Map(state.answers),
  offers: new Map(state.offers),
  preparations: new Map(state.preparations),
});

/** The request after one more event. `at` is when the event was decided. */
export const evolveRequest = (
  state: RequestState | undefined,
  event: RequestEvent,
  at: string,
): RequestState | undefined => applyRequest(state && copyRequest(state), event, at);
