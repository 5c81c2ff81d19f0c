import {
  type AskAnswer,
  type CalendarEntry,
  HUB,
  isRefusal,
  type ParsedQuery,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { isCurrent } from '../catalogue/entry.ts';
import type { Span } from '../taken/taken.ts';
import { freeOver } from './free.ts';
import type { Sources } from './search.ts';
import type { Viewer } from './viewer.ts';
import { askedSpan } from './window.ts';

/** Spans in one calendar; the earliest that have not ended come first. */
export const CALENDAR_ENTRIES_MAX = 1_000;

/** For whom a span is taken is shown to the donor, to that host, and to the hub. */
const entryFor = (span: Span, donor: string, org: string): CalendarEntry => {
  const { from, to, quantity, kind } = span;
  const entry: CalendarEntry = { from, to, taken: quantity, kind };
  if (span.kind === 'local' || (org !== donor && org !== span.host && org !== HUB)) return entry;
  return { ...entry, host: span.host, requestId: span.requestId, state: span.state };
};

/** One capability with what is taken of it from now on. An ended advert is shown to its own force only. */
export const show = (
  query: ParsedQuery<'capability-show'>,
  viewer: Viewer,
  { catalogue, taken }: Sources,
  now: string,
): AskAnswer<'capability-show'> | Refusal => {
  const { force, capabilityId } = query;
  const entry = catalogue.get(force, capabilityId);
  const current = entry !== undefined && isCurrent(entry, now);
  if (entry === undefined || !viewer.sees(entry) || !(current || viewer.org === force)) {
    return refuse(
      'not-found',
      `There is no capability "${capabilityId}" of ${force} that ${viewer.org} may see; capability-search with force ${force} lists those that there are.`,
    );
  }
  const span = askedSpan({}, now);
  if (isRefusal(span)) return span;
  const spans = taken.of(force, capabilityId);
  return {
    capability: {
      ...entry.advert,
      free: current ? freeOver(entry.advert, spans, span) : 0,
      confirmedAt: entry.confirmedAt,
      ...(entry.withdrawn ? { withdrawn: true } : {}),
    },
    calendar: spans
      .filter((one) => one.to > now)
      .slice(0, CALENDAR_ENTRIES_MAX)
      .map((one) => entryFor(one, force, viewer.org)),
  };
};
