import type { MusterEvent, TimerName } from '@muster/contracts';
import { mergedLines } from './lines.ts';
import type { ClaimState } from './state.ts';

export type ClaimEvent = MusterEvent<
  | 'muster.cost.estimated.v1'
  | 'muster.cost.recorded.v1'
  | 'muster.claim.submitted.v1'
  | 'muster.claim.checked.v1'
  | 'muster.claim.queried.v1'
  | 'muster.claim.agreed.v1'
  | 'muster.claim.paid.v1'
  | 'muster.claim.waiver_proposed.v1'
  | 'muster.claim.waived.v1'
  | 'muster.claim.overdue.v1'
>;

export const isClaimEvent = (event: MusterEvent): event is ClaimEvent =>
  event.type.startsWith('muster.claim.') || event.type.startsWith('muster.cost.');

/** Name of the timer of a claim's next step. */
export const CLAIM_DUE = 'due';

/** The deadline that an event of a claim sets; the next step takes its place. */
export const claimDeadlines = (event: ClaimEvent): { timer: TimerName; at: string }[] => {
  if (!('dueBy' in event.data) || event.type === 'muster.claim.overdue.v1') return [];
  const { donor: owner, claimId: id, dueBy } = event.data;
  return [{ timer: { aggregate: { kind: 'claim', owner, id }, name: CLAIM_DUE }, at: dueBy }];
};

const opened = (data: MusterEvent<'muster.cost.estimated.v1'>['data'], at: string): ClaimState => {
  const { donor, claimId, host, requestId, costCategory, lines, totalPence, dueBy } = data;
  const of = { donor, claimId, host, requestId, costCategory };
  const money = { estimatePence: totalPence, lines, totalPence };
  return {
    ...of,
    ...money,
    status: 'ESTIMATED',
    since: at,
    round: 0,
    queriedBy: [],
    dueBy,
    isOverdue: false,
  };
};

/** The next step has come: what hung on the step before is gone. */
const stepped = (
  { query: _query, checkedBy: _checkedBy, dueBy: _dueBy, ...state }: ClaimState,
  next: Pick<ClaimState, 'status' | 'since'>,
): ClaimState => ({ ...state, ...next, isOverdue: false });

const recorded = (
  state: ClaimState,
  { lines, totalPence, dueBy }: MusterEvent<'muster.cost.recorded.v1'>['data'],
  at: string,
): ClaimState => {
  // The lines of an estimate are not costs that came up.
  const before = state.status === 'ACCRUING' ? state.lines : [];
  const since = state.status === 'ACCRUING' ? state.since : at;
  return {
    ...stepped(state, { status: 'ACCRUING', since }),
    ...{ lines: mergedLines(before, lines), totalPence, dueBy },
  };
};

/** The claim after one more event. `at` is when the event was decided. */
export const evolveClaim = (
  state: ClaimState | undefined,
  event: ClaimEvent,
  at: string,
): ClaimState | undefined => {
  if (event.type === 'muster.cost.estimated.v1') return state ?? opened(event.data, at);
  if (!state) return undefined;
  switch (event.type) {
    case 'muster.cost.recorded.v1':
      return recorded(state, event.data, at);
    case 'muster.claim.submitted.v1': {
      const { round, lines, totalPence, dueBy } = event.data;
      return { ...stepped(state, { status: 'SUBMITTED', since: at }), round, lines, totalPence, dueBy };
    }
    case 'muster.claim.checked.v1':
      return { ...state, checkedBy: event.data.checkedBy };
    case 'muster.claim.queried.v1': {
      const { reason, lineIds, queriedBy: by, dueBy } = event.data;
      const query = { reason, lineIds, by };
      const queriedBy = [...new Set([...state.queriedBy, by])];
      return { ...stepped(state, { status: 'QUERIED', since: at }), query, queriedBy, dueBy };
    }
    case 'muster.claim.agreed.v1': {
      const { checkedBy, dueBy } = event.data;
      return { ...stepped(state, { status: 'AGREED', since: at }), checkedBy, dueBy };
    }
    case 'muster.claim.paid.v1':
      return stepped({ ...state, waiver: undefined }, { status: 'PAID', since: at });
    case 'muster.claim.waiver_proposed.v1':
      return { ...state, waiver: { basis: event.data.basis, by: event.data.proposedBy } };
    case 'muster.claim.waived.v1':
      return stepped(state, { status: 'WAIVED', since: at });
    case 'muster.claim.overdue.v1':
      return { ...state, isOverdue: true };
  }
};
