import type { Link } from '../wire/link.ts';
import { advance, type Cursor, isSparse, rewind } from './cursor.ts';
import { nextSeq, readStreamFacts } from './stream.ts';

/** Looks in a row that must find the stream too short before we believe it: a new leader may still be starting. */
const SHORTER_LOOKS = 2;
/** Milliseconds by which two readings of one time may differ, since each is rounded in its own way. */
const STORED_AT_SLACK_MS = 1;

/** Looks at the stream itself, apart from what is read from it. */
export type Look = {
  /** False when it is not safe to read on from where we stand; under a new epoch the cursor is rewound. */
  isSafe(): Promise<boolean>;
  /** Where sequences may be missing by right, asks whether any is left before the position waited for. */
  probe(): Promise<void>;
};

/** True when the stream still holds what we read last; only a stream from which nothing is removed can say. */
const holdsLast = async (mesh: Pick<Link, 'jsm'>, cursor: Cursor): Promise<boolean> => {
  const { last } = cursor;
  if (isSparse(cursor) || !last) return true;
  const stored = await mesh.jsm.streams.getMessage(cursor.options.stream, { seq: last.seq });
  return (
    stored !== null &&
    stored.subject === last.subject &&
    Math.abs(stored.time.getTime() - last.storedAt) <= STORED_AT_SLACK_MS
  );
};

export const createLook = (mesh: Pick<Link, 'jsm'>, cursor: Cursor): Look => {
  const { stream, filter } = cursor.options;
  let shorter = 0;
  let wentBack = false;
  let probing = false;

  const isSafe = async (): Promise<boolean> => {
    const known = cursor.facts;
    const seen = await readStreamFacts(mesh, stream);
    cursor.facts = seen;
    if (known && known.identity !== seen.identity) {
      cursor.log.warn({ epoch: seen.epoch }, 'stream was made anew; it is read again from its start');
      shorter = 0;
      wentBack = false;
      rewind(cursor);
      return false;
    }
    if (wentBack) return false;
    shorter = seen.lastSeq < cursor.position ? shorter + 1 : 0;
    // It may have grown again since it went back, so its length alone does not tell.
    wentBack = shorter === 0 ? !(await holdsLast(mesh, cursor)) : shorter >= SHORTER_LOOKS;
    if (wentBack) {
      cursor.log.error(
        { read: cursor.position, last: seen.lastSeq },
        'the stream lost what was read from it; nothing more is applied: mend the store, then start again',
      );
      cursor.options.alarm({ kind: 'went-back', stream, read: cursor.position, last: seen.lastSeq });
    }
    return shorter === 0 && !wentBack;
  };

  const ask = async (target: number): Promise<void> => {
    const { identity, lastSeq } = await readStreamFacts(mesh, stream);
    const upTo = Math.min(target, lastSeq);
    const next = await nextSeq(mesh, stream, filter ?? '>', cursor.position + 1);
    if (identity === cursor.facts?.identity && (next === undefined || next > upTo)) advance(cursor, upTo);
  };

  const probe = async (): Promise<void> => {
    const target = Math.max(cursor.waiters.furthest(), cursor.caughtUpAt ?? 0);
    if (!isSparse(cursor) || probing || target <= cursor.position) return;
    probing = true;
    try {
      await ask(target);
    } catch (error) {
      cursor.log.debug({ err: error }, 'could not ask whether anything is left to read');
    } finally {
      probing = false;
    }
  };

  return { isSafe, probe };
};
