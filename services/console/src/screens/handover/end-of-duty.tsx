import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Place } from '../../api/http.ts';
import { post, withParameters } from '../../api/http.ts';
import { useMe } from '../../api/me.ts';
import { type Problem, problemOf } from '../../api/problem.ts';
import { placeQuery } from '../../api/reads.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { ErrorSummary } from '../../parts/form/faults.tsx';
import { Notice } from '../../parts/notice.tsx';
import { usePlace } from '../../shell/place.ts';
import { dayAndTime } from '../../words/time.ts';

type Mark = { seq: number; at: string };

/** Where the person's last duty at a desk ended, or at all desks together. */
export const markQuery = (place: Place, desk: string) =>
  placeQuery<{ mark?: Mark }>(place, 'handover/mark', { desk });

/** Lets a person say that they have seen what is shown, so that next time they see what has changed since. */
export const EndOfDuty = ({ desk, lastSeq }: { desk: string; lastSeq: number }) => {
  const place = usePlace();
  const { csrf } = useMe();
  const queries = useQueryClient();
  const isReadOnly = useIsReadOnly();
  const [ended, setEnded] = useState<Mark>();
  const [problem, setProblem] = useState<Problem>();
  const end = async (): Promise<void> => {
    setProblem(undefined);
    try {
      const path = withParameters(`/v1/${place.mode}/handover/mark`, { as: place.org });
      const response = await post(path, csrf, { body: { seq: lastSeq, ...(desk === '' ? {} : { desk }) } });
      setEnded(((await response.json()) as { mark: Mark }).mark);
      void queries.invalidateQueries({ queryKey: markQuery(place, desk).queryKey });
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <section aria-label="End of my duty">
      {problem && <ErrorSummary problem={problem} />}
      {ended && (
        <Notice>Your duty ended at {dayAndTime(ended.at)}. Next time you see what has changed since.</Notice>
      )}
      <button
        type="button"
        className="govuk-button govuk-button--secondary"
        disabled={isReadOnly}
        onClick={() => void end()}
      >
        My duty ends here
      </button>
    </section>
  );
};
