import { findForce } from '@muster/contracts';
import {
  deploymentViewOf,
  type Ledger,
  maySeeDeployment,
  maySeeRequest,
  requestStatus,
  requestViewFor,
} from '@muster/domain';
import { SNAPSHOT_PIECE } from '../limits.ts';
import type { Filter } from '../views/filter.ts';

const ENDED: readonly string[] = ['refused', 'cancelled', 'expired', 'closed'];

type Subject = { parties: string[]; requestId: string; codes: string[] };

const isUnder = (code: string, wanted: string): boolean => code === wanted || code.startsWith(`${wanted}.`);

/** The filter of a stream, for things instead of events; the type of an event says nothing of them. */
const isWanted = (
  { force, region, code, request }: Filter,
  { parties, requestId, codes }: Subject,
): boolean =>
  (!request || request.includes(requestId)) &&
  (!force || parties.some((party) => force.includes(party))) &&
  (!region || parties.some((party) => region.includes(findForce(party)?.region ?? ''))) &&
  (!code || codes.some((one) => code.some((wanted) => isUnder(one, wanted))));

const requestsOf = (ledger: Ledger, org: string, filter: Filter): object[] =>
  [...ledger.requests()]
    .filter((request) => maySeeRequest(org, request) && !ENDED.includes(requestStatus(request)))
    .map((request) => requestViewFor(ledger, request, org))
    .filter((view) =>
      isWanted(filter, {
        parties: [
          view.host,
          ...view.answers.map(({ force }) => force),
          ...view.offers.map(({ donor }) => donor),
        ],
        requestId: view.requestId,
        codes: view.lines.map(({ line }) => line.capabilityCode),
      }),
    );

const deploymentsOf = (ledger: Ledger, org: string, filter: Filter, now: string): object[] =>
  [...ledger.deployments()]
    .filter((row) => maySeeDeployment(org, row) && row.status !== 'CLOSED')
    .filter((row) => {
      const lines = ledger.view.request(row.host, row.requestId)?.lines ?? [];
      const codes = lines.map(({ capabilityCode }) => capabilityCode);
      return isWanted(filter, { parties: [row.host, row.donor], requestId: row.requestId, codes });
    })
    .map((row) => deploymentViewOf(ledger, row, now));

const pieces = (kind: string, items: readonly object[]): string[] =>
  Array.from({ length: Math.ceil(items.length / SNAPSHOT_PIECE) }, (_, n) => {
    const part = items.slice(n * SNAPSHOT_PIECE, (n + 1) * SNAPSHOT_PIECE);
    return `event: snapshot\ndata: ${JSON.stringify({ kind, items: part })}\n\n`;
  });

/** Everything open that the organisation may see and asked for, as it is at this moment, in pieces ready to be sent. */
export const snapshotOf = (ledger: Ledger, org: string, filter: Filter, now: string): string[] => [
  ...pieces('requests', requestsOf(ledger, org, filter)),
  ...pieces('deployments', deploymentsOf(ledger, org, filter, now)),
];
