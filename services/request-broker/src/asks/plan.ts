import { createHash } from 'node:crypto';
import { type AskAnswer, isRefusal, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import {
  approachesOf,
  mayCoordinate,
  planFactsOf,
  type RequestState,
  seesAll,
  weightsInForce,
} from '@muster/domain';
import type { PlanJob } from '../optimum/job.ts';
import type { Planner } from '../optimum/planner.ts';
import type { TravelPort } from '../travel/port.ts';
import { roadsFor } from '../travel/roads.ts';
import type { Views } from '../views/views.ts';

/** Characters of a digest that tell proposals on one ledger apart. */
const DIGEST_LENGTH = 12;

/** The requests to plan for: those that the organisation coordinates, or the named ones of them. */
const wantedOf = (
  requests: Iterable<RequestState>,
  { requestIds }: ParsedQuery<'plan'>,
  org: string,
): RequestState[] | Refusal => {
  const own = [...requests].filter((each) => mayCoordinate(org, each.host) && seesAll(org, each));
  if (!requestIds) return own;
  const fields = requestIds.flatMap((requestId, index) => {
    if (own.some((each) => each.requestId === requestId)) return [];
    return [{ path: `requestIds[${index}]`, because: `${org} coordinates no request ${requestId}` }];
  });
  if (fields.length > 0) return refuse('not-found', fields.map(({ because }) => because).join('; '), fields);
  return own.filter(({ requestId }) => requestIds.includes(requestId));
};

/** The same proposal on the same ledger has the same id. */
const planIdOf = (basedOnSeq: number, proposed: object): string => {
  const digest = createHash('sha256').update(JSON.stringify(proposed)).digest('hex');
  return `plan-${basedOnSeq}-${digest.slice(0, DIGEST_LENGTH)}`;
};

/** The best assignment for what the organisation coordinates, as a proposal: nothing is reserved by asking. */
export const askPlan = async (
  { ledger, assistance }: Views,
  planner: Planner,
  query: ParsedQuery<'plan'>,
  org: string,
  clock: () => string,
  travel: TravelPort,
): Promise<AskAnswer<'plan'> | Refusal> => {
  const { requestIds, without = [], by, timeLimitMs, leftOutLimit } = query;
  const first = wantedOf(ledger.requests(), query, org);
  if (isRefusal(first)) return first;
  const roads = await roadsFor(travel, approachesOf(ledger, first, clock()), () => Date.parse(clock()));
  const stand = { asOf: clock(), basedOnSeq: 0, policyVersion: '' };
  const stated = (): PlanJob | Refusal => {
    stand.asOf = clock();
    stand.basedOnSeq = assistance.history.lastSeq();
    stand.policyVersion = weightsInForce(ledger.view).version;
    const wanted = wantedOf(ledger.requests(), query, org);
    if (isRefusal(wanted)) return wanted;
    const facts = planFactsOf(ledger, wanted, stand.asOf);
    if (isRefusal(facts)) return facts;
    const options = { without, ...(by !== undefined && { by }), timeLimitMs, leftOutLimit };
    return { facts, now: stand.asOf, roads, org, ...options };
  };
  const made = await planner.plan(stated);
  if (isRefusal(made)) return made;
  const { proposal, statedInMs, solvedInMs } = made;
  return {
    planId: planIdOf(stand.basedOnSeq, proposal.assignments),
    ...stand,
    ...(requestIds && { requestIds }),
    without,
    ...(by !== undefined && { by }),
    ...proposal,
    statedInMs,
    solvedInMs,
  };
};
