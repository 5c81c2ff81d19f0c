import type { ReactNode } from 'react';

export type TagColour = 'grey' | 'blue' | 'green' | 'yellow' | 'orange' | 'red' | 'purple' | 'teal';

export const Tag = ({ colour, children }: { colour: TagColour; children: ReactNode }) => (
  <strong className={`govuk-tag govuk-tag--${colour}`}>{children}</strong>
);
