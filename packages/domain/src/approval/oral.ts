import type { AskAnswer, MusterEvent } from '@muster/contracts';

export type OralApproval = AskAnswer<'oral-approvals'>['items'][number];

/** A stored event with its id and when it was decided. */
export type Recorded = { id: string; time: string; event: MusterEvent };

type OralEvent = MusterEvent<
  'muster.request.submitted.v1' | 'muster.request.approved.v1' | 'muster.request.refused.v1'
>;

/** Whether an event tells of an approval by word of mouth, or of what came of it in writing. */
export const tellsOfOral = (event: MusterEvent): event is OralEvent => {
  switch (event.type) {
    case 'muster.request.submitted.v1':
      return event.data.approval.basis === 'oral';
    case 'muster.request.approved.v1':
    case 'muster.request.refused.v1':
      return event.data.retrospective;
    default:
      return false;
  }
};

const begun = ({ id, time, event }: Recorded): OralApproval | undefined => {
  if (event.type !== 'muster.request.submitted.v1' || event.data.approval.basis !== 'oral') return undefined;
  const { host, requestId, approval } = event.data;
  const { post, delegationId, at, reason, recordedBy, retrospectiveBy } = approval;
  return {
    ...{ host, requestId, eventId: id, post, delegationId, saidAt: at, words: reason },
    ...{ recordedAt: time, recordedBy, dueBy: retrospectiveBy },
    ...{ written: { kind: 'awaited' }, isLate: false },
  };
};

/** What was decided in writing afterwards, and by whom. */
const writtenBy = ({ time: at, event }: Recorded): OralApproval['written'] | undefined => {
  switch (event.type) {
    case 'muster.request.approved.v1': {
      const { approval } = event.data;
      return { kind: 'approved', by: 'post' in approval ? approval.post : '', at };
    }
    case 'muster.request.refused.v1':
      return { kind: 'refused', by: event.data.refusedBy, at };
    default:
      return undefined;
  }
};

/** Every approval by word of mouth among the events, and how it stands now: in order, from nothing but the events. */
export const oralApprovalsOf = (events: readonly Recorded[], now: string): OralApproval[] => {
  const found = new Map<string, OralApproval>();
  for (const recorded of events) {
    const { event } = recorded;
    if (!tellsOfOral(event)) continue;
    const key = `${event.data.host}/${event.data.requestId}`;
    const fresh = begun(recorded);
    const known = fresh ?? found.get(key);
    const written = writtenBy(recorded) ?? known?.written;
    if (known && written) found.set(key, { ...known, written });
  }
  return [...found.values()].map((each) => ({
    ...each,
    isLate: (each.written.kind === 'awaited' ? now : each.written.at) >= each.dueBy,
  }));
};

type Totals = AskAnswer<'oral-approvals'>['totals'];

export const oralTotals = (rows: readonly OralApproval[]): Totals => {
  const count = (fits: (row: OralApproval) => boolean): number => rows.filter(fits).length;
  return {
    all: rows.length,
    inTime: count(({ written, isLate }) => written.kind !== 'awaited' && !isLate),
    late: count(({ isLate }) => isLate),
    awaited: count(({ written }) => written.kind === 'awaited'),
    refused: count(({ written }) => written.kind === 'refused'),
  };
};
