import type { RequestView } from '@muster/contracts';
import { decideAtDesk } from './donor.ts';
import type { RequestRef } from './host.ts';
import { viewOf } from './host.ts';
import type { People } from './people.ts';
import type { Desk } from './schema.ts';

/** How long the desks wait for news at a time, in milliseconds. */
const NEWS_MS = 1_000;

/** Desks that look after one request, until they are sent home. */
export type Shift = { end(): Promise<void> };

const ENDED: readonly RequestView['status'][] = ['refused', 'cancelled', 'expired', 'closed'];

/** The lines on which a desk has not said anything yet. */
const waitingFor = (view: RequestView, { force }: Desk) => {
  const lineIds = view.answers
    .filter((each) => each.force === force && each.answer === 'waiting')
    .map((each) => each.lineId);
  return view.lines.map(({ line }) => line).filter(({ lineId }) => lineIds.includes(lineId));
};

/**
 * The desks decide on a request as they come to be asked, also by a later wave or at a higher tier. Each decides
 * once on each line.
 */
export const openShift = (people: People, desks: readonly Desk[], ref: RequestRef): Shift => {
  let isOver = false;
  const decided = new Set<string>();
  const decide = async (view: RequestView): Promise<void> => {
    await Promise.all(
      desks.map(async (desk) => {
        const lines = waitingFor(view, desk).filter(({ lineId }) => !decided.has(`${desk.force}/${lineId}`));
        for (const { lineId } of lines) decided.add(`${desk.force}/${lineId}`);
        if (lines.length > 0) await decideAtDesk(people, desk, ref, lines);
      }),
    );
  };
  const work = async (): Promise<void> => {
    while (!isOver) {
      const view = await viewOf(people, ref);
      if (ENDED.includes(view.status)) return;
      await decide(view);
      await people.ask(ref.host, 'events', {
        afterSeq: view.seq,
        requestId: ref.requestId,
        waitMs: NEWS_MS,
      });
    }
  };
  const done = work();
  // Whoever ends the shift is told; until then nobody listens.
  done.catch(() => undefined);
  return {
    end: async () => {
      isOver = true;
      await done;
    },
  };
};
