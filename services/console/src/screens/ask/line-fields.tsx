import { Fieldset } from '../../parts/form/choice.tsx';
import { Select, TextField } from '../../parts/form/field.tsx';
import { useCodeGroups } from '../../words/orgs.ts';
import type { LineForm } from './form.ts';
import { Preview } from './preview.tsx';

type LineFieldsProps = {
  line: LineForm;
  index: number;
  isOnly: boolean;
  onChange(line: LineForm): void;
  onRemove(): void;
};

/** One line of what is needed, with who has it beside. */
export const LineFields = ({ line, index, isOnly, onChange, onRemove }: LineFieldsProps) => {
  const groups = useCodeGroups();
  const path = `lines[${index}]`;
  const field = (name: keyof LineForm, as: string, label: string) => ({
    id: `${path}.${as}`,
    label,
    value: line[name],
    onChange: (value: string) => onChange({ ...line, [name]: value }),
  });
  return (
    <Fieldset legend={isOnly ? 'What you need' : `What you need, line ${index + 1}`} size="m">
      <div className="mu-split">
        <div>
          <Select {...field('code', 'capabilityCode', 'Capability')} groups={groups} />
          <div className="mu-row">
            <TextField {...field('quantity', 'quantity', 'How many')} type="number" width={5} />
            <TextField {...field('minimum', 'minimumQuantity', 'Fewest that help')} type="number" width={5} />
          </div>
          <div className="mu-row">
            <TextField {...field('from', 'from', 'From')} type="datetime-local" />
            <TextField {...field('to', 'to', 'To')} type="datetime-local" />
          </div>
          <TextField {...field('placeName', 'reportTo.name', 'Report to')} width={20} />
          <details className="govuk-details">
            <summary className="govuk-details__summary">
              <span className="govuk-details__summary-text">Where that is, and accreditations</span>
            </summary>
            <div className="govuk-details__text">
              <div className="mu-row">
                <TextField {...field('lat', 'reportTo.lat', 'Latitude')} type="number" width={10} />
                <TextField {...field('lon', 'reportTo.lon', 'Longitude')} type="number" width={10} />
              </div>
              <TextField
                {...field('accreditations', 'accreditations', 'Accreditations')}
                hint="Schemes that must be in date for the whole time, such as PO-L2."
                width={20}
              />
            </div>
          </details>
          {!isOnly && (
            <button type="button" className="govuk-button govuk-button--secondary" onClick={onRemove}>
              Remove line {index + 1}
            </button>
          )}
        </div>
        <Preview line={line} />
      </div>
    </Fieldset>
  );
};
