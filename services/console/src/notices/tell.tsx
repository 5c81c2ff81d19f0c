import { useEffect, useId, useState, useSyncExternalStore } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMe } from '../api/me.ts';
import { pathTo, pathToDo, usePlace } from '../shell/place.ts';
import { useOrgName } from '../words/orgs.ts';
import { type Notice, useNotices } from './notices.ts';
import { useOptIn } from './opt-in.ts';
import { takeUntold } from './told.ts';
import { type Telling, tellingsOf } from './words.ts';

const NONE: readonly Notice[] = [];

/** As many are shown on a page at one time, the newest first. */
const SHOWN_MAX = 3;

const subscribeVisibility = (listen: () => void): (() => void) => {
  document.addEventListener('visibilitychange', listen);
  return () => document.removeEventListener('visibilitychange', listen);
};

const useIsVisible = (): boolean =>
  useSyncExternalStore(subscribeVisibility, () => document.visibilityState === 'visible');

/** Where something told leads: to where it is done, or to the list of all that waits. */
const useWhere = (): ((telling: Telling) => string) => {
  const place = usePlace();
  return ({ about }) => (about ? pathToDo(place, about) : pathTo(place, 'alerts'));
};

/** Calls `tell` with what waits and was not told of by these means before: not in this tab, nor another, nor before a reload. */
const useUntold = (means: 'page' | 'web', isOn: boolean, tell: (tellings: Telling[]) => void): void => {
  const { mode, org } = usePlace();
  const { person } = useMe();
  const nameOf = useOrgName();
  const notices = useNotices().data?.notices ?? NONE;
  const key = `muster-told ${means} ${mode} ${org} ${person.id}`;
  useEffect(() => {
    if (!isOn || notices.length === 0) return;
    const ids = notices.map(({ id }) => id);
    void takeUntold(key, ids).then((untold) => {
      const fresh = notices.filter(({ id }) => untold.includes(id));
      if (fresh.length > 0) tell(tellingsOf(fresh, { mode, org }, nameOf));
    });
  }, [isOn, notices, key]);
};

const useWebNotifications = (): void => {
  const { person } = useMe();
  const isOn = useOptIn(person.id) === 'on';
  const where = useWhere();
  const navigate = useNavigate();
  useUntold('web', isOn, (tellings) => {
    for (const telling of tellings) {
      const shown = new Notification(telling.title, { body: telling.body, tag: telling.id });
      shown.addEventListener('click', () => {
        window.focus();
        shown.close();
        void navigate(where(telling));
      });
    }
  });
};

/** Tells of what begins to wait for the person: on the page that they look at, and by the browser if they chose that. */
export const Tell = () => {
  const [told, setTold] = useState<readonly Telling[]>([]);
  const notices = useNotices().data?.notices ?? NONE;
  const where = useWhere();
  useUntold('page', useIsVisible(), (tellings) => setTold((before) => [...before, ...tellings]));
  useWebNotifications();
  const isWaiting = ({ about }: Telling): boolean => !about || notices.some(({ id }) => id === about.id);
  const place = usePlace();
  const waiting = told.filter(isWaiting).reverse();
  const more = waiting.length - SHOWN_MAX;
  const prefix = useId();
  const idOf = ({ id }: Telling): string => `${prefix}${id.replaceAll(/\W/g, '-')}`;
  const dismiss = (id: string): void => setTold((before) => before.filter((each) => each.id !== id));
  return (
    <section className="mu-told" aria-label="New for you">
      <div role="status">
        {waiting.slice(0, SHOWN_MAX).map((telling) => (
          <div key={telling.id} className="mu-told__one">
            <p className="govuk-body-s" id={idOf(telling)}>
              <Link className="govuk-link" to={where(telling)} onClick={() => dismiss(telling.id)}>
                {telling.title}
              </Link>{' '}
              {telling.body}
            </p>
            <button
              type="button"
              className="mu-told__dismiss"
              aria-describedby={idOf(telling)}
              onClick={() => dismiss(telling.id)}
            >
              Dismiss
            </button>
          </div>
        ))}
        {more > 0 && (
          <p className="mu-told__more govuk-body-s">
            <Link className="govuk-link" to={pathTo(place, 'alerts')} onClick={() => setTold([])}>
              {more} more
            </Link>
          </p>
        )}
      </div>
    </section>
  );
};

/** How many things wait for the person, beside the entry of their list. */
export const WaitingCount = () => {
  const { data } = useNotices();
  const count = data ? data.notices.length + data.leftOut : 0;
  return count === 0 ? null : (
    <span className="moj-notification-badge mu-count">
      {count}
      <span className="govuk-visually-hidden"> waiting for you</span>
    </span>
  );
};
