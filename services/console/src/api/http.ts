import type { Mode } from '@muster/contracts';
import { ApiError, readProblem, unreachable } from './problem.ts';

/** Where a person works: in which mode, and for which organisation. */
export type Place = { mode: Mode; org: string };

type Value = string | number | boolean | undefined | readonly string[];
export type Parameters = Readonly<Record<string, Value>>;

/** An address with its parameters; those that are undefined or empty are left out, and lists are repeated. */
export const withParameters = (path: string, parameters: Parameters): string => {
  const set = Object.entries(parameters).flatMap(([key, value]) =>
    [value].flat().flatMap((each) => (each === undefined || each === '' ? [] : [[key, String(each)]])),
  );
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
};

const send = async (url: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw unreachable(cause);
  });
  if (!response.ok) throw new ApiError(await readProblem(response));
  return response;
};

/** Reads from the API. @throws ApiError */
export const get = async <T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> => {
  const response = await send(withParameters(path, parameters), { signal: signal ?? null });
  return (await response.json()) as T;
};

/** Reads a file from the API. @throws ApiError */
export const getFile = async (url: string): Promise<Blob> => (await send(url, {})).blob();

/** Reads for an organisation, in a mode. @throws ApiError */
export const read = <T>(
  { mode, org }: Place,
  path: string,
  parameters: Parameters = {},
  signal?: AbortSignal,
): Promise<T> => get<T>(`/v1/${mode}/${path}`, { ...parameters, as: org }, signal);

/** Sends something that changes something. @throws ApiError */
export const post = async (
  path: string,
  csrf: string,
  { body, headers }: { body?: object; headers?: Record<string, string> } = {},
): Promise<Response> =>
  send(path, {
    method: 'POST',
    headers: {
      'x-muster-csrf': csrf,
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
