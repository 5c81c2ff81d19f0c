import type { ReactNode } from 'react';
import { dayAndTime, fromLocalInput } from '../../words/time.ts';
import { useFault } from './faults.tsx';

/** What every field has: its id is its path in the body of the command. */
export type FieldProps = {
  id: string;
  label: string;
  hint?: string | undefined;
  value: string;
  onChange(value: string): void;
};

type Described = { id: string; className: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

/** Label, hint and fault around a control; the control is told what describes it. */
export const FormGroup = ({
  id,
  label,
  hint,
  block,
  children,
}: {
  id: string;
  label: string;
  hint?: string | undefined;
  /** Class of the control, such as `govuk-input`. */
  block: string;
  children(control: Described): ReactNode;
}) => {
  const fault = useFault(id);
  const describedBy = [hint && `${id}-hint`, fault && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={`govuk-form-group${fault ? ' govuk-form-group--error' : ''}`}>
      <label className="govuk-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div id={`${id}-hint`} className="govuk-hint">
          {hint}
        </div>
      )}
      {fault && (
        <p id={`${id}-error`} className="govuk-error-message">
          <span className="govuk-visually-hidden">Error:</span> {label} {fault}
        </p>
      )}
      {children({
        id,
        className: `${block}${fault ? ` ${block}--error` : ''}`,
        ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
        ...(fault ? { 'aria-invalid': true } : {}),
      })}
    </div>
  );
};

type TextProps = FieldProps & {
  type?: 'text' | 'number' | 'datetime-local';
  /** Characters that fit into it. */
  width?: 3 | 5 | 10 | 20 | 30;
};

/** A browser writes days in its own language, some with the month first; this cannot be misread. */
const InWords = ({ local }: { local: string }) => {
  const at = fromLocalInput(local);
  return at === undefined ? null : <div className="mu-quiet mu-in-words">{dayAndTime(at)}, UK time</div>;
};

export const TextField = ({ id, label, hint, value, onChange, type = 'text', width }: TextProps) => {
  const characters = width ?? (type === 'datetime-local' ? 20 : undefined);
  const widthClass = characters === undefined ? '' : `govuk-input--width-${characters}`;
  return (
    <FormGroup id={id} label={label} hint={hint} block="govuk-input">
      {(control) => (
        <>
          <input
            {...control}
            className={`${control.className} ${widthClass}`}
            type={type === 'number' ? 'text' : type}
            inputMode={type === 'number' ? 'decimal' : undefined}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          {type === 'datetime-local' && <InWords local={value} />}
        </>
      )}
    </FormGroup>
  );
};

/** An amount in pounds. */
export const MoneyField = ({ id, label, hint, value, onChange }: FieldProps) => (
  <FormGroup id={id} label={label} hint={hint} block="govuk-input">
    {(control) => (
      <div className="govuk-input__wrapper">
        <div className="govuk-input__prefix" aria-hidden="true">
          £
        </div>
        <input
          {...control}
          className={`${control.className} govuk-input--width-10`}
          inputMode="decimal"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
    )}
  </FormGroup>
);

export const TextArea = ({ id, label, hint, value, onChange, rows = 3 }: FieldProps & { rows?: number }) => (
  <FormGroup id={id} label={label} hint={hint} block="govuk-textarea">
    {(control) => (
      <textarea {...control} rows={rows} value={value} onChange={({ target }) => onChange(target.value)} />
    )}
  </FormGroup>
);

export type Option = { value: string; label: string; hint?: string };

/** A list to choose from; `groups` are shown under their names. */
export const Select = ({
  id,
  label,
  hint,
  value,
  onChange,
  groups,
}: FieldProps & { groups: readonly { name?: string; options: readonly Option[] }[] }) => {
  const hasNone = groups.some(({ options }) => options.some((option) => option.value === ''));
  return (
    <FormGroup id={id} label={label} hint={hint} block="govuk-select">
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          {value === '' && !hasNone && <option value="">Choose</option>}
          {groups.map(({ name, options }) => {
            const items = options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ));
            return name === undefined ? (
              items
            ) : (
              <optgroup key={name} label={name}>
                {items}
              </optgroup>
            );
          })}
        </select>
      )}
    </FormGroup>
  );
};
