import type { RequestView } from '@muster/contracts';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';

const Planner = lazy(() => import('../plan/planner.tsx').then(({ Planner: part }) => ({ default: part })));

/** The best plan for the request. */
export const RequestPlan = ({ request: { requestId } }: { request: RequestView }) => {
  const [search] = useSearchParams();
  const [isOpen, setIsOpen] = useState(search.has('plan'));
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
