import type { Aggregate, Board, BoardAction, BoardLate, BoardRequest } from '@muster/contracts';
import { maySeeClaim } from '../access/claimView.ts';
import { maySeeRequest, narrowed, seesAll, speaksFor } from '../access/requests.ts';
import { maySee } from '../access/visibility.ts';
import type { ClaimState } from '../claim/state.ts';
import { deploymentDesk, requestDesk } from '../deployment/desk.ts';
import type { DeploymentState } from '../deployment/state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { lineOf, requestStatus } from '../request/lines.ts';
import type { RequestState } from '../request/state.ts';
import { finder } from './find.ts';
import { boardLateOf } from './late.ts';
import { boardLineOf } from './lines.ts';
import { claimWaits } from './money.ts';
import { deploymentWaits } from './units.ts';
import { requestWaits, type Waiting } from './waiting.ts';

/** What a donor has to do for a request of another's; it sees nothing else of what that waits for. */
const OF_DONORS: readonly Waiting['kind'][] = ['answer', 'meet-condition', 'confirm', 'answer-lapse'];

/** What is nobody's business but that of the force that it waits for. */
const PRIVATE: readonly Waiting['kind'][] = ['approve-offer'];

/** Requests in these phases ask for nothing any more. */
const ENDED: readonly RequestState['phase']['kind'][] = ['refused', 'cancelled', 'expired', 'closed'];

export const hasEnded = ({ phase }: RequestState): boolean => ENDED.includes(phase.kind);

/** What a board is made of. */
export type BoardSource = {
  ledger: Pick<Ledger, 'requests' | 'deployments' | 'claims' | 'view'>;
  /** Open deadlines of the broker's own, earliest first. */
  dues(aggregate: Aggregate): readonly { name: string; at: string }[];
  lastSeq: number;
};

type Item = Pick<BoardAction, 'item' | 'host' | 'requestId'>;

/** A name of what waits that lasts as long as it does; offers wait on their own, and anything may wait again. */
const idOf = ({ kind, offerId, round }: Waiting, { item }: Item): string =>
  [kind, item.kind, item.owner, item.id, offerId ?? '-', round ?? '-'].join('/');

const actionOf = (
  waiting: Waiting,
  of: Item,
  org: string,
  desk: string | undefined,
  now: string,
): BoardAction => {
  const { isOverdue = false, by, round: _, ...what } = waiting;
  const isMine = what.waitsFor.includes(org);
  return {
    ...what,
    ...of,
    ...(isMine && { id: idOf(waiting, of) }),
    ...(isMine && desk !== undefined && { desk }),
    isMine,
    ...(by !== undefined && { by }),
    isLate: isOverdue || (by !== undefined && by <= now),
  };
};

/** What the organisation may know of it: of forces that wait, those that it speaks for. */
const knownTo = (org: string, request: RequestState, waits: readonly Waiting[]): Waiting[] =>
  waits.flatMap((each) => {
    if (PRIVATE.includes(each.kind)) return each.waitsFor.includes(org) ? [each] : [];
    if (seesAll(org, request)) return [each];
    const waitsFor = each.waitsFor.filter((party) => party === org || maySee(org, { addressee: party }));
    return OF_DONORS.includes(each.kind) && waitsFor.length > 0 ? [{ ...each, waitsFor }] : [];
  });

const requestActions = (
  request: RequestState,
  org: string,
  source: Pick<BoardSource, 'ledger'>,
  now: string,
): BoardAction[] => {
  const { host, requestId } = request;
  const of = { item: { kind: 'request' as const, owner: host, id: requestId }, host, requestId };
  const waits = knownTo(org, request, requestWaits(request, source.ledger.view, now));
  const desk = org === host ? requestDesk(request) : undefined;
  return waits.map((each) => actionOf(each, of, org, desk, now));
};

const lineFromOf = ({ view }: BoardSource['ledger'], deployment: DeploymentState): string | undefined => {
  const request = view.request(deployment.host, deployment.requestId);
  return request && lineOf(request, deployment.lineId)?.from;
};

const deploymentActions = (
  deployment: DeploymentState,
  org: string,
  { ledger }: Pick<BoardSource, 'ledger'>,
  now: string,
): BoardAction[] => {
  const { host, requestId, donor, deploymentId } = deployment;
  const of = { item: { kind: 'deployment' as const, owner: donor, id: deploymentId }, host, requestId };
  const waits = deploymentWaits(deployment, ledger.view, lineFromOf(ledger, deployment), now);
  const side = org === donor ? 'donor' : org === host ? 'host' : undefined;
  const desk = side && deploymentDesk(deployment, side, ledger.view);
  return waits.map((each) => actionOf(each, of, org, desk, now));
};

const claimActions = (
  claim: ClaimState,
  org: string,
  { ledger }: Pick<BoardSource, 'ledger'>,
  now: string,
): BoardAction[] => {
  const { host, requestId, donor, claimId } = claim;
  const of = { item: { kind: 'claim' as const, owner: donor, id: claimId }, host, requestId };
  const deployment = ledger.view.deployment(donor, claimId);
  const side = org === donor ? 'donor' : org === host ? 'host' : undefined;
  const desk = deployment && side && deploymentDesk(deployment, side, ledger.view);
  return claimWaits(claim, deployment).map((each) => actionOf(each, of, org, desk, now));
};

/** The answers that the organisation may see. */
const withOwnAnswers = (org: string, request: RequestState): RequestState => {
  const answers = [...request.answers].filter(([key]) => speaksFor(org, request, key.split('/')[0] ?? ''));
  return seesAll(org, request)
    ? request
    : { ...narrowed(org, request), answers: new Map(answers), unfilled: new Map() };
};

const requestRow = (request: RequestState, org: string, source: BoardSource, now: string): BoardRequest => {
  const { host, requestId, terms } = request;
  const isWhole = seesAll(org, request);
  const seen = withOwnAnswers(org, request);
  return {
    ...{ host, requestId, status: requestStatus(request), isWhole },
    urgency: terms.urgency,
    threatCategory: terms.threatCategory,
    reason: terms.specialDemandReason,
    ...(isWhole && { desk: requestDesk(request) }),
    tier: request.tier,
    submittedAt: request.submittedAt,
    answerBy: request.answerBy,
    deadlines: isWhole ? [...source.dues({ kind: 'request', owner: host, id: requestId })] : [],
    lines: request.lines.map((line) => boardLineOf(seen, request, line, now)),
  };
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Later than any time that is set, so that what nothing sets a time for comes last. */
const NO_TIME = '~';

const byNeed = (a: BoardAction, b: BoardAction): number =>
  Number(b.isMine) - Number(a.isMine) ||
  Number(b.isLate) - Number(a.isLate) ||
  byText(a.by ?? NO_TIME, b.by ?? NO_TIME);

const missingOf = (row: BoardRequest): number => row.lines.reduce((sum, line) => sum + line.missing, 0);
const lateLines = (row: BoardRequest): number => row.lines.filter(({ isLate }) => isLate).length;

const byAttention = (a: BoardRequest, b: BoardRequest): number =>
  Math.sign(lateLines(b)) - Math.sign(lateLines(a)) ||
  Math.sign(missingOf(b)) - Math.sign(missingOf(a)) ||
  byText(a.answerBy, b.answerBy) ||
  byText(a.requestId, b.requestId);

type Rows = { actions: BoardAction[]; requests: BoardRequest[]; late: BoardLate[]; deployments: number };

const totalsOf = ({ actions, requests, late, deployments }: Rows): Board['totals'] => {
  const lines = requests.flatMap((row) => row.lines);
  const mine = actions.filter(({ isMine }) => isMine);
  return {
    requests: requests.length,
    lines: lines.length,
    linesShort: lines.filter(({ missing }) => missing > 0).length,
    unitsMissing: lines.reduce((sum, { missing }) => sum + missing, 0),
    linesLate: lines.filter(({ isLate }) => isLate).length,
    deployments,
    deploymentsLate: late.length,
    mine: mine.length,
    mineLate: mine.filter(({ isLate }) => isLate).length,
    others: actions.length - mine.length,
  };
};

const unitsOf = (org: string, ledger: BoardSource['ledger']): DeploymentState[] =>
  [...ledger.deployments()].filter(
    ({ status, host, donor }) => status !== 'CLOSED' && maySee(org, { host, donor }),
  );

/** Everything that waits for somebody and that the organisation may know of, its own first. */
export const waitingOf = (org: string, source: Pick<BoardSource, 'ledger'>, now: string): BoardAction[] =>
  [
    ...[...source.ledger.requests()]
      .filter((request) => maySeeRequest(org, request))
      .flatMap((request) => requestActions(request, org, source, now)),
    ...unitsOf(org, source.ledger).flatMap((each) => deploymentActions(each, org, source, now)),
    ...[...source.ledger.claims()]
      .filter((claim) => maySeeClaim(org, claim))
      .flatMap((claim) => claimActions(claim, org, source, now)),
  ].sort(byNeed);

/** Which part of a board is shown: most rows of each list, and of the requests those found, without the first. */
export type BoardPart = { limit: number; skip?: number | undefined; find?: string | undefined };

/**
 * Everything open that an organisation may see, at one moment: what is short, late, and waits for whom.
 * Totals count all.
 */
export const boardOf = (
  org: string,
  source: BoardSource,
  { limit, skip = 0, find = '' }: BoardPart,
  now: string,
): Board => {
  const { ledger, lastSeq } = source;
  const units = unitsOf(org, ledger);
  const rows: Rows = {
    actions: waitingOf(org, source, now),
    requests: [...ledger.requests()]
      .filter((request) => maySeeRequest(org, request) && !hasEnded(request))
      .map((request) => requestRow(request, org, source, now))
      .sort(byAttention),
    late: units
      .flatMap((each) => boardLateOf(each, lineFromOf(ledger, each), now) ?? [])
      .sort((a, b) => byText(a.due, b.due)),
    deployments: units.filter(({ status }) => status !== 'RETURNED').length,
  };
  const found = rows.requests.filter(finder(find));
  const shown = <T>(all: readonly T[]): T[] => all.slice(0, limit);
  const beyond = (all: readonly unknown[]): number => Math.max(0, all.length - limit);
  return {
    ...{ asOf: now, org, lastSeq, totals: totalsOf(rows) },
    actions: shown(rows.actions),
    requests: found.slice(skip, skip + limit),
    found: found.length,
    late: shown(rows.late),
    leftOut: {
      actions: beyond(rows.actions),
      requests: Math.max(0, found.length - skip - limit),
      late: beyond(rows.late),
    },
  };
};
