import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@muster/mesh';
import { SESSION_IDLE_MS, SESSION_MS_MAX, SESSIONS_MAX } from '../limits.ts';
import type { Person } from './person.ts';

/** Random bytes of a session's id and of its CSRF token. */
const SECRET_BYTES = 32;

export type Session = {
  readonly person: Person;
  /** Sent with the page to the browser and back in a header: another site cannot read it. */
  readonly csrf: string;
  /** Epoch milliseconds at which it ends in any case. */
  readonly endsAt: number;
  /** For the identity server, when the person signs out there too. */
  readonly idToken: string | undefined;
  /** Aborted when the session ends: its streams end with it. */
  readonly ended: AbortSignal;
};

/** Sessions live in this process only: an id says nothing, and a session can be ended at once. */
export type Sessions = {
  /** A new session under a new id, which only its cookie holds. */
  begin(person: Person, idToken?: string): { id: string; session: Session };
  find(id: string | undefined): Session | undefined;
  end(id: string | undefined): void;
  /** Ends those whose time is up. */
  sweep(): void;
  size(): number;
  endAll(): void;
};

type Row = { session: Session; lastUsed: number; ending: AbortController };

/** What is kept is a digest, so that what can read the memory's keys cannot use them. */
const keyOf = (id: string): string => createHash('sha256').update(id).digest('base64url');

const secret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export const createSessions = (clock: Clock): Sessions => {
  // In the order of last use.
  const rows = new Map<string, Row>();

  const drop = (key: string): void => {
    const row = rows.get(key);
    rows.delete(key);
    row?.ending.abort();
  };
  const isOver = ({ session, lastUsed }: Row, now: number): boolean =>
    now >= session.endsAt || now - lastUsed >= SESSION_IDLE_MS;

  return {
    begin: (person, idToken) => {
      const [oldest] = rows.size >= SESSIONS_MAX ? rows.keys() : [];
      if (oldest !== undefined) drop(oldest);
      const id = secret();
      const ending = new AbortController();
      const now = clock.now();
      const endsAt = now + SESSION_MS_MAX;
      const session = { person, csrf: secret(), endsAt, idToken, ended: ending.signal };
      rows.set(keyOf(id), { session, lastUsed: now, ending });
      return { id, session };
    },
    find: (id) => {
      if (id === undefined) return undefined;
      const key = keyOf(id);
      const row = rows.get(key);
      if (row === undefined) return undefined;
      const now = clock.now();
      if (isOver(row, now)) {
        drop(key);
        return undefined;
      }
      row.lastUsed = now;
      rows.delete(key);
      rows.set(key, row);
      return row.session;
    },
    end: (id) => {
      if (id !== undefined) drop(keyOf(id));
    },
    sweep: () => {
      const now = clock.now();
      for (const [key, row] of rows) if (isOver(row, now)) drop(key);
    },
    size: () => rows.size,
    endAll: () => {
      for (const key of rows.keys()) drop(key);
    },
  };
};

/** Compares without telling by its time how much of it was right. */
export const isSameSecret = (given: string | undefined, secretOf: string): boolean => {
  const left = Buffer.from(given ?? '');
  const right = Buffer.from(secretOf);
  return left.length === right.length && timingSafeEqual(left, right);
};
