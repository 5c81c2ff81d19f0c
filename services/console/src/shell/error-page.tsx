import { useRouteError } from 'react-router';
import { problemOf } from '../api/problem.ts';
import { ProblemNotice } from '../parts/problem.tsx';
import { useDocumentTitle } from './title.ts';

/** A view that cannot be shown; the rest of the page stays. */
export const ErrorPage = () => {
  const problem = problemOf(useRouteError());
  useDocumentTitle('This cannot be shown');
  return (
    <div className="govuk-width-container">
      <h1 className="govuk-heading-l">This cannot be shown</h1>
      <ProblemNotice problem={problem} />
      <button type="button" className="govuk-button" onClick={() => window.location.reload()}>
        Try again
      </button>
    </div>
  );
};
