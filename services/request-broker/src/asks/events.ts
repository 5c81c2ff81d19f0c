import type { AskAnswer, ParsedQuery } from '@muster/contracts';
import { maySee } from '@muster/domain';
import { SCAN_ROWS_MAX } from '../limits.ts';
import type { HistoryRow } from '../views/history.ts';
import type { Views } from '../views/views.ts';

/**
 * A page of the ledger's events after a sequence, of those that the asking organisation may see. Waits for
 * news when there is none, at most as long as asked.
 */
export const askEvents = async (
  views: Views,
  query: ParsedQuery<'events'>,
  org: string,
): Promise<AskAnswer<'events'>> => {
  const { history, archive, news, projection } = views.assistance;
  const fits = (row: HistoryRow): boolean =>
    maySee(org, row.parties) && (query.requestId === undefined || row.requestId === query.requestId);
  const look = () =>
    history.page({ afterSeq: query.afterSeq, limit: query.limit, scanMax: SCAN_ROWS_MAX, fits });

  let page = look();
  if (page.seqs.length === 0 && !page.more && query.waitMs > 0) {
    await news.wait(fits, query.waitMs);
    page = look();
  }
  return { events: await archive.read(page.seqs), lastSeq: page.lastSeq, epoch: projection.epoch() };
};
