import type {
  AskAnswer,
  Board,
  ClaimView,
  CommandName,
  DeploymentView,
  PlanView,
  RequestView,
  StoredEventView,
} from '@muster/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, type Parameters, type Place, read } from './http.ts';

/** Rows of each list of the board that are shown at one time: a page that long is drawn at once. */
export const BOARD_ROWS = 100;
/** The most that it answers with. */
const BOARD_ROWS_MAX = 200;
/** Candidates shown for one line. */
const CANDIDATES_SHOWN = 50;
/** Events asked for at one time. */
const EVENTS_A_PAGE = 500;

/** Rows of a list that is shown whole: the most that an answer holds. */
const ROWS_MAX = 1_000;

/** What is read under such a key is read again when the stream tells of a change in its mode. */
const key = ({ mode, org }: Place, ...rest: unknown[]) => [mode, org, ...rest];

/** A query of the API by its address under `/v1/<mode>/`; the answer's type is the contracts' own. */
export const placeQuery = <T>(place: Place, path: string, parameters: Parameters = {}) =>
  queryOptions({
    queryKey: key(place, path, parameters),
    queryFn: ({ signal }) => read<T>(place, path, parameters, signal),
  });

/** The same for a list that is narrowed: what was shown before stays until the answer is there. */
export const listQuery = <T>(place: Place, path: string, parameters: Parameters = {}) =>
  queryOptions({ ...placeQuery<T>(place, path, parameters), placeholderData: keepPreviousData });

export const boardQuery = (place: Place) => listQuery<Board>(place, 'board', { limit: BOARD_ROWS_MAX });

/** The board with one page of its open requests, from 1, of those that have the words. */
export const boardPageQuery = (place: Place, page: number, find: string) =>
  listQuery<Board>(place, 'board', { limit: BOARD_ROWS, skip: (page - 1) * BOARD_ROWS, find });

export const requestQuery = (place: Place, host: string, requestId: string) =>
  placeQuery<RequestView>(place, `requests/${host}/${requestId}`);

export const candidatesQuery = (place: Place, host: string, requestId: string, lineId: string) =>
  placeQuery<AskAnswer<'candidates'>>(place, `candidates/${requestId}/${lineId}`, {
    host,
    limit: CANDIDATES_SHOWN,
  });

export const capabilitiesQuery = (place: Place, search: Parameters) =>
  listQuery<AskAnswer<'capability-search'>>(place, 'capabilities', search);

export const deploymentsQuery = (place: Place, search: Parameters = {}) =>
  listQuery<{ items: DeploymentView[]; cursor?: string }>(place, 'deployments', search);

/** Every deployment that the organisation may see, up to the most that one answer holds. */
export const allDeploymentsQuery = (place: Place, search: Parameters = {}) =>
  deploymentsQuery(place, { ...search, limit: ROWS_MAX });

export const deploymentQuery = (place: Place, donor: string, deploymentId: string) =>
  placeQuery<DeploymentView>(place, `deployments/${donor}/${deploymentId}`);

/** The force's own adverts, also those that have run out or were taken back. */
export const ownAdvertsQuery = (place: Place) =>
  capabilitiesQuery(place, { force: place.org, includeOwnEnded: true, limit: ROWS_MAX });

/** Everything advertised of one capability. */
export const capabilitiesOfQuery = (place: Place, code: string) =>
  capabilitiesQuery(place, { code, limit: ROWS_MAX });

export const requestsQuery = (place: Place) =>
  listQuery<AskAnswer<'request-list'>>(place, 'requests', { limit: ROWS_MAX });

/** What was approved by word of mouth, up to the most that one answer holds. */
export const oralApprovalsQuery = (place: Place, period: { from: string; to?: string }) =>
  listQuery<AskAnswer<'oral-approvals'>>(place, 'oral-approvals', { ...period, limit: ROWS_MAX });

/** Claims that the organisation may see, up to the most that one answer holds. */
export const claimsQuery = (place: Place) =>
  listQuery<{ items: ClaimView[]; cursor?: string }>(place, 'claims', { limit: ROWS_MAX });

export const claimQuery = (place: Place, donor: string, claimId: string) =>
  placeQuery<ClaimView>(place, `claims/${donor}/${claimId}`);

export const claimActionsQuery = (place: Place, donor: string, claimId: string) =>
  placeQuery<Actions>(place, `claims/${donor}/${claimId}/actions`);

type EventsPage = { events: StoredEventView[]; lastSeq: number };

/** What the exercise holds, and whether the person may begin it anew. */
export type Exercise = {
  epoch: string;
  events: number;
  reset: { allowed: true } | { allowed: false; because: string };
};

export const exerciseQuery = (place: Place) => placeQuery<Exercise>(place, 'exercise');

/** Alerts are no events, so that no stream tells of them: how often they are read again, in milliseconds. */
const ALERTS_EVERY_MS = 10_000;

/** Who was called out of hours; those that nobody has acknowledged, or all that are known. */
export const alertsQuery = (place: Place, includeEnded: boolean) =>
  queryOptions({
    ...listQuery<AskAnswer<'alerts'>>(place, 'alerts', { includeEnded }),
    refetchInterval: ALERTS_EVERY_MS,
  });

/** Whose request has an id, if the organisation may see it; null when there is none. */
export const requestNamedQuery = (place: Place, requestId: string) =>
  queryOptions({
    queryKey: key(place, 'request named', requestId),
    queryFn: async ({ signal }) => {
      const { events } = await read<EventsPage>(
        place,
        'events',
        { afterSeq: 0, requestId, limit: 1 },
        signal,
      );
      // <mode>.<aggregate>.<owner>.<id>…: the first event of a request is its own.
      const [, aggregate, host] = events[0]?.subject.split('.') ?? [];
      return aggregate === 'request' && host !== undefined ? { host } : null;
    },
  });

/** Every event of a request that the organisation may see, oldest first. */
export const requestEventsQuery = (place: Place, requestId: string) =>
  queryOptions({
    queryKey: key(place, 'events of', requestId),
    queryFn: async ({ signal }) => {
      const events: StoredEventView[] = [];
      let page: EventsPage = { events: [], lastSeq: 0 };
      do {
        const parameters = { afterSeq: page.lastSeq, requestId, limit: EVENTS_A_PAGE };
        page = await read<EventsPage>(place, 'events', parameters, signal);
        events.push(...page.events);
      } while (page.events.length === EVENTS_A_PAGE);
      return events;
    },
  });

/** Whether a person may send a command about something now, in which role, or why not; the API alone decides. */
export type ActionRow = { command: CommandName; target: Readonly<Record<string, unknown>> } & (
  | {
      allowed: true;
      role: string;
      /** Fields that this choice needs, though the command as such can do without. */
      needs?: readonly string[];
    }
  | { allowed: false; because: { code: string; because: string }[] }
);

export type Actions = {
  seq: number;
  actions: ActionRow[];
  /** What may be looked at beside a request; of requests alone. */
  looks?: { candidates: boolean; plan: boolean };
};

export const requestActionsQuery = (place: Place, host: string, requestId: string) =>
  placeQuery<Actions>(place, `requests/${host}/${requestId}/actions`);

export const deploymentActionsQuery = (place: Place, donor: string, deploymentId: string) =>
  placeQuery<Actions>(place, `deployments/${donor}/${deploymentId}/actions`);

/** What a person may begin that is about no one request or deployment. */
export const generalActionsQuery = (place: Place) => placeQuery<Actions>(place, 'actions');

export type Reference = {
  forces: { id: string; name: string; region: string; hqTown: string; hqLat: number; hqLon: number }[];
  capabilities: {
    code: string;
    name: string;
    category: string;
    typicalUnit: string;
    accreditation: string;
    advertise: boolean;
  }[];
  regions: string[];
  organisations: string[];
};

export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  queryFn: ({ signal }) => get<Reference>('/v1/reference', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What a plan is asked for; without requests it is for all that the organisation coordinates. */
export type PlanAsked = {
  requestIds?: readonly string[];
  without: readonly string[];
  by?: string;
  /** How long the best plan may be looked for, in milliseconds, where it is not as usual. */
  timeLimitMs?: number;
};

const PLAN_KEY = 'plan';

/** Plans of a place. They stay as they were made, whatever happens, until one is asked for anew. */
export const plansKey = ({ mode, org }: Place) => [PLAN_KEY, mode, org];

export const planQuery = (place: Place, asked: PlanAsked) =>
  queryOptions({
    queryKey: [...plansKey(place), asked],
    queryFn: ({ signal }) => read<PlanView>(place, 'plan', asked, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
