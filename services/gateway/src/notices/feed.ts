import { NOTICES_GAP_MS, NOTICES_REST, READER_BACKLOG_BYTES_MAX } from '../limits.ts';
import type { Duty } from '../session/person.ts';
import type { Reader } from '../stream/hub.ts';
import type { Row } from '../views/filter.ts';
import type { Notices } from './notices.ts';

export type FeedParts = {
  /** What waits for somebody with this duty now. */
  read(duty: Duty): Notices;
  /** Whether an event may change what waits for the organisation. */
  concerns(org: string, row: Row): boolean;
  /** Calls back after some milliseconds. */
  later(call: () => void, ms: number): void;
  /** Milliseconds that only go up. */
  now(): number;
};

/** Tells readers what waits for them: all of it when they come, and all of it anew when it has changed. */
export type Feed = {
  join(duty: Duty, reader: Reader): () => void;
  changed(row: Row): void;
  /** What is due changes by itself as time passes. */
  look(): void;
};

/** Those with the same duty are told the same. */
type Group = { duty: Duty; readers: Set<Reader>; told: string; isStale: boolean };

export const noticesFrame = (notices: Notices): string =>
  `event: notices\ndata: ${JSON.stringify(notices)}\n\n`;

const keyOf = ({ org, roles }: Duty): string => JSON.stringify([org, [...roles].sort()]);

export const createFeed = ({ read, concerns, later, now }: FeedParts): Feed => {
  const groups = new Map<string, Group>();
  let isAwake = false;

  const tell = (group: Group): void => {
    group.isStale = false;
    const frame = noticesFrame(read(group.duty));
    if (frame === group.told) return;
    group.told = frame;
    for (const reader of group.readers) {
      if (reader.waiting() > READER_BACKLOG_BYTES_MAX) reader.letGo('too slow: take up again');
      else reader.send(frame);
    }
  };
  /** One group at a time with rests between, so that what changes all the time takes a part of the time only. */
  const work = (): void => {
    const next = [...groups.values()].find(({ isStale }) => isStale);
    if (!next) {
      isAwake = false;
      return;
    }
    const began = now();
    tell(next);
    later(work, Math.max(NOTICES_GAP_MS, (now() - began) * NOTICES_REST));
  };
  const wake = (): void => {
    if (isAwake) return;
    isAwake = true;
    // What was stored in one go is looked at in one go.
    later(work, NOTICES_GAP_MS);
  };
  const mark = (isStale: (group: Group) => boolean): void => {
    let found = false;
    for (const group of groups.values()) {
      if (group.isStale || !isStale(group)) continue;
      group.isStale = true;
      // Behind those that have waited for longer.
      groups.delete(keyOf(group.duty));
      groups.set(keyOf(group.duty), group);
      found = true;
    }
    if (found) wake();
  };

  return {
    join: (duty, reader) => {
      const key = keyOf(duty);
      const group = groups.get(key) ?? { duty, readers: new Set<Reader>(), told: '', isStale: false };
      groups.set(key, group);
      // Whoever was there already is told first if it has changed.
      tell(group);
      reader.send(group.told);
      group.readers.add(reader);
      return () => {
        group.readers.delete(reader);
        if (group.readers.size === 0 && groups.get(key) === group) groups.delete(key);
      };
    },
    changed: (row) => mark(({ duty }) => concerns(duty.org, row)),
    look: () => mark(() => true),
  };
};
