import { type CapabilityView, capabilityAdvertised, PAGE_ROWS_MAX } from '@muster/contracts';
import type { Published } from '../diff/diff.ts';
import type { ForceLink } from '../force/link.ts';

/** What the mesh already has of this force's adverts, or why that could not be learnt yet. */
export type Resumed =
  | { ok: true; published: Map<string, Published> }
  | { ok: false; because: string; remedy: string };

const publishedOf = (view: CapabilityView): Published => ({
  advert: capabilityAdvertised.parse(view),
  withdrawn: view.withdrawn === true,
});

/**
 * Asks the registry for the force's own adverts, ended ones included, so that revisions go on where they
 * were and a restart publishes nothing that already stands.
 */
export const resumeAdverts = async ({ caller, mode, force }: ForceLink): Promise<Resumed> => {
  const published = new Map<string, Published>();
  let cursor: string | undefined;
  do {
    const outcome = await caller.ask(mode, force, 'capability-search', {
      force,
      includeOwnEnded: true,
      limit: PAGE_ROWS_MAX,
      cursor,
    });
    switch (outcome.kind) {
      case 'answer':
        for (const view of outcome.answer.items) published.set(view.capabilityId, publishedOf(view));
        cursor = outcome.answer.cursor;
        break;
      case 'refused':
        return { ok: false, because: outcome.refusal.because, remedy: 'the adapter asks again by itself' };
      case 'no-service':
      case 'unknown':
        return {
          ok: false,
          because: 'the capability-registry does not answer',
          remedy: 'start it; the adapter asks again by itself',
        };
    }
  } while (cursor !== undefined);
  return { ok: true, published };
};
