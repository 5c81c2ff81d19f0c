import { type Actor, type CapabilityAdvertised, capabilityAdvertised, type Refusal } from '@muster/contracts';
import type { HomeInput, HomeState } from '@muster/domain';
import { type HomeLink, isoNow, writerOf } from '../force/link.ts';
import { createHomeBook, type HomeBook } from './book.ts';
import { type HomeWrite, writeHome } from './write.ts';

/** A person's own decision about one capability of the force; `useId` and `commandId` are chosen once. */
export type LocalChange = {
  capabilityId: string;
  /** Sent again unchanged on a retry; the same id is recorded once. */
  commandId: string;
  actor: Actor;
  /** Trace to go on with. */
  traceparent?: string;
  input: Exclude<HomeInput, { kind: 'hub' | 'open' }>;
};

/** `unavailable`: the hub does not answer, nothing was recorded or it is not known; the same command is safe to give again. */
export type LocalOutcome =
  | Exclude<HomeWrite, { kind: 'later' | 'new-epoch' }>
  | { kind: 'unavailable'; because: string };

export type HomeShown =
  | { kind: 'home'; states: ReadonlyMap<string, HomeState> }
  | { kind: 'unavailable'; because: string };

const upToDate = async (link: HomeLink, only?: string): Promise<HomeBook | { because: string }> => {
  const book = createHomeBook(link, only);
  const caught = await book.catchUp(0);
  if (caught.kind === 'caught-up') return book;
  return { because: caught.kind === 'behind' ? caught.because : 'the streams were made anew meanwhile' };
};

/** The advert as it stands; undefined when there is none, it was taken back or its time is up. */
const advertOf = async (
  link: HomeLink,
  capabilityId: string,
): Promise<{ advert: CapabilityAdvertised | undefined } | { refusal: Refusal } | { because: string }> => {
  const { caller, mode, force } = link;
  const outcome = await caller.ask(mode, force, 'capability-show', { force, capabilityId });
  switch (outcome.kind) {
    case 'answer': {
      const { withdrawn, ...advert } = outcome.answer.capability;
      const isCurrent = !withdrawn && advert.expiresAt > isoNow(link.clock);
      return { advert: isCurrent ? capabilityAdvertised.parse(advert) : undefined };
    }
    case 'refused':
      return outcome.refusal.refused === 'not-found' ? { advert: undefined } : { refusal: outcome.refusal };
    case 'no-service':
    case 'unknown':
      return { because: 'the capability-registry does not answer' };
  }
};

/** The force's own ledger, capability by capability. */
export const showHome = async (link: HomeLink, capabilityId?: string): Promise<HomeShown> => {
  const book = await upToDate(link, capabilityId);
  if ('because' in book) return { kind: 'unavailable', because: book.because };
  return { kind: 'home', states: new Map([...book.records()].map(([id, { state }]) => [id, state])) };
};

/** Records what a person of the force decided: its own use, or the answer to a booking. */
export const changeHome = async (link: HomeLink, change: LocalChange): Promise<LocalOutcome> => {
  const [book, found] = await Promise.all([
    upToDate(link, change.capabilityId),
    advertOf(link, change.capabilityId),
  ]);
  if ('because' in book) return { kind: 'unavailable', because: book.because };
  if ('because' in found) return { kind: 'unavailable', because: found.because };
  if ('refusal' in found) return { kind: 'refused', refusal: found.refusal };
  const written = await writeHome(link, book, {
    capabilityId: change.capabilityId,
    input: change.input,
    writer: writerOf(link, change.commandId, { traceparent: change.traceparent }, change.actor),
    facts: () => ({ advert: found.advert, now: isoNow(link.clock), policy: { policy: 'person' } }),
  });
  if (written.kind === 'later') return { kind: 'unavailable', because: written.because };
  if (written.kind === 'new-epoch')
    return { kind: 'unavailable', because: 'the streams were made anew meanwhile' };
  return written;
};
