import { setTimeout as delay } from 'node:timers/promises';
import type { Published } from '../diff/diff.ts';
import { createHomeBook, type HomeBook } from '../home/book.ts';
import type { Parked } from '../home/gap.ts';
import { openHome } from '../home/open.ts';
import { type Advertiser, createAdvertiser } from '../publish/advertiser.ts';
import { resumeAdverts } from '../publish/resume.ts';
import type { ForceLink } from './link.ts';
import type { ForceOptions } from './options.ts';

/** First wait before the hub is asked again, in milliseconds; it doubles. */
const AGAIN_FIRST_MS = 50;
/** Longest such wait, in milliseconds. */
const AGAIN_LAST_MS = 2_000;

/** What a force knows of itself on the mesh: its own ledger, and its own adverts. */
export type ForceState = { book: HomeBook; advertiser: Advertiser; parked: Parked };

type Failed = { because: string; remedy: string };

const resumeOnce = async (
  link: ForceLink,
  options: ForceOptions,
  fresh: boolean,
): Promise<ForceState | Failed> => {
  const book = createHomeBook(link);
  // After a reset the registry may still hold what was published before it: nothing of that counts.
  const asked = fresh ? { ok: true as const, published: new Map<string, Published>() } : resumeAdverts(link);
  const [caught, adverts] = await Promise.all([book.catchUp(0), asked]);
  if (caught.kind !== 'caught-up') {
    const because = caught.kind === 'behind' ? caught.because : 'the streams were made anew meanwhile';
    return { because, remedy: 'the adapter asks again by itself; see that the request-broker runs' };
  }
  if (!adverts.ok) return adverts;
  const open = async (capabilityId: string, traceparent: string): Promise<string | undefined> =>
    openHome(link, book, capabilityId, traceparent);
  const advertiser = createAdvertiser(link, options, adverts.published, open);
  return { book, advertiser, parked: new Map() };
};

/**
 * Rebuilds what the force knows of itself from the hub: nothing is kept on the adapter's own disk. Asks until
 * it is answered or the signal ends it.
 * @param how.fresh true when the streams were made anew, so that nothing is published yet.
 */
export const resumeForce = async (
  link: ForceLink,
  options: ForceOptions,
  how: { fresh: boolean; signal: AbortSignal; onWaiting: (failed: Failed) => void },
): Promise<ForceState | undefined> => {
  const { fresh, signal, onWaiting } = how;
  for (let waitMs = AGAIN_FIRST_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, AGAIN_LAST_MS)) {
    const result = await resumeOnce(link, options, fresh);
    if ('book' in result) return result;
    onWaiting(result);
    await delay(waitMs, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  return undefined;
};
