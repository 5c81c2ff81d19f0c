import {
  type Aggregate,
  type AskAnswer,
  aggregateKey,
  CLOCK_SKEW_MS_MAX,
  type DeploymentSide,
  type HandoverItem,
  type ParsedQuery,
  parseSubject,
  type StoredEventView,
} from '@muster/contracts';
import {
  type ClaimState,
  claimWaits,
  type DeploymentState,
  deploymentDesk,
  deploymentDues,
  hasEnded,
  type Ledger,
  lineCounts,
  maySee,
  type RequestState,
  requestDesk,
  requestStatus,
} from '@muster/domain';
import { PAGE_SCAN_ROWS, SCAN_ROWS_MAX } from '../limits.ts';
import type { HistoryRow } from '../views/history.ts';
import type { Views } from '../views/views.ts';
import { byTime, type Due } from './dues.ts';

/** An item before its changes, and the request that its events are correlated with. */
type Open = Omit<HandoverItem, 'changes'> & { requestId: string };

const keyOf = ({ kind, owner, id }: Pick<HandoverItem, 'kind' | 'owner' | 'id'>): string =>
  aggregateKey({ kind, owner, id });

const openRequest = (request: RequestState): Open => ({
  kind: 'request',
  owner: request.host,
  id: request.requestId,
  requestId: request.requestId,
  side: 'host',
  desk: requestDesk(request),
  status: requestStatus(request),
  about: request.lines
    .map((line) => `${line.quantity} ${line.capabilityCode}, ${lineCounts(request, line).unfilled} short`)
    .join('; '),
  deadlines: [],
});

const openDeployment = (deployment: DeploymentState, side: DeploymentSide, ledger: Ledger): Open => ({
  kind: 'deployment',
  owner: deployment.donor,
  id: deployment.deploymentId,
  requestId: deployment.requestId,
  side,
  desk: deploymentDesk(deployment, side, ledger.view),
  status: deployment.status,
  about:
    side === 'host'
      ? `${deployment.quantity} of ${deployment.donor} ${deployment.capabilityId}`
      : `${deployment.quantity} of ${deployment.capabilityId} for ${deployment.host}`,
  deadlines: deploymentDues(deployment),
});

/** A claim that waits for the organisation, on the desk that looks after its deployment. */
const openClaim = (claim: ClaimState, org: string, ledger: Ledger): Open[] => {
  const { donor, claimId, requestId, status } = claim;
  const deployment = ledger.view.deployment(donor, claimId);
  if (!deployment) return [];
  const side: DeploymentSide = org === donor ? 'donor' : 'host';
  return claimWaits(claim, deployment)
    .filter(({ waitsFor }) => waitsFor.includes(org))
    .slice(0, 1)
    .map(({ about }) => ({
      ...{ kind: 'claim', owner: donor, id: claimId, requestId, side, status, about, deadlines: [] },
      desk: deploymentDesk(deployment, side, ledger.view),
    }));
};

/**
 * What is open of an organisation's own: its requests, deployments on its side until its part is done, and
 * claims whose next step is its.
 */
const openItems = (ledger: Ledger, org: string): Open[] => [
  ...[...ledger.requests()].filter((request) => request.host === org && !hasEnded(request)).map(openRequest),
  ...[...ledger.deployments()].flatMap((each): Open[] => {
    if (each.status === 'CLOSED') return [];
    if (each.donor === org) return [openDeployment(each, 'donor', ledger)];
    // With the units home, what is left is the donor's to do.
    return each.host === org && each.status !== 'RETURNED' ? [openDeployment(each, 'host', ledger)] : [];
  }),
  ...[...ledger.claims()].flatMap((claim) => openClaim(claim, org, ledger)),
];

/** The sequence after which changes are told; undefined when none were asked for. */
const startOf = (views: Views, { since, sinceSeq }: ParsedQuery<'handover'>): number | undefined => {
  if (sinceSeq === undefined && since === undefined) return undefined;
  const bySince =
    since === undefined ? 0 : views.assistance.history.seqBefore(Date.parse(since), CLOCK_SKEW_MS_MAX);
  return Math.max(sinceSeq ?? 0, bySince);
};

const aggregateAt = (subject: string): Aggregate | undefined => {
  const parsed = parseSubject(subject);
  return parsed && 'aggregate' in parsed ? parsed.aggregate : undefined;
};

type Change = HandoverItem['changes'][number];
const changeOf = ({ seq, envelope }: StoredEventView): Change => ({
  seq,
  id: envelope.id,
  type: envelope.type,
  time: envelope.time,
  actor: envelope.actor,
});

/** Sequences of the ledger after a start that concern these requests, oldest first. */
const changedAfter = (views: Views, start: number, fits: (row: HistoryRow) => boolean): number[] => {
  const seqs: number[] = [];
  for (let after = start, more = true; more; ) {
    const page = views.assistance.history.page({
      afterSeq: after,
      limit: PAGE_SCAN_ROWS,
      scanMax: SCAN_ROWS_MAX,
      fits,
    });
    seqs.push(...page.seqs);
    after = page.lastSeq;
    more = page.more;
  }
  return seqs;
};

/**
 * Everything open that an organisation's desks look after, with what is due and what has changed since. For
 * whoever takes over a desk; each item is on one desk only.
 */
export const askHandover = async (
  views: Views,
  dues: ReadonlyMap<string, Due[]>,
  query: ParsedQuery<'handover'>,
  org: string,
  now: string,
): Promise<AskAnswer<'handover'>> => {
  const { history, archive } = views.assistance;
  const items = openItems(views.ledger, org).filter(
    ({ desk }) => query.desk === undefined || desk === query.desk,
  );
  const lastSeq = history.lastSeq();
  const requestIds = new Set(items.map(({ requestId }) => requestId));
  const start = startOf(views, query);
  const fits = (row: HistoryRow): boolean =>
    // Bookings say again what requests and deployments say.
    row.capabilityId === undefined &&
    row.requestId !== undefined &&
    requestIds.has(row.requestId) &&
    maySee(org, row.parties);
  const found = start === undefined ? [] : changedAfter(views, start, fits);
  const newest = found.slice(-query.limit);
  const changes = new Map<string, Change[]>();
  for (const stored of await archive.read(newest)) {
    const aggregate = aggregateAt(stored.subject);
    if (!aggregate || (query.since !== undefined && stored.envelope.time < query.since)) continue;
    const key = aggregateKey(aggregate);
    changes.set(key, [...(changes.get(key) ?? []), changeOf(stored)]);
  }
  return {
    asOf: now,
    lastSeq,
    changesLeftOut: found.length - newest.length,
    items: items.map(({ requestId: _, ...item }) => ({
      ...item,
      deadlines: [...item.deadlines, ...(dues.get(keyOf(item)) ?? [])].sort(byTime),
      changes: changes.get(keyOf(item)) ?? [],
    })),
  };
};
