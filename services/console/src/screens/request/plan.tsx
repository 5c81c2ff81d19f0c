import type { RequestView } from '@muster/contracts';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { usePlace } from '../../shell/place.ts';
import { useReference } from '../../words/orgs.ts';

const Planner = lazy(() => import('../plan/planner.tsx').then(({ Planner: part }) => ({ default: part })));

/** The best plan for the request, for those who coordinate it: its host and the centres. */
export const RequestPlan = ({ request: { host, requestId } }: { request: RequestView }) => {
  const { org } = usePlace();
  const { forces } = useReference();
  const [search] = useSearchParams();
  const [isOpen, setIsOpen] = useState(search.has('plan'));
  if (org !== host && forces.some(({ id }) => id === org)) return null;
  return (
    <section aria-labelledby="plan">
      <h2 id="plan" className="govuk-heading-m">
        Plan
      </h2>
      <details
        className="govuk-details"
        open={isOpen}
        onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      >
        <summary className="govuk-details__summary">
          <span className="govuk-details__summary-text">The best assignment for what is short</span>
        </summary>
        <div>
          {isOpen && (
            <Suspense fallback={<p className="govuk-body">Loading…</p>}>
              <Planner requestId={requestId} />
            </Suspense>
          )}
        </div>
      </details>
    </section>
  );
};
