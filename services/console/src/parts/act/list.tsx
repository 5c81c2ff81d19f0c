import type { BodySchema } from '../../api/schemas.ts';
import { Fieldset } from '../form/choice.tsx';
import { Fields, type WritingProps } from './fields.tsx';
import { labelOf } from './labels.ts';
import { rowOf, rowsOf, withoutRow, withRow } from './rows.ts';

type ListProps = WritingProps & {
  schema: BodySchema;
  name: string;
  path: string;
  legend: string;
  suggested: unknown;
};

/** Rows of a list, each with its fields; further ones can be added, and any be taken out. */
export const List = ({ schema, name, path, legend, suggested, written, rewrite }: ListProps) => {
  // `lines` are added line by line.
  const one = labelOf(name).toLowerCase().replace(/s$/, '');
  return (
    <Fieldset id={path} legend={legend}>
      {rowsOf(written, path).map((row, index) => {
        const known = rowOf(written, row, suggested);
        const title = typeof known.lineId === 'string' ? `${one} ${known.lineId}` : `${one} ${index + 1}`;
        return (
          <div key={row} className="mu-card">
            <Fieldset legend={title.charAt(0).toUpperCase() + title.slice(1)}>
              <Fields
                schema={schema.items ?? {}}
                path={row}
                target={Object.fromEntries(Object.entries(known).filter(([key]) => key.endsWith('Id')))}
                written={written}
                rewrite={rewrite}
              />
            </Fieldset>
            <button
              type="button"
              className="govuk-button govuk-button--secondary mu-tight"
              onClick={() => rewrite((before) => withoutRow(before, path, index))}
            >
              Leave {title} out
            </button>
          </div>
        );
      })}
      <button
        type="button"
        className="govuk-button govuk-button--secondary"
        onClick={() => rewrite((before) => withRow(before, path))}
      >
        Add a {one}
      </button>
    </Fieldset>
  );
};
