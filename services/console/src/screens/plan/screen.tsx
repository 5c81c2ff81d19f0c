import { useDocumentTitle } from '../../shell/title.ts';
import { Planner } from './planner.tsx';

/** The best plan for every open request that the organisation coordinates. */
export const Component = () => {
  useDocumentTitle('Plan');
  return (
    <>
      <h1 className="govuk-heading-l">Plan</h1>
      <p className="govuk-body">
        The best assignment of what is advertised and on offer to every line that is short. Nothing is
        reserved until rows of it are approved.
      </p>
      <Planner />
    </>
  );
};
