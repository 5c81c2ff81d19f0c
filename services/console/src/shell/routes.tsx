import type { QueryClient } from '@tanstack/react-query';
import { createBrowserRouter, redirect } from 'react-router';
import { type Me, meQuery } from '../api/me.ts';
import { isSessionOver } from '../api/problem.ts';
import { FIRST_SCREEN, SCREENS } from '../screens/list.ts';
import { ErrorPage } from './error-page.tsx';
import { NoSuchPage } from './no-such-page.tsx';
import { pathTo } from './place.ts';
import { Shell } from './shell.tsx';
import { Loading, SignedOut } from './signed-out.tsx';

/** The first place of a person: their first duty, in earnest where that is possible. */
const firstPlace = ({ duties, modes }: Me): string => {
  const mode = modes.find((each) => each === 'actual') ?? modes[0] ?? 'actual';
  return pathTo({ mode, org: duties[0]?.org ?? '' }, FIRST_SCREEN);
};

/** Routes of the console; each view's own is `/<mode>/<organisation>/<path of the screen>`. */
export const createRouter = (queries: QueryClient) => {
  /** Who is here, or undefined when nobody has signed in. */
  const whoIsHere = (): Promise<Me | undefined> =>
    queries.ensureQueryData(meQuery).catch((error: unknown) => {
      if (isSessionOver(error)) return undefined;
      throw error;
    });
  return createBrowserRouter([
    {
      errorElement: <ErrorPage />,
      hydrateFallbackElement: <Loading />,
      children: [
        {
          path: '/',
          loader: async () => {
            const me = await whoIsHere();
            return me ? redirect(firstPlace(me)) : null;
          },
          element: <SignedOut />,
        },
        {
          path: '/:mode/:org',
          loader: async ({ params }) => {
            const me = await whoIsHere();
            if (!me) return 'signed-out';
            const isPlace =
              me.modes.some((mode) => mode === params.mode) &&
              me.duties.some(({ org }) => org === params.org);
            return isPlace ? 'here' : 'elsewhere';
          },
          shouldRevalidate: ({ currentParams, nextParams }) =>
            currentParams.mode !== nextParams.mode || currentParams.org !== nextParams.org,
          element: <Shell />,
          children: [
            {
              index: true,
              loader: ({ params }) => redirect(`/${params.mode}/${params.org}/${FIRST_SCREEN}`),
            },
            ...SCREENS.map(({ path, load }) => ({ path, lazy: load, errorElement: <ErrorPage /> })),
            { path: '*', element: <NoSuchPage /> },
          ],
        },
        { path: '*', element: <NoSuchPage /> },
      ],
    },
  ]);
};
