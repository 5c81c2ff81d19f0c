import { GATHER_MS_MAX, GATHER_REST, READER_BACKLOG_BYTES_MAX, READERS_PER_GATHER_MS } from '../limits.ts';
import { type Filter, filterKey, fits, type Row } from '../views/filter.ts';

/** One reader of events, whatever carries them to it. */
export type Reader = {
  /** Sends bytes on; true while the reader keeps up. */
  send(bytes: Buffer | string): void;
  /** Bytes that still wait for it. */
  waiting(): number;
  /** Lets go of the reader, who may come back and resume. */
  letGo(because: string): void;
};

type Group = { org: string; filter: Filter; readers: Set<Reader>; pending: string[] };

/** Sends every event on to those whom it is for. Those who want the same are one group: it is looked at and joined once. */
export type Hub = {
  /** Adds a reader who has everything up to this moment; the way out of it. */
  join(org: string, filter: Filter, reader: Reader): () => void;
  publish(row: Row, frame: string): void;
  /** Sends something that is no event to everyone. */
  tellAll(text: string): void;
  readers(): number;
  /** Readers who were too slow and let go. */
  letGo(): number;
  endAll(end: (reader: Reader) => void): void;
};

/** @param later calls back after some milliseconds. */
export const createHub = (later: (call: () => void, ms: number) => void, now: () => number): Hub => {
  const groups = new Map<string, Group>();
  let count = 0;
  let letGo = 0;
  let flushedAt = 0;
  let tookMs = 0;
  let scheduled = false;

  const leave = (group: Group, reader: Reader): boolean => {
    if (!group.readers.delete(reader)) return false;
    count -= 1;
    return true;
  };
  const sendTo = (group: Group, text: string): void => {
    const bytes = Buffer.from(text);
    for (const reader of group.readers) {
      if (reader.waiting() > READER_BACKLOG_BYTES_MAX) {
        letGo += 1;
        // At once: it may take seconds until its connection has closed.
        leave(group, reader);
        reader.letGo('too slow: take up again from the last event that you have');
      } else {
        reader.send(bytes);
      }
    }
  };
  const flush = (): void => {
    scheduled = false;
    const begunAt = now();
    for (const group of groups.values()) {
      if (group.pending.length === 0) continue;
      const text = group.pending.join('');
      group.pending = [];
      sendTo(group, text);
    }
    flushedAt = now();
    tookMs = flushedAt - begunAt;
  };
  /**
   * At once when there was quiet; else events of a few milliseconds go out together, so that many readers cost less.
   * The longer sending takes on this machine, the more go together: else nothing but sending would be done.
   */
  const schedule = (): void => {
    if (scheduled) return;
    const gatherMs = Math.min(GATHER_MS_MAX, Math.max(count / READERS_PER_GATHER_MS, GATHER_REST * tookMs));
    const waitMs = flushedAt + gatherMs - now();
    if (waitMs <= 0) {
      flush();
      return;
    }
    scheduled = true;
    later(flush, waitMs);
  };

  return {
    join: (org, filter, reader) => {
      const key = filterKey(org, filter);
      const group = groups.get(key) ?? { org, filter, readers: new Set<Reader>(), pending: [] };
      // What still waits was there before the reader, who has it already.
      if (group.pending.length > 0) flush();
      groups.set(key, group);
      group.readers.add(reader);
      count += 1;
      return () => {
        leave(group, reader);
        if (group.readers.size === 0 && groups.get(key) === group) groups.delete(key);
      };
    },
    publish: (row, frame) => {
      let isWanted = false;
      for (const group of groups.values()) {
        if (!fits(group.org, group.filter, row)) continue;
        group.pending.push(frame);
        isWanted = true;
      }
      if (isWanted) schedule();
    },
    tellAll: (text) => {
      flush();
      for (const group of groups.values()) sendTo(group, text);
    },
    readers: () => count,
    letGo: () => letGo,
    endAll: (end) => {
      flush();
      for (const group of [...groups.values()]) for (const reader of [...group.readers]) end(reader);
    },
  };
};
