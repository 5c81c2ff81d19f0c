import type { StoredEventView } from '@muster/contracts';
import type { Session } from './session.ts';

const PAGE_EVENTS = 500;

/** Every event that the organisation may see, of one request or of all, oldest first. */
export const readEvents = async (session: Session, requestId?: string): Promise<StoredEventView[]> => {
  const found: StoredEventView[] = [];
  for (let afterSeq = 0; ; ) {
    const page = await session.ask('events', {
      ...{ afterSeq, limit: PAGE_EVENTS },
      ...(requestId === undefined ? {} : { requestId }),
    });
    found.push(...page.events);
    if (page.events.length === 0 && page.lastSeq <= afterSeq) return found;
    afterSeq = page.lastSeq;
  }
};
