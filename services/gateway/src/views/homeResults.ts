import { parseEventId } from '@muster/contracts';
import type { CommandResult } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';

/** What commands of a force have written in its own ledger, by their ids; `seq` is a place in the home stream. */
export type HomeResults = {
  keep(stored: StoredEvent): void;
  find(org: string, commandId: string): CommandResult | undefined;
  clear(): void;
};

export const createHomeResults = (): HomeResults => {
  const results = new Map<string, CommandResult>();
  return {
    keep: ({ seq, subject, envelope }) => {
      const id = parseEventId(envelope.id);
      if (!id) return;
      const key = `${id.org}.${id.commandId}`;
      const events = [...(results.get(key)?.events ?? []), { id: envelope.id, type: envelope.type, subject }];
      results.set(key, { seq, events });
    },
    find: (org, commandId) => results.get(`${org}.${commandId}`),
    clear: () => results.clear(),
  };
};
