import { Checkboxes, Fieldset, Radios } from '../../parts/form/choice.tsx';
import { TextField } from '../../parts/form/field.tsx';
import { usePlace } from '../../shell/place.ts';
import { useReference } from '../../words/orgs.ts';
import type { AskForm } from './form.ts';
import type { FormPart } from './terms-fields.tsx';

const ForcesField = ({ form, set }: FormPart) => {
  const { forces } = useReference();
  const { org } = usePlace();
  const options = forces.filter(({ id }) => id !== org).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Checkboxes
      id="recipients.forces"
      legend="Forces"
      values={form.forces}
      options={options}
      onChange={(chosen) => set({ forces: chosen })}
    />
  );
};

/** Whom to ask, until when, and what follows if that is not enough. */
export const ReachFields = ({ form, set }: FormPart) => (
  <Fieldset legend="Whom to ask" size="m">
    <Radios
      id="recipients"
      legend="Ask"
      value={form.whom}
      onChange={(whom) => set({ whom: whom as AskForm['whom'] })}
      options={[
        {
          value: 'nearest',
          label: 'The nearest forces that have it',
          more: (
            <TextField
              id="recipients.count"
              label="How many forces for each line"
              type="number"
              width={3}
              value={form.nearest}
              onChange={(nearest) => set({ nearest })}
            />
          ),
        },
        {
          value: 'waves',
          label: 'A few at a time, for as long as something is short',
          more: (
            <div className="mu-row">
              <TextField
                id="recipients.size"
                label="Forces in a wave"
                type="number"
                width={3}
                value={form.waveSize}
                onChange={(waveSize) => set({ waveSize })}
              />
              <TextField
                id="recipients.everyMinutes"
                label="Minutes between waves"
                type="number"
                width={5}
                value={form.waveMinutes}
                onChange={(waveMinutes) => set({ waveMinutes })}
              />
            </div>
          ),
        },
        { value: 'forces', label: 'Forces that I name', more: <ForcesField form={form} set={set} /> },
      ]}
    />
    <TextField
      id="answerBy"
      label="Answers by"
      type="datetime-local"
      value={form.answerBy}
      onChange={(answerBy) => set({ answerBy })}
    />
    <Radios
      id="escalation"
      legend="If that is not enough by then"
      value={form.escalation}
      onChange={(escalation) => set({ escalation: escalation as AskForm['escalation'] })}
      options={[
        { value: 'automatic', label: 'Take it up to the region, then the country' },
        { value: 'by-hand', label: 'Leave that to people' },
      ]}
    />
  </Fieldset>
);
