import type { Entry } from './delivery.ts';

/** Messages that were handed over and are not settled yet, in the order of their stream. */
export type Queue = {
  /** Takes a message in. One that is already here only gets its newer acknowledgement subject. */
  add(entry: Entry): void;
  /** The first that nobody handles yet, of those before `beforeSeq` if given. */
  next(beforeSeq?: number): Entry | undefined;
  remove(entry: Entry): void;
  all(): readonly Entry[];
};

export const createQueue = (): Queue => {
  const entries: Entry[] = [];
  return {
    add: (entry) => {
      const known = entries.find(({ seq }) => seq === entry.seq);
      if (known) {
        known.reply = entry.reply;
        known.deliveries = entry.deliveries;
        return;
      }
      const at = entries.findLastIndex(({ seq }) => seq < entry.seq);
      entries.splice(at + 1, 0, entry);
    },
    next: (beforeSeq = Infinity) => entries.find(({ active, seq }) => !active && seq < beforeSeq),
    remove: (entry) => {
      entries.splice(entries.indexOf(entry), 1);
    },
    all: () => entries,
  };
};
