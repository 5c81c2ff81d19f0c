import {
  type Approval,
  type CommandBody,
  type FieldChange,
  isRefusal,
  LINES_MAX,
  type Refusal,
  type RequestLine,
  refuse,
} from '@muster/contracts';
import { authorise } from '../approval/authorise.ts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { HOST_REQUEST } from '../policies.ts';
import { agreedPence } from './cost.ts';
import { approvedLimit, badTimes, matterOf, policySuffices } from './create.ts';
import { dropOpenOffers, type RequestName } from './ending.ts';
import { lineCounts, offersOn } from './lines.ts';
import { requestEnded } from './refusals.ts';
import type { RequestState } from './state.ts';

type Body = CommandBody<'request-amend'>;

/** What may change on a line while units of it are reserved or committed. */
const SOFT: readonly (keyof RequestLine)[] = ['quantity', 'minimumQuantity', 'function'];
const FIELDS: readonly (keyof RequestLine)[] = [
  ...SOFT,
  'capabilityCode',
  'from',
  'to',
  'reportTo',
  'accreditations',
];

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

const changedFields = (before: RequestLine, after: RequestLine): (keyof RequestLine)[] =>
  FIELDS.filter((field) => shown(before[field]) !== shown(after[field]));

const lineChanges = (before: RequestLine | undefined, after: RequestLine): FieldChange[] =>
  before
    ? changedFields(before, after).map((field) => ({
        path: `lines[${after.lineId}].${field}`,
        from: shown(before[field]),
        to: shown(after[field]),
      }))
    : [{ path: `lines[${after.lineId}]`, from: '', to: `${after.quantity} ${after.capabilityCode}` }];

/** What stands in the way of a line becoming so: units that are taken for it already. */
const lineFault = (request: RequestState, after: RequestLine, index: number): Refusal | undefined => {
  const before = request.lines.find(({ lineId }) => lineId === after.lineId);
  if (!before) return undefined;
  const { reserved, committed } = lineCounts(request, before);
  const taken = reserved + committed;
  if (taken === 0) return undefined;
  const hard = changedFields(before, after).filter((field) => !SOFT.includes(field));
  if (hard.length > 0) {
    const because = `cannot change while ${taken} units are reserved or committed for the line; add a new line instead`;
    const fields = hard.map((field) => ({ path: `lines[${index}].${field}`, because }));
    return refuse('wrong-status', `line ${after.lineId}: ${hard.join(', ')} ${because}`, fields);
  }
  if (after.quantity >= taken) return undefined;
  const because = `${taken} are reserved or committed; release units first`;
  return refuse('wrong-status', `line ${after.lineId}: ${because}`, [
    { path: `lines[${index}].quantity`, because },
  ]);
};

/** The lines as they are after the amendment: those given take the place of the same id, or are added. */
const mergedLines = (before: readonly RequestLine[], given: readonly RequestLine[]): RequestLine[] => {
  const next = new Map([...before, ...given].map((line) => [line.lineId, line]));
  return [...next.values()];
};

/** More than was approved needs an approval of its own; less does not. */
const approvalOf = (
  org: string,
  body: Body,
  request: RequestState,
  lines: readonly RequestLine[],
  view: LedgerView,
  now: string,
): Approval | Refusal => {
  const before = matterOf(request.lines, request.terms);
  const after = matterOf(lines, body.terms ?? request.terms, body.costLimitPence ?? request.costLimitPence);
  const isCostlier = (body.costLimitPence ?? 0) > (request.costLimitPence ?? Number.POSITIVE_INFINITY);
  const isMore =
    isCostlier ||
    after.quantity > before.quantity ||
    after.codes.some((code) => !before.codes.includes(code));
  const { actor, rationale } = body;
  if (request.phase.kind === 'awaiting') return { basis: 'awaited', requestedBy: actor.id };
  if (!isMore || policySuffices(org, after.quantity, view)) return HOST_REQUEST;
  if (actor.role !== 'approver' || !rationale) {
    const because = `the rules of ${org} leave ${after.quantity} units to a person; an approver has to send it, with a rationale`;
    return refuse('approval-needed', because, [{ path: 'rationale', because: 'is needed' }]);
  }
  if (actor.id === request.requestedBy) {
    return refuse('same-person', `${actor.id} asked for it, so another post has to decide`);
  }
  const decider = { org, post: actor.id, role: 'approver' } as const;
  const granted = authorise(decider, after, view, now);
  return isRefusal(granted) ? granted : { basis: 'person', ...decider, ...granted, rationale, at: now };
};

/** Offers that no longer fit the line they were made for are not taken, and their donors know. */
const dropUnfit = (
  draft: Draft,
  name: RequestName,
  before: RequestState,
  lines: readonly RequestLine[],
): void => {
  for (const line of lines) {
    const old = before.lines.find(({ lineId }) => lineId === line.lineId);
    const isHard = old && changedFields(old, line).some((field) => !SOFT.includes(field));
    const request = draft.view.request(name.host, name.requestId);
    if (!request) continue;
    if (isHard || lineCounts(request, line).unfilled === 0) {
      dropOpenOffers(draft, name, offersOn(request, line.lineId));
    }
  }
};

/** Each asked force learns what it is now asked for; a line that is new to it is asked as a request is. */
const tell = (draft: Draft, name: RequestName, added: readonly RequestLine[], reason: string): void => {
  const request = draft.view.request(name.host, name.requestId);
  if (!request) return;
  const { terms, answerBy } = request;
  for (const { force, lineIds } of request.recipients) {
    const lines = request.lines.filter(({ lineId }) => lineIds.includes(lineId));
    draft.emit({
      type: 'muster.request.notice.v1',
      data: { ...name, force, notice: { kind: 'amended', lines, terms, answerBy, reason } },
    });
    if (added.length === 0) continue;
    const notice = { kind: 'issued' as const, lines: [...added], terms, answerBy };
    draft.emit({ type: 'muster.request.notice.v1', data: { ...name, force, notice } });
  }
};

const amendable = (org: string, { requestId }: Body, view: LedgerView): RequestState | Refusal => {
  const request = view.request(org, requestId);
  if (!request) return refuse('not-found', `${org} has no request ${requestId}`);
  const { kind } = request.phase;
  if (kind === 'draft')
    return refuse('wrong-status', 'a draft is not amended; write it anew under its id, then submit it');
  return kind === 'live' || kind === 'awaiting' ? request : requestEnded(request);
};

/** What stands in the way of another limit: what is agreed already. */
const limitFault = (request: RequestState, limit: number | undefined): Refusal | undefined => {
  const agreed = agreedPence(request);
  if (limit === undefined || limit >= agreed) return undefined;
  const because = `${agreed} pence are agreed with donors already; set the limit no lower, or release units first`;
  return refuse('wrong-status', because, [{ path: 'costLimitPence', because }]);
};

/** Everything that an amendment changes, as text for people. */
const changesOf = (
  request: RequestState,
  { lines: given = [], costLimitPence: limit }: Body,
  terms: RequestState['terms'],
  answerBy: string,
): FieldChange[] => [
  ...given.flatMap((line) =>
    lineChanges(
      request.lines.find(({ lineId }) => lineId === line.lineId),
      line,
    ),
  ),
  ...(shown(terms) === shown(request.terms)
    ? []
    : [{ path: 'terms', from: shown(request.terms), to: shown(terms) }]),
  ...(answerBy === request.answerBy ? [] : [{ path: 'answerBy', from: request.answerBy, to: answerBy }]),
  ...(limit === undefined || limit === request.costLimitPence
    ? []
    : [{ path: 'costLimitPence', from: shown(request.costLimitPence), to: shown(limit) }]),
];

/** The host changes or corrects its request: what is taken already stays, and everyone asked is told. */
export const decideAmend = (org: string, body: Body, view: LedgerView, now: string): Decision => {
  const request = amendable(org, body, view);
  if (isRefusal(request)) return request;
  const { requestId, reason, corrects } = body;
  const given = body.lines ?? [];
  for (const [index, line] of given.entries()) {
    const fault = lineFault(request, line, index);
    if (fault) return fault;
  }
  const overAgreed = limitFault(request, body.costLimitPence);
  if (overAgreed) return overAgreed;
  const lines = mergedLines(request.lines, given);
  if (lines.length > LINES_MAX) return refuse('invalid', `a request holds at most ${LINES_MAX} lines`);
  const terms = body.terms ?? request.terms;
  const answerBy = body.answerBy ?? request.answerBy;
  const added = given.filter(({ lineId }) => !request.lines.some((line) => line.lineId === lineId));
  const isOver = request.answerTimePassed || request.answerBy <= now;
  if (isOver && (body.answerBy !== undefined || added.length > 0)) {
    return refuse(
      'answer-time-passed',
      `answers were due by ${request.answerBy}; ask the forces again with a new answer time instead`,
    );
  }
  const timed = isOver ? [] : badTimes({ lines: given.length > 0 ? given : lines, answerBy }, now);
  if (timed.length > 0) return refuse('bad-time', 'some times cannot be met', timed);
  const changes = changesOf(request, body, terms, answerBy);
  if (changes.length === 0)
    return refuse('invalid', 'the amendment changes nothing; name what is to be different');
  const approval = approvalOf(org, body, request, lines, view, now);
  if (isRefusal(approval)) return approval;
  const name = { host: org, requestId };
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.request.amended.v1',
    data: {
      ...{ ...name, lines, terms, answerBy, changes, reason, approval },
      ...approvedLimit(org, approval, body.costLimitPence ?? request.costLimitPence, view),
      ...(corrects && { recall: { kind: 'update' as const, corrects } }),
    },
  });
  if (request.phase.kind === 'live') {
    dropUnfit(draft, name, request, given);
    tell(draft, name, added, reason);
  }
  return draft.done();
};
