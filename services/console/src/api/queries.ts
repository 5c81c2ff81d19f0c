import { QueryCache, QueryClient } from '@tanstack/react-query';
import { meQuery } from './me.ts';
import { isPassing, isSessionOver } from './problem.ts';

const RETRIES_MAX = 3;
/** The stream tells of changes, so that what was read stays good for long, in milliseconds. */
const FRESH_MS = 60_000;

export const createQueries = (): QueryClient => {
  const queries = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => {
        const [first] = queryKey;
        if (isSessionOver(error) && first !== meQuery.queryKey[0]) {
          void queries.invalidateQueries({ queryKey: meQuery.queryKey });
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) => count < RETRIES_MAX && isPassing(error),
        refetchOnWindowFocus: false,
      },
    },
  });
  return queries;
};
