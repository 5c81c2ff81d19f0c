import type { BodySchema } from '../../api/schemas.ts';
import { useCodeGroups } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { Fieldset, Radios } from '../form/choice.tsx';
import { type FieldProps, MoneyField, Select, TextArea, TextField } from '../form/field.tsx';
import { Fold } from './fold.tsx';
import { at, branches, fieldsOf, kindOf } from './kinds.ts';
import { hintOf, labelOf } from './labels.ts';
import { List } from './list.tsx';
import type { Written } from './written.ts';

export type WritingProps = {
  written: Written;
  rewrite(change: (before: Written) => Written): void;
};

const CodeSelect = (field: FieldProps) => <Select {...field} groups={useCodeGroups()} />;

const Field = ({
  path,
  name,
  schema,
  required,
  suggested,
  written,
  rewrite,
}: WritingProps & {
  path: string;
  name: string;
  schema: BodySchema;
  required: boolean;
  suggested: unknown;
}) => {
  const change = (field: string, text: string): void => rewrite((before) => ({ ...before, [field]: text }));
  const control = {
    id: path,
    label: required ? labelOf(name, path) : `${labelOf(name, path)} (optional)`,
    hint: hintOf(name, path),
    value: written[path] ?? '',
    onChange: (text: string) => change(path, text),
  };
  if (name === 'capabilityCode') return <CodeSelect {...control} />;
  const options = (schema.enum ?? []).map((value) => ({ value, label: tokenWords(value) }));
  const kind = kindOf(schema, name);
  switch (kind) {
    case 'instant':
      return <TextField {...control} type="datetime-local" />;
    case 'money':
      return <MoneyField {...control} />;
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
          groups={[{ options: required ? options : [{ value: '', label: 'Not said' }, ...options] }]}
        />
      );
    case 'yes-no':
      return (
        <Radios
          id={control.id}
          value={control.value}
          onChange={control.onChange}
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
          <Fields schema={schema} path={path} written={written} rewrite={rewrite} />
        </Fieldset>
      );
    case 'list':
      return (
        <List
          schema={schema}
          name={name}
          path={path}
          legend={control.label}
          suggested={suggested}
          written={written}
          rewrite={rewrite}
        />
      );
    case 'union': {
      const key = at(path, 'kind');
      return (
        <Radios
          id={path}
          legend={control.label}
          value={written[key] ?? ''}
          onChange={(chosen) => change(key, chosen)}
          options={branches(schema).map((branch) => ({
            value: branch.kind,
            label: tokenWords(branch.kind),
            more:
              fieldsOf(branch.schema).length > 0 ? (
                <Fields schema={branch.schema} path={path} written={written} rewrite={rewrite} />
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
  /** Fields that are needed here, though they may be left out elsewhere. */
  needs?: readonly string[] | undefined;
};

/** Fields for an object; those that may be left out come after, folded away, but for lists that begin with something. */
export const Fields = ({ schema, path, target = {}, needs = [], written, rewrite }: FieldsProps) => {
  const fields = fieldsOf(schema, target).map((field) => ({
    ...field,
    required: field.required || needs.includes(field.name),
    path: at(path, field.name),
    suggested: target[field.name],
    kind: kindOf(field.schema, field.name),
  }));
  const askable = fields.filter(({ kind }) => kind !== 'none');
  // A group of which nothing has to be said lies in a fold itself.
  const isFolded = path === '' || askable.some(({ required }) => required);
  const isShown = ({ required, kind, suggested }: (typeof fields)[number]): boolean =>
    !isFolded || required || (kind === 'list' && suggested !== undefined);
  const may = askable.filter((field) => !isShown(field));
  return (
    <>
      {askable.filter(isShown).map(({ kind: _, ...field }) => (
        <Field key={field.path} {...field} written={written} rewrite={rewrite} />
      ))}
      {may.length > 0 && (
        <Fold title="More, if it helps" paths={may.map((field) => field.path)}>
          {may.map(({ kind: _, ...field }) => (
            <Field key={field.path} {...field} written={written} rewrite={rewrite} />
          ))}
        </Fold>
      )}
    </>
  );
};
