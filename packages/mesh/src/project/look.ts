import type { Link } from '../wire/link.ts';
import { advance, type Cursor, isSparse, rewind } from './cursor.ts';
import { nextSeq, readStreamFacts } from './stream.ts';

/** Looks in a row that must agree before we believe that a stream went back: a new leader may still be starting. */
const WENT_BACK_LOOKS = 2;

/** Looks at the stream itself, apart from what is read from it. */
export type Look = {
  /** False when it is not safe to read on from where we stand; under a new epoch the cursor is rewound. */
  isSafe(): Promise<boolean>;
  /** Where sequences may be missing by right, asks whether any is left before the position waited for. */
  probe(): Promise<void>;
};

export const createLook = (mesh: Pick<Link, 'jsm'>, cursor: Cursor): Look => {
  const { stream, filter } = cursor.options;
  let wentBack = 0;
  let probing = false;

  const isSafe = async (): Promise<boolean> => {
    const known = cursor.facts;
    const seen = await readStreamFacts(mesh, stream);
    cursor.facts = seen;
    if (known && known.identity !== seen.identity) {
      cursor.log.warn({ epoch: seen.epoch }, 'stream was made anew; it is read again from its start');
      wentBack = 0;
      rewind(cursor);
      return false;
    }
    wentBack = seen.lastSeq < cursor.position ? wentBack + 1 : 0;
    if (wentBack === WENT_BACK_LOOKS) {
      cursor.options.alarm({ kind: 'went-back', stream, read: cursor.position, last: seen.lastSeq });
    }
    return wentBack === 0;
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
