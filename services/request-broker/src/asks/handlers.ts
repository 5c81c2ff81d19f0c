import { type Refusal, refuse } from '@muster/contracts';
import type { AskHandlers, Clock } from '@muster/mesh';
import type { Planner } from '../optimum/planner.ts';
import type { Deadline } from '../timers/deadlines.ts';
import type { TravelPort } from '../travel/port.ts';
import type { Views } from '../views/views.ts';
import { askBoard } from './board.ts';
import { askCandidates } from './candidates.ts';
import { askClaim, askClaims } from './claims.ts';
import { askDelegations } from './delegations.ts';
import { askDeployment, askDeployments } from './deployments.ts';
import { duesByAggregate } from './dues.ts';
import { askEvents } from './events.ts';
import { askHandover } from './handover.ts';
import { askHome } from './home.ts';
import { askMatchingPolicy } from './matching.ts';
import { askOral } from './oral.ts';
import { askPlan } from './plan.ts';
import { askRequest, askRequests } from './requests.ts';

const behind = (): Refusal => refuse('unavailable', 'this replica cannot reach the ledger; ask again');

/**
 * The queries that the broker answers. Each is answered from a state that holds everything stored before
 * it came, so that nobody who was told "stored" reads something older from another replica.
 */
export const askHandlers = (
  current: () => Views,
  clock: Clock,
  deadlines: () => Iterable<Deadline>,
  planner: Planner,
  travel: TravelPort,
): AskHandlers => {
  const fresh = async <T>(answer: (views: Views) => T | Promise<T>): Promise<T | Refusal> => {
    const views = current();
    return (await views.fence()) ? answer(views) : behind();
  };
  const now = (): string => new Date(clock.now()).toISOString();
  return {
    'request-list': (query, { org }) => fresh(({ ledger }) => askRequests(ledger, query, org)),
    'request-show': (query, { org }) => fresh(({ ledger }) => askRequest(ledger, query, org)),
    board: (query, { org }) => fresh((views) => askBoard(views, deadlines(), query, org, now())),
    candidates: (query, { org }) => fresh(({ ledger }) => askCandidates(ledger, query, org, now(), travel)),
    delegations: (query, { org }) => fresh(({ ledger }) => askDelegations(ledger, query, org, now())),
    'claim-list': (query, { org }) => fresh(({ ledger }) => askClaims(ledger, query, org)),
    'claim-show': (query, { org }) => fresh(({ ledger }) => askClaim(ledger, query, org)),
    'deployment-show': (query, { org }) => fresh(({ ledger }) => askDeployment(ledger, query, org, now())),
    'deployment-list': (query, { org }) => fresh(({ ledger }) => askDeployments(ledger, query, org, now())),
    events: (query, { org }) => fresh((views) => askEvents(views, query, org)),
    handover: (query, { org }) =>
      fresh((views) => askHandover(views, duesByAggregate(deadlines()), query, org, now())),
    'oral-approvals': (query, { org }) => fresh((views) => askOral(views, query, org, now())),
    'matching-policy': () => fresh(({ ledger }) => askMatchingPolicy(ledger)),
    home: (query, { org }) => fresh((views) => askHome(views, query, org)),
    plan: (query, { org }) => fresh((views) => askPlan(views, planner, query, org, now, travel)),
  };
};
