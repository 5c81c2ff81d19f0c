import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '../api/problem.ts';
import { ProblemNotice } from './problem.tsx';

/** What was read, once it has been; a failure beside what was read before. */
export function Loaded<T>({
  query: { data, error },
  children,
}: {
  query: UseQueryResult<T, Error>;
  children(data: T): ReactNode;
}) {
  return (
    <>
      {error && <ProblemNotice problem={problemOf(error)} />}
      {data === undefined && !error && <p className="govuk-body">Loading…</p>}
      {data !== undefined && children(data)}
    </>
  );
}
