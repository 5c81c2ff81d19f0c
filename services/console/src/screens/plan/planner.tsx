import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { planQuery, plansKey } from '../../api/reads.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { usePlace } from '../../shell/place.ts';
import { addressOf, askedOf, type Wanted } from './asked.ts';
import { PlanForm } from './plan-form.tsx';
import { Proposal } from './proposal.tsx';

/** The best assignment for what is short, as it would be under what is written, and its approval. */
export const Planner = ({ requestId }: { requestId?: string }) => {
  const place = usePlace();
  const queries = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const { scope, asked } = askedOf(search, requestId);
  const { data, error, isFetching, dataUpdatedAt } = useQuery({
    ...planQuery(place, asked),
    enabled: scope !== undefined,
  });
  const ask = (wanted: Wanted): void => {
    void queries.resetQueries({ queryKey: plansKey(place) });
    setSearch(addressOf(search, wanted), { preventScrollReset: true });
  };
  return (
    <>
      <PlanForm
        scope={scope}
        asked={asked}
        hasRequest={requestId !== undefined}
        isBusy={isFetching}
        onAsk={ask}
      />
      {error && <ProblemNotice problem={problemOf(error)} />}
      <div aria-live="polite">
        {isFetching && !data && <p className="govuk-body">Looking for the best plan…</p>}
      </div>
      {data && <Proposal key={`${data.planId} ${dataUpdatedAt}`} plan={data} />}
    </>
  );
};
