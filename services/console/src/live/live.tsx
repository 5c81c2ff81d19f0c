import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useMe } from '../api/me.ts';
import { nowMs } from '../clock.ts';
import { type NoticesAnswer, noticesQuery } from '../notices/notices.ts';
import { usePlace } from '../shell/place.ts';
import { follow, type StreamState } from './follow.ts';
import { whenSeen } from './seen.ts';
import { openSource } from './source.ts';

/** Time in which changes are gathered before everything shown is read again, in milliseconds. */
const GATHER_MS = 1_000;

/** What a page knows of the stream; `catching-up` until all that is shown has been read again. */
export type Live = StreamState | { kind: 'catching-up' };

const LiveContext = createContext<Live>({ kind: 'opening' });

export const useLive = (): Live => useContext(LiveContext);

/** True while nothing may be changed, since what is shown may be old. */
export const useIsReadOnly = (): boolean => {
  const { kind } = useLive();
  return kind === 'lost' || kind === 'catching-up';
};

/** Gathers calls: the first runs soon, and however many come, one runs in each span of time. */
const gathered = (run: () => Promise<unknown>, ms: number): { ask(): void; stop(): void } => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const go = async (): Promise<void> => {
    await run().catch(() => undefined);
    timer = undefined;
    if (!again) return;
    again = false;
    ask();
  };
  const ask = (): void => {
    if (timer === undefined) timer = setTimeout(() => void go(), ms);
    else again = true;
  };
  return { ask, stop: () => clearTimeout(timer) };
};

/** Follows the stream of the mode and reads everything shown again when something has happened. */
export const LiveProvider = ({ children }: { children: ReactNode }) => {
  const { mode, org } = usePlace();
  const { person } = useMe();
  const queries = useQueryClient();
  const [live, setLive] = useState<Live>({ kind: 'opening' });

  useEffect(() => {
    let wasLost = false;
    const refresh = gathered(async () => {
      await queries.invalidateQueries({ queryKey: [mode] });
      setLive((state) => (state.kind === 'catching-up' ? { kind: 'live' } : state));
    }, GATHER_MS);
    const onState = (state: StreamState): void => {
      setLive(state.kind === 'live' && wasLost ? { kind: 'catching-up' } : state);
      wasLost = state.kind === 'lost';
    };
    // Many pages may be open, and one or two are seen: the others read when they are.
    const changes = whenSeen(refresh.ask);
    const doubts = whenSeen(() => void queries.invalidateQueries({ queryKey: ['me'] }));
    const stop = follow({
      open: (after) =>
        openSource({
          path: `/v1/${mode}/stream`,
          parameters: { as: org, snapshot: 'none', notices: true },
          person: person.id,
          after,
        }),
      now: nowMs,
      later: (call, ms) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
      onState,
      onChange: changes.ask,
      onNotices: (json) => {
        const { queryKey } = noticesQuery({ mode, org });
        // What is being read meanwhile may be older.
        void queries.cancelQueries({ queryKey });
        queries.setQueryData<NoticesAnswer>(queryKey, JSON.parse(json) as NoticesAnswer);
      },
      onDoubt: doubts.ask,
    });
    return () => {
      stop();
      changes.stop();
      doubts.stop();
      refresh.stop();
    };
  }, [mode, org, person.id, queries]);

  return <LiveContext value={live}>{children}</LiveContext>;
};
