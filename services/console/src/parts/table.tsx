import type { ReactNode } from 'react';

export type Column<Row> = {
  /** Words of the header; also shown before the cell where the page is too narrow for columns. */
  header: string;
  cell(row: Row): ReactNode;
  numeric?: boolean;
};

type TableProps<Row> = {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** Said in place of the table when there is no row. */
  empty: string;
  isCaptionHidden?: boolean;
};

/** A table whose rows become blocks on a narrow page. The first column names the row. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  empty,
  isCaptionHidden = false,
}: TableProps<Row>) {
  if (rows.length === 0) return <p className="govuk-body mu-quiet">{empty}</p>;
  const classOf = (what: 'header' | 'cell', numeric?: boolean): string =>
    `govuk-table__${what}${numeric ? ` govuk-table__${what}--numeric` : ''}`;
  return (
    <table className="govuk-table mu-table">
      <caption
        className={isCaptionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'}
      >
        {caption}
      </caption>
      <thead className="govuk-table__head">
        <tr className="govuk-table__row">
          {columns.map(({ header, numeric }) => (
            <th key={header} scope="col" className={classOf('header', numeric)}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="govuk-table__body">
        {rows.map((row) => (
          <tr key={keyOf(row)} className="govuk-table__row">
            {columns.map(({ header, cell, numeric }, index) =>
              index === 0 ? (
                <th key={header} scope="row" className={`${classOf('header', numeric)} mu-table__name`}>
                  {cell(row)}
                </th>
              ) : (
                <td key={header} data-header={header} className={classOf('cell', numeric)}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
