import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLoaderData, useLocation } from 'react-router';
import { meQuery, useMe } from '../api/me.ts';
import { isSessionOver } from '../api/problem.ts';
import { LiveBanner } from '../live/banner.tsx';
import { LiveProvider } from '../live/live.tsx';
import { Tell } from '../notices/tell.tsx';
import { ExerciseBanner, Masthead } from './masthead.tsx';
import { Navigation } from './navigation.tsx';
import { pathTo, usePlace } from './place.ts';
import { SessionOver } from './session-over.tsx';
import { Loading, NotYours, SignedOut } from './signed-out.tsx';

/** After going to another view, the reader is at its beginning. */
const useFocusOnArrival = () => {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const seen = useRef(pathname);
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    main.current?.focus();
  }, [pathname]);
  return main;
};

const Page = () => {
  const main = useFocusOnArrival();
  const place = usePlace();
  const { demo } = useMe();
  const { error } = useQuery(meQuery);
  return (
    <LiveProvider>
      <a href="#main" className="govuk-skip-link">
        Skip to main content
      </a>
      <ExerciseBanner />
      <Masthead />
      <Navigation />
      <LiveBanner />
      <div className="govuk-width-container">
        <main className="govuk-main-wrapper mu-main" id="main" ref={main} tabIndex={-1}>
          <Suspense fallback={<p className="govuk-body">Loading…</p>}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <footer className="mu-footer">
        <div className="govuk-width-container">
          {demo && <p className="govuk-body-s">Demo: people and data are invented.</p>}
          <p className="govuk-body-s">
            <a className="govuk-link" href="/docs/">
              The API behind this
            </a>
          </p>
        </div>
      </footer>
      <Tell key={pathTo(place)} />
      {isSessionOver(error) && <SessionOver />}
      <ScrollRestoration />
    </LiveProvider>
  );
};

/** What every view of an organisation has around it. */
export const Shell = () => {
  const where = useLoaderData<'signed-out' | 'here' | 'elsewhere'>();
  if (where === 'signed-out') return <SignedOut />;
  if (where === 'elsewhere') return <NotYours />;
  return (
    <Suspense fallback={<Loading />}>
      <Page />
    </Suspense>
  );
};
