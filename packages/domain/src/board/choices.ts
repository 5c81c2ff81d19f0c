import { isRefusal, type RequestLine } from '@muster/contracts';
import { startDraft } from '../ledger/draft.ts';
import type { LedgerView } from '../ledger/view.ts';
import { reservable } from '../request/accept.ts';
import { isGood, lineCounts, offersOn } from '../request/lines.ts';
import type { Offer, RequestState } from '../request/state.ts';

/** A line that lacks units and has open offers, with those of them of which a unit could be taken now. */
export type Choice = { line: RequestLine; takeable: Offer[] };

/** Rest and working time may be passed over with a reason, so they do not make an offer one that cannot be taken. */
const ANY_REASON = { reason: 'to be said by the host', by: 'host' };

/** What a host could choose from, line by line. */
export const choicesOf = (request: RequestState, view: LedgerView, now: string): Choice[] =>
  request.lines.flatMap((line) => {
    if (now >= line.to || lineCounts(request, line).unfilled === 0) return [];
    const open = offersOn(request, line.lineId).filter(
      (offer) => offer.status === 'made' && isGood(offer, now),
    );
    if (open.length === 0) return [];
    const draft = startDraft(view, now);
    const takeable = open.filter((offer) => {
      const quantity = offer.continues === undefined ? 1 : offer.quantity;
      return !isRefusal(reservable(draft, { offer, line, quantity }, request.host, ANY_REASON));
    });
    return [{ line, takeable }];
  });
