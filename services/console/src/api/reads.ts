import type {
  AskAnswer,
  Board,
  CommandName,
  DeploymentView,
  RequestView,
  StoredEventView,
} from '@muster/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, type Parameters, type Place, read } from './http.ts';

/** Rows of each list of the board: the most that it answers with. */
const BOARD_ROWS = 200;
/** Candidates shown for one line. */
const CANDIDATES_SHOWN = 50;
/** Events of one request that its timeline asks for at one time. */
const EVENTS_SHOWN = 500;

/** What is read under such a key is read again when the stream tells of a change in its mode. */
const key = ({ mode, org }: Place, ...rest: unknown[]) => [mode, org, ...rest];

/** A query of the API by its address under `/v1/<mode>/`; the answer's type is the contracts' own. */
export const placeQuery = <T>(place: Place, path: string, parameters: Parameters = {}) =>
  queryOptions({
    queryKey: key(place, path, parameters),
    queryFn: ({ signal }) => read<T>(place, path, parameters, signal),
    placeholderData: keepPreviousData,
  });

export const boardQuery = (place: Place) => placeQuery<Board>(place, 'board', { limit: BOARD_ROWS });

export const requestQuery = (place: Place, host: string, requestId: string) =>
  placeQuery<RequestView>(place, `requests/${host}/${requestId}`);

export const candidatesQuery = (place: Place, requestId: string, lineId: string) =>
  placeQuery<AskAnswer<'candidates'>>(place, `candidates/${requestId}/${lineId}`, {
    limit: CANDIDATES_SHOWN,
  });

export const capabilitiesQuery = (place: Place, search: Parameters) =>
  placeQuery<AskAnswer<'capability-search'>>(place, 'capabilities', search);

export const deploymentsQuery = (place: Place, search: Parameters = {}) =>
  placeQuery<{ items: DeploymentView[]; cursor?: string }>(place, 'deployments', search);

export const requestEventsQuery = (place: Place, requestId: string) =>
  placeQuery<{ events: StoredEventView[]; lastSeq: number }>(place, 'events', {
    afterSeq: 0,
    requestId,
    limit: EVENTS_SHOWN,
  });

/** Whether a person may send a command about something now, in which role, or why not; the API alone decides. */
export type ActionRow = { command: CommandName; target: Readonly<Record<string, unknown>> } & (
  | { allowed: true; role: string }
  | { allowed: false; because: { code: string; because: string }[] }
);

export type Actions = { seq: number; actions: ActionRow[] };

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
