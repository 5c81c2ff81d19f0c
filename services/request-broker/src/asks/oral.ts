import {
  type AskAnswer,
  eventRow,
  isEventType,
  type MusterEvent,
  type ParsedQuery,
  type StoredEventView,
} from '@muster/contracts';
import { maySee, type OralApproval, oralApprovalsOf, oralTotals } from '@muster/domain';
import { PAGE_SCAN_ROWS, SCAN_ROWS_MAX } from '../limits.ts';
import type { HistoryRow } from '../views/history.ts';
import type { Views } from '../views/views.ts';
import { pageOf } from './pages.ts';

/** An event of the ledger as it is stored, read by its own contract again. */
const recordedOf = ({ envelope: { id, time, type }, data }: StoredEventView) => {
  if (!isEventType(type)) throw new Error(`the ledger holds ${type}, which the contracts do not know`);
  return { id, time, event: { type, data: eventRow(type).schema.parse(data) } as MusterEvent };
};

const seqsOf = ({ assistance: { history } }: Views, fits: (row: HistoryRow) => boolean): number[] => {
  const seqs: number[] = [];
  for (let after = 0, more = true; more; ) {
    const page = history.page({ afterSeq: after, limit: PAGE_SCAN_ROWS, scanMax: SCAN_ROWS_MAX, fits });
    seqs.push(...page.seqs);
    after = page.lastSeq;
    more = page.more;
  }
  return seqs;
};

const keyOf = ({ recordedAt, host, requestId }: OralApproval): string => `${recordedAt}/${host}/${requestId}`;

/** Every approval by word of mouth of a period that the organisation may see, from the stored events alone. */
export const askOral = async (
  views: Views,
  query: ParsedQuery<'oral-approvals'>,
  org: string,
  now: string,
): Promise<AskAnswer<'oral-approvals'>> => {
  const seqs = seqsOf(views, ({ isOral, parties }) => isOral && maySee(org, parties));
  const events = await views.assistance.archive.read(seqs);
  const { from, to, host, late } = query;
  const rows = oralApprovalsOf(events.map(recordedOf), now).filter(
    (row) =>
      (from === undefined || row.recordedAt >= from) &&
      (to === undefined || row.recordedAt < to) &&
      (host === undefined || row.host === host) &&
      (!late || row.isLate),
  );
  return { asOf: now, totals: oralTotals(rows), ...pageOf(rows, keyOf, query) };
};
