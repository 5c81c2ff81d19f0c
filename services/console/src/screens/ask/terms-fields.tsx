import { Fieldset, Radios } from '../../parts/form/choice.tsx';
import { Select, TextArea, TextField } from '../../parts/form/field.tsx';
import { URGENCIES } from '../../words/requests.ts';
import { COST_OPTIONS, LEGAL_OPTIONS, THREAT_OPTIONS } from '../../words/terms.ts';
import type { AskForm } from './form.ts';

export type FormPart = { form: AskForm; set(change: Partial<AskForm>): void };

const URGENCY_OPTIONS = Object.entries(URGENCIES).map(([value, { words }]) => ({ value, label: words }));

/** Why it is needed, on which power, and on whose bill. */
export const TermsFields = ({ form, set }: FormPart) => (
  <Fieldset legend="Why, and on what terms" size="m">
    <Radios
      id="terms.urgency"
      legend="Urgency"
      isInline
      value={form.urgency}
      options={URGENCY_OPTIONS}
      onChange={(urgency) => set({ urgency })}
    />
    <TextArea
      id="terms.specialDemandReason"
      label="The special demand on your force"
      hint="No names of suspects, victims or staff, and no account of the case."
      value={form.reason}
      onChange={(reason) => set({ reason })}
    />
    <div className="mu-row">
      <Select
        id="terms.threatCategory"
        label="Threat"
        value={form.threat}
        onChange={(threat) => set({ threat })}
        groups={[{ options: THREAT_OPTIONS }]}
      />
      <Select
        id="terms.legalBasis"
        label="Legal basis"
        value={form.legal}
        onChange={(legal) => set({ legal })}
        groups={[{ options: LEGAL_OPTIONS }]}
      />
    </div>
    <Radios
      id="terms.costCategory"
      legend="Cost basis"
      value={form.cost}
      options={COST_OPTIONS}
      onChange={(cost) => set({ cost })}
    />
    <TextField
      id="terms.contactDesk"
      label="Desk that answers for the request"
      hint="A desk, not a person."
      value={form.desk}
      onChange={(desk) => set({ desk })}
      width={20}
    />
    <details className="govuk-details">
      <summary className="govuk-details__summary">
        <span className="govuk-details__summary-text">Refer to an incident</span>
      </summary>
      <div className="govuk-details__text mu-row">
        <TextField
          id="terms.incident.ref"
          label="Reference"
          value={form.incidentRef}
          onChange={(incidentRef) => set({ incidentRef })}
          width={20}
        />
        <TextField
          id="terms.incident.category"
          label="Category"
          value={form.incidentCategory}
          onChange={(incidentCategory) => set({ incidentCategory })}
          width={20}
        />
      </div>
    </details>
  </Fieldset>
);
