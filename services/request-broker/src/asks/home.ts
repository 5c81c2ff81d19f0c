import { type AskAnswer, type ParsedQuery, type Refusal, refuse } from '@muster/contracts';
import { CATCH_UP_MS, SCAN_ROWS_MAX } from '../limits.ts';
import type { HistoryRow } from '../views/history.ts';
import type { Views } from '../views/views.ts';

/** A page of the asking force's own home ledger; nobody else may read it here. */
export const askHome = async (
  views: Views,
  query: ParsedQuery<'home'>,
  org: string,
): Promise<AskAnswer<'home'> | Refusal> => {
  const { history, archive, projection } = views.home;
  if (!(await projection.waitFor(query.atLeastSeq, CATCH_UP_MS))) {
    const because = `the home ledgers are read up to ${projection.seq()}, not yet to ${query.atLeastSeq}; ask again`;
    return refuse('unavailable', because);
  }
  const fits = (row: HistoryRow): boolean =>
    row.parties.donor === org &&
    (query.capabilityId === undefined || row.capabilityId === query.capabilityId);
  const page = history.page({ afterSeq: query.afterSeq, limit: query.limit, scanMax: SCAN_ROWS_MAX, fits });
  return {
    events: await archive.read(page.seqs),
    lastSeq: page.lastSeq,
    more: page.more,
    epoch: projection.epoch(),
  };
};
