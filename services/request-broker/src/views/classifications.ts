import type { Classification } from '@muster/contracts';
import type { StoredEvent } from '@muster/mesh';

/** The classification under which a request was made; all that follows from it carries the same. */
export type ClassificationOf = (host: string, requestId: string) => Classification | undefined;

export type Classifications = { apply(stored: StoredEvent): void; of: ClassificationOf };

export const trackClassifications = (): Classifications => {
  // Only the rarer, higher ones are kept.
  const sensitive = new Set<string>();
  return {
    apply({ event, envelope }) {
      if (event.type !== 'muster.request.submitted.v1' || envelope.classification === 'OFFICIAL') return;
      sensitive.add(`${event.data.host}/${event.data.requestId}`);
    },
    of: (host, requestId) => (sensitive.has(`${host}/${requestId}`) ? 'OFFICIAL-SENSITIVE' : undefined),
  };
};
