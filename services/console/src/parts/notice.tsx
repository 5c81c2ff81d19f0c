import type { ReactNode } from 'react';

/** Something that a person should know before they go on. */
export const Notice = ({ children }: { children: ReactNode }) => (
  <div className="govuk-inset-text mu-notice" role="status">
    {children}
  </div>
);
