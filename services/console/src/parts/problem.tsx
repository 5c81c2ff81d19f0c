import type { Problem } from '../api/problem.ts';
import { inPlainTime } from '../words/time.ts';

/** What went wrong, in the words of the API, with the code that support asks for. */
export const ProblemNotice = ({ problem }: { problem: Problem }) => (
  <div className={`mu-problem${problem.code === 'policy' ? ' mu-problem--not-yours' : ''}`} role="alert">
    <p className="govuk-body">
      {inPlainTime(problem.detail ?? problem.title)} <span className="mu-quiet">({problem.code})</span>
    </p>
  </div>
);
