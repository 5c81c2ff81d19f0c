import { Fieldset, Radios } from '../../parts/form/choice.tsx';
import { TextArea, TextField } from '../../parts/form/field.tsx';
import type { AskForm } from './form.ts';
import type { FormPart } from './terms-fields.tsx';

/** Who approves; in an emergency someone who has said so, and writes it down within the hour. */
export const ApprovalFields = ({ form, set }: FormPart) => (
  <Fieldset legend="Approval" size="m">
    <Radios
      id="approvalRoute"
      legend="Who approves"
      value={form.approval}
      onChange={(approval) => set({ approval: approval as AskForm['approval'] })}
      options={[
        { value: 'unsaid', label: 'As our rules say' },
        { value: 'person', label: 'A person, before it goes out' },
        {
          value: 'oral',
          label: 'Emergency: someone has said yes by word of mouth',
          hint: 'It goes out at once, and has to be approved in writing afterwards.',
          more: (
            <>
              <div className="mu-row">
                <TextField
                  id="approvalRoute.post"
                  label="Post that said so"
                  value={form.oralPost}
                  onChange={(oralPost) => set({ oralPost })}
                  width={20}
                />
                <TextField
                  id="approvalRoute.at"
                  label="When"
                  type="datetime-local"
                  value={form.oralAt}
                  onChange={(oralAt) => set({ oralAt })}
                />
              </div>
              <TextArea
                id="approvalRoute.reason"
                label="Why it could not wait"
                value={form.oralReason}
                onChange={(oralReason) => set({ oralReason })}
              />
            </>
          ),
        },
      ]}
    />
  </Fieldset>
);
