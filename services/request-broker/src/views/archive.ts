import type { MusterEvent, StoredEventView } from '@muster/contracts';
import type { StoredEvent } from '@muster/mesh';

/** Reads one stored event of the stream by its sequence; undefined when the stream does not have it. */
export type Fetch = (seq: number) => Promise<StoredEventView | undefined>;

/** Stored events by sequence: the recent ones from memory, older ones from the stream. */
export type Archive = {
  add(stored: StoredEvent): void;
  /** @throws Error when the stream does not give back an event that this replica has read before. */
  read(seqs: readonly number[]): Promise<StoredEventView[]>;
};

const viewOf = (stored: StoredEvent): StoredEventView => {
  const event: MusterEvent = stored.event;
  return { seq: stored.seq, subject: stored.subject, envelope: stored.envelope, data: event.data };
};

export const createArchive = (o: { fetch: Fetch; recentMax: number; parallelMax: number }): Archive => {
  const recent = new Map<number, StoredEvent>();

  const readOne = async (seq: number): Promise<StoredEventView> => {
    const kept = recent.get(seq);
    if (kept) return viewOf(kept);
    const fetched = await o.fetch(seq);
    if (!fetched) throw new Error(`the stream did not give back sequence ${seq}, which was read before`);
    return fetched;
  };

  return {
    add(stored) {
      recent.set(stored.seq, stored);
      if (recent.size <= o.recentMax) return;
      const oldest = recent.keys().next();
      if (!oldest.done) recent.delete(oldest.value);
    },
    async read(seqs) {
      const views: StoredEventView[] = [];
      for (let at = 0; at < seqs.length; at += o.parallelMax) {
        views.push(...(await Promise.all(seqs.slice(at, at + o.parallelMax).map(readOne))));
      }
      return views;
    },
  };
};
