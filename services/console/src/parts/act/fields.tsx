import type { BodySchema } from '../../api/schemas.ts';
import { tokenWords } from '../../words/requests.ts';
import { Fieldset, Radios } from '../form/choice.tsx';
import { Select, TextArea, TextField } from '../form/field.tsx';
import { at, branches, fieldsOf, kindOf, type Written } from './body.ts';

export type WritingProps = { written: Written; onChange(path: string, text: string): void };

/** `threatAndRisk` as `Threat and risk`. */
const labelOf = (name: string): string => tokenWords(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2'));

const Field = ({
  path,
  name,
  schema,
  required,
  written,
  onChange,
}: WritingProps & { path: string; name: string; schema: BodySchema; required: boolean }) => {
  const control = {
    id: path,
    label: required ? labelOf(name) : `${labelOf(name)} (optional)`,
    value: written[path] ?? '',
    onChange: (text: string) => onChange(path, text),
  };
  const options = (schema.enum ?? []).map((value) => ({ value, label: tokenWords(value) }));
  const kind = kindOf(schema);
  switch (kind) {
    case 'instant':
      return <TextField {...control} type="datetime-local" />;
    case 'number':
      return <TextField {...control} type="number" width={10} />;
    case 'long-text':
      return <TextArea {...control} rows={2} />;
    case 'text':
      return <TextField {...control} width={30} />;
    case 'words':
    case 'choices':
      return <TextField {...control} hint="Separate several with commas." width={30} />;
    case 'choice':
      return (
        <Select
          {...control}
          groups={[{ options: required ? options : [{ value: '', label: '–' }, ...options] }]}
        />
      );
    case 'yes-no':
      return (
        <Radios
          {...control}
          legend={control.label}
          isInline
          options={[
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
        />
      );
    case 'group':
      return (
        <Fieldset id={path} legend={control.label}>
          <Fields schema={schema} path={path} written={written} onChange={onChange} />
        </Fieldset>
      );
    case 'union': {
      const key = at(path, 'kind');
      return (
        <Radios
          id={path}
          legend={control.label}
          value={written[key] ?? ''}
          onChange={(chosen) => onChange(key, chosen)}
          options={branches(schema).map((branch) => ({
            value: branch.kind,
            label: tokenWords(branch.kind),
            more:
              fieldsOf(branch.schema).length > 0 ? (
                <Fields schema={branch.schema} path={path} written={written} onChange={onChange} />
              ) : undefined,
          }))}
        />
      );
    }
    case 'none':
      return null;
  }
};

type FieldsProps = WritingProps & {
  schema: BodySchema;
  path: string;
  target?: Readonly<Record<string, unknown>>;
};

/** Fields for an object; those that may be left out come after, folded away. */
export const Fields = ({ schema, path, target, written, onChange }: FieldsProps) => {
  const fields = fieldsOf(schema, target).map(({ name, ...rest }) => ({
    name,
    ...rest,
    path: at(path, name),
  }));
  const [must, may] = [true, false].map((required) =>
    fields.filter((field) => field.required === required && kindOf(field.schema) !== 'none'),
  );
  return (
    <>
      {must?.map((field) => (
        <Field key={field.path} {...field} written={written} onChange={onChange} />
      ))}
      {may && may.length > 0 && (
        <details className="govuk-details">
          <summary className="govuk-details__summary">
            <span className="govuk-details__summary-text">More, if it helps</span>
          </summary>
          <div className="govuk-details__text">
            {may.map((field) => (
              <Field key={field.path} {...field} written={written} onChange={onChange} />
            ))}
          </div>
        </details>
      )}
    </>
  );
};
