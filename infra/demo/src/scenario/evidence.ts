import type { DeploymentView, RequestView, StoredEventView } from '@muster/contracts';
import type { RequestRef } from './host.ts';
import { viewOf } from './host.ts';
import type { People } from './people.ts';

/** Rows asked for at once. */
const PAGE_ROWS = 1_000;

/** All that a host can say of one of its requests. */
export type Evidence = {
  view: RequestView;
  events: readonly StoredEventView[];
  deployments: readonly DeploymentView[];
};

/** The deployments of a request, whatever has become of them. */
export const deploymentsOf = async (
  people: People,
  { host, requestId }: RequestRef,
): Promise<DeploymentView[]> => {
  const found: DeploymentView[] = [];
  let cursor: string | undefined;
  do {
    const page = await people.ask(host, 'deployment-list', {
      host,
      limit: PAGE_ROWS,
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...page.items.filter((each) => each.requestId === requestId));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
};

/** Every event of a request, in the order in which they were stored. */
export const eventsOf = async (
  people: People,
  { host, requestId }: RequestRef,
): Promise<StoredEventView[]> => {
  const found: StoredEventView[] = [];
  for (let afterSeq = 0; ; ) {
    const page = await people.ask(host, 'events', { afterSeq, requestId, limit: PAGE_ROWS });
    found.push(...page.events);
    if (page.events.length === 0 && page.lastSeq <= afterSeq) return found;
    afterSeq = page.lastSeq;
  }
};

export const gather = async (people: People, ref: RequestRef): Promise<Evidence> => {
  const [view, events, deployments] = await Promise.all([
    viewOf(people, ref),
    eventsOf(people, ref),
    deploymentsOf(people, ref),
  ]);
  return { view, events, deployments };
};

/** `muster.offer.made.v1` as scenarios name it: `offer.made`. */
export const shortType = (type: string): string => type.replace(/^muster\./, '').replace(/\.v\d+$/, '');

/** Seconds from the submission of a request to an event of it. */
export const secondsAfter = (view: RequestView, { envelope }: StoredEventView): number =>
  (Date.parse(envelope.time) - Date.parse(view.submittedAt)) / 1_000;
