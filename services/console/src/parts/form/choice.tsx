import type { ReactNode } from 'react';
import { useFault } from './faults.tsx';
import type { Option } from './field.tsx';

export const Fieldset = ({
  id,
  legend,
  hint,
  size = 's',
  children,
}: {
  id?: string;
  legend: string;
  hint?: string | undefined;
  size?: 's' | 'm';
  children: ReactNode;
}) => {
  const fault = useFault(id ?? '');
  return (
    <div className={`govuk-form-group${fault ? ' govuk-form-group--error' : ''}`}>
      <fieldset className="govuk-fieldset" id={id} tabIndex={id === undefined ? undefined : -1}>
        <legend className={`govuk-fieldset__legend govuk-fieldset__legend--${size}`}>{legend}</legend>
        {hint && <div className="govuk-hint">{hint}</div>}
        {fault && (
          <p className="govuk-error-message">
            <span className="govuk-visually-hidden">Error:</span> {legend} {fault}
          </p>
        )}
        {children}
      </fieldset>
    </div>
  );
};

type RadiosProps = {
  id: string;
  legend: string;
  hint?: string;
  value: string;
  options: readonly (Option & { more?: ReactNode })[];
  onChange(value: string): void;
  isInline?: boolean;
};

/** One of a few; what an option needs to know beside is asked under it once it is chosen. */
export const Radios = ({ id, legend, hint, value, options, onChange, isInline = false }: RadiosProps) => (
  <Fieldset id={id} legend={legend} hint={hint}>
    <div className={`govuk-radios govuk-radios--small${isInline ? ' govuk-radios--inline' : ''}`}>
      {options.map((option) => (
        <div key={option.value}>
          <div className="govuk-radios__item">
            <input
              className="govuk-radios__input"
              id={`${id}-${option.value}`}
              name={id}
              type="radio"
              value={option.value}
              checked={value === option.value}
              aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
              onChange={() => onChange(option.value)}
            />
            <label className="govuk-label govuk-radios__label" htmlFor={`${id}-${option.value}`}>
              {option.label}
            </label>
            {option.hint && (
              <div className="govuk-hint govuk-radios__hint" id={`${id}-${option.value}-hint`}>
                {option.hint}
              </div>
            )}
          </div>
          {option.more && value === option.value && (
            <div className="govuk-radios__conditional">{option.more}</div>
          )}
        </div>
      ))}
    </div>
  </Fieldset>
);

type CheckboxesProps = {
  id: string;
  legend: string;
  hint?: string;
  values: readonly string[];
  options: readonly Option[];
  onChange(values: string[]): void;
};

export const Checkboxes = ({ id, legend, hint, values, options, onChange }: CheckboxesProps) => (
  <Fieldset id={id} legend={legend} hint={hint}>
    <div className="govuk-checkboxes govuk-checkboxes--small mu-columns">
      {options.map(({ value, label }) => (
        <div key={value} className="govuk-checkboxes__item">
          <input
            className="govuk-checkboxes__input"
            id={`${id}-${value}`}
            type="checkbox"
            checked={values.includes(value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...values, value] : values.filter((each) => each !== value))
            }
          />
          <label className="govuk-label govuk-checkboxes__label" htmlFor={`${id}-${value}`}>
            {label}
          </label>
        </div>
      ))}
    </div>
  </Fieldset>
);
