import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { post, withParameters } from '../../api/http.ts';
import { useMe } from '../../api/me.ts';
import { type Problem, problemOf } from '../../api/problem.ts';
import { newCommandId } from '../../clock.ts';
import { usePlace } from '../../shell/place.ts';

type Body = { from: string; desk: string; note: string };
type Answer = { complete: boolean; items: { outcome: string }[] };

/** How the taking of a whole desk went; `left` were refused, or it is not known what became of them. */
export type DeskTaken = { taken: number; left: number };

/** Takes all that a desk has in one action; the same sent again goes out under the same id until all of it is done. */
export const useDeskTake = () => {
  const { mode, org } = usePlace();
  const { csrf } = useMe();
  const queries = useQueryClient();
  const open = useRef<{ text: string; key: string }>(undefined);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const take = async (body: Body): Promise<DeskTaken | undefined> => {
    const text = JSON.stringify(body);
    if (open.current?.text !== text) open.current = { text, key: newCommandId() };
    setBusy(true);
    setProblem(undefined);
    try {
      const response = await post(withParameters(`/v1/${mode}/desks/take`, { as: org }), csrf, {
        body,
        headers: { 'idempotency-key': open.current.key },
      });
      const { complete, items } = (await response.json()) as Answer;
      if (complete) open.current = undefined;
      const taken = items.filter(({ outcome }) => outcome === 'taken').length;
      return { taken, left: items.length - taken };
    } catch (error) {
      setProblem(problemOf(error));
      return undefined;
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: [mode] });
    }
  };
  return { take, busy, problem, clear: () => setProblem(undefined) };
};
