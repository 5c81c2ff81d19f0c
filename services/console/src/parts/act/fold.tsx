import type { ReactNode } from 'react';
import { useHasFault } from '../form/faults.tsx';

/** What may be left out, folded away until something in it is at fault. */
export const Fold = ({
  title,
  paths,
  children,
}: {
  title: string;
  paths: readonly string[];
  children: ReactNode;
}) => (
  <details className="govuk-details" open={useHasFault(paths) || undefined}>
    <summary className="govuk-details__summary">
      <span className="govuk-details__summary-text">{title}</span>
    </summary>
    <div className="govuk-details__text">{children}</div>
  </details>
);
