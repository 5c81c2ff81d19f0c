import type { ReactNode } from 'react';

export type SummaryRow = { key: string; value: ReactNode };

/** Keys and values; rows whose value is undefined are left out. */
export const SummaryList = ({ rows }: { rows: readonly SummaryRow[] }) => (
  <dl className="govuk-summary-list mu-summary">
    {rows
      .filter(({ value }) => value !== undefined)
      .map(({ key, value }) => (
        <div key={key} className="govuk-summary-list__row">
          <dt className="govuk-summary-list__key">{key}</dt>
          <dd className="govuk-summary-list__value">{value}</dd>
        </div>
      ))}
  </dl>
);
