import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { post, withParameters } from '../../api/http.ts';
import { useMe } from '../../api/me.ts';
import { type Problem, problemOf } from '../../api/problem.ts';
import { type Exercise, exerciseQuery } from '../../api/reads.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { usePlace } from '../../shell/place.ts';

type Step = 'closed' | 'asked' | 'sending' | 'done';

/** Asks twice, since nothing brings back what is deleted. */
const ResetForm = ({ epoch, events }: Exercise) => {
  const { mode, org } = usePlace();
  const { csrf } = useMe();
  const queries = useQueryClient();
  const isReadOnly = useIsReadOnly();
  const [step, setStep] = useState<Step>('closed');
  const [isAgreed, setIsAgreed] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const reset = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsMissing(!isAgreed);
    if (!isAgreed) return;
    setStep('sending');
    setProblem(undefined);
    try {
      await post(withParameters(`/v1/${mode}/exercise/reset`, { as: org }), csrf, { body: { epoch } });
      setStep('done');
    } catch (error) {
      setProblem(problemOf(error));
      setStep('closed');
    }
    setIsAgreed(false);
    await queries.invalidateQueries({ queryKey: [mode] });
  };
  if (step === 'closed' || step === 'done')
    return (
      <>
        {problem && <ProblemNotice problem={problem} />}
        {step === 'done' && <Notice>The exercise has begun anew. Nothing of before is kept.</Notice>}
        <button
          type="button"
          className="govuk-button govuk-button--warning"
          disabled={isReadOnly}
          onClick={() => setStep('asked')}
        >
          Reset the exercise
        </button>
      </>
    );
  return (
    <form className="mu-act" noValidate onSubmit={(event) => void reset(event)}>
      <div className="govuk-warning-text">
        <span className="govuk-warning-text__icon" aria-hidden="true">
          !
        </span>
        <strong className="govuk-warning-text__text">
          <span className="govuk-visually-hidden">Warning</span>
          All {events} events of the exercise are deleted, for every force, and cannot be brought back.
        </strong>
      </div>
      <div className={`govuk-form-group${isMissing ? ' govuk-form-group--error' : ''}`}>
        {isMissing && (
          <p id="agreed-fault" className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> Say that the others know
          </p>
        )}
        <div className="govuk-checkboxes">
          <div className="govuk-checkboxes__item">
            <input
              className="govuk-checkboxes__input"
              id="agreed"
              type="checkbox"
              checked={isAgreed}
              {...(isMissing && { 'aria-describedby': 'agreed-fault' })}
              onChange={({ target }) => {
                setIsAgreed(target.checked);
                setIsMissing(false);
              }}
            />
            <label className="govuk-label govuk-checkboxes__label" htmlFor="agreed">
              The forces that take part know of it
            </label>
          </div>
        </div>
      </div>
      <div className="govuk-button-group">
        <button
          type="submit"
          className="govuk-button govuk-button--warning"
          disabled={step === 'sending' || isReadOnly}
        >
          {step === 'sending' ? 'Sending…' : 'Delete everything and begin anew'}
        </button>
        <button
          type="button"
          className="govuk-button govuk-button--secondary"
          onClick={() => setStep('closed')}
        >
          Not now
        </button>
      </div>
    </form>
  );
};

/** A new beginning of the exercise, for those whom the API lets do it. */
export const Reset = () => {
  const exercise = useQuery(exerciseQuery(usePlace()));
  return (
    <section aria-labelledby="reset">
      <h2 id="reset" className="govuk-heading-m">
        Begin it anew
      </h2>
      <Loaded query={exercise}>
        {(read) => (
          <>
            <p className="govuk-body">
              It holds {read.events} events. Its epoch is <code>{read.epoch}</code>.
            </p>
            {read.reset.allowed ? (
              <ResetForm {...read} />
            ) : (
              <p className="govuk-body mu-quiet">You cannot reset it: {read.reset.because}.</p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
};
