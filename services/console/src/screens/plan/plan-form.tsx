import { type FormEvent, useState } from 'react';
import type { PlanAsked } from '../../api/reads.ts';
import { Checkboxes, Radios } from '../../parts/form/choice.tsx';
import { Select, TextField } from '../../parts/form/field.tsx';
import { useReference } from '../../words/orgs.ts';
import { fromLocalInput, toLocalInput } from '../../words/time.ts';
import { LONGER_SECONDS, type Scope, USUAL_TIME, type Wanted } from './asked.ts';

const MS_PER_SECOND = 1_000;

const TIMES = [
  { value: USUAL_TIME, label: 'As long as usual' },
  ...LONGER_SECONDS.map((seconds) => ({ value: String(seconds), label: `Up to ${seconds} seconds` })),
];

const secondsOf = ({ timeLimitMs }: PlanAsked): string =>
  timeLimitMs === undefined ? USUAL_TIME : String(timeLimitMs / MS_PER_SECOND);

/** What to plan for, and what to do without: nothing is reserved by asking. */
export const PlanForm = ({
  scope,
  asked,
  hasRequest,
  isBusy,
  onAsk,
}: {
  scope: Scope | undefined;
  asked: PlanAsked;
  hasRequest: boolean;
  isBusy: boolean;
  onAsk(wanted: Wanted): void;
}) => {
  const { forces } = useReference();
  const [chosen, setChosen] = useState<Scope>(scope ?? (hasRequest ? 'this' : 'all'));
  const [without, setWithout] = useState<readonly string[]>(asked.without);
  const [by, setBy] = useState(asked.by === undefined ? '' : toLocalInput(asked.by));
  const [seconds, setSeconds] = useState(secondsOf(asked));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAsk({ scope: chosen, without, by: fromLocalInput(by), seconds });
  };
  return (
    <form onSubmit={submit} noValidate>
      {hasRequest && (
        <Radios
          id="plan-scope"
          legend="Plan for"
          value={chosen}
          onChange={(value) => setChosen(value === 'all' ? 'all' : 'this')}
          isInline
          options={[
            { value: 'this', label: 'This request' },
            { value: 'all', label: 'Every open request' },
          ]}
        />
      )}
      <TextField
        id="plan-by"
        label="There by (optional)"
        hint="What would arrive later is left out."
        type="datetime-local"
        value={by}
        onChange={setBy}
      />
      <Select
        id="plan-seconds"
        label="Look for the best one"
        hint="Longer where a plan says that time ran out."
        value={seconds}
        onChange={setSeconds}
        groups={[{ options: TIMES }]}
      />
      <details className="govuk-details">
        <summary className="govuk-details__summary">
          <span className="govuk-details__summary-text">
            Forces to do without ({without.length === 0 ? 'none' : without.length})
          </span>
        </summary>
        <div className="govuk-details__text">
          <Checkboxes
            id="plan-without"
            legend="Do without"
            values={without}
            onChange={setWithout}
            options={forces.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </div>
      </details>
      <button type="submit" className="govuk-button" disabled={isBusy}>
        {isBusy ? 'Looking for the best plan…' : scope === undefined ? 'Make a plan' : 'Make the plan anew'}
      </button>
    </form>
  );
};
