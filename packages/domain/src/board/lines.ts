import type { BoardLine, RequestLine } from '@muster/contracts';
import { lineCounts, offersOn } from '../request/lines.ts';
import type { RequestState } from '../request/state.ts';
import { wasAsked } from '../request/unsolicited.ts';
import { later } from '../time/instants.ts';

/** How the forces that were asked for a line stand, and who offers unsolicited; a force that is asked no more counts nowhere. */
const answersOn = (request: RequestState, lineId: string) => {
  const counts = { asked: 0, waiting: 0, offering: 0, declined: 0, silent: 0 };
  let unsolicited = 0;
  for (const [key, said] of request.answers) {
    const { answer } = said;
    if (!key.endsWith(`/${lineId}`) || answer === 'withdrawn') continue;
    if (!wasAsked(said)) {
      unsolicited += 1;
      continue;
    }
    counts.asked += 1;
    if (answer === 'waiting') counts.waiting += 1;
    else if (answer === 'offered') counts.offering += 1;
    else if (answer === 'declined') counts.declined += 1;
    else counts.silent += 1;
  }
  return { ...counts, ...(unsolicited > 0 && { unsolicited }) };
};

/** Units that are counted on and are expected after the line begins. */
const lateArrivals = (request: RequestState, line: RequestLine): BoardLine['lateArrivals'] => {
  let quantity = 0;
  let last = '';
  for (const offer of offersOn(request, line.lineId)) {
    if (offer.status !== 'accepted' && offer.status !== 'committed') continue;
    if (offer.estimatedArrival <= line.from) continue;
    quantity += offer.accepted.quantity;
    last = later(last, offer.estimatedArrival);
  }
  return quantity > 0 ? { quantity, last } : undefined;
};

/** Units that the host took and could not have any more. */
const leftOutOf = (request: RequestState, lineId: string): number =>
  offersOn(request, lineId).reduce(
    (sum, { leftOut }) => sum + (leftOut ? leftOut.named - leftOut.reserved : 0),
    0,
  );

/**
 * One line at a glance.
 * @param seen the request as far as the asking organisation may see it: its offers and answers are counted.
 * @param whole the whole request: what is still unfilled an asked force may know too.
 */
export const boardLineOf = (
  seen: RequestState,
  whole: RequestState,
  line: RequestLine,
  now: string,
): BoardLine => {
  const { offered, reserved, committed } = lineCounts(seen, line);
  const all = lineCounts(whole, line);
  const late = lateArrivals(seen, line);
  const leftOut = leftOutOf(seen, line.lineId);
  const exhausted = seen.unfilled.get(line.lineId);
  return {
    lineId: line.lineId,
    code: line.capabilityCode,
    from: line.from,
    to: line.to,
    wanted: line.quantity,
    minimum: line.minimumQuantity,
    ...{ committed, reserved, offered },
    unfilled: all.unfilled,
    missing: Math.max(0, all.unfilled - all.offered),
    ...answersOn(seen, line.lineId),
    ...(late && { lateArrivals: late }),
    ...(leftOut > 0 && all.unfilled > 0 && { leftOut }),
    isLate: all.committed < line.quantity && line.from <= now,
    ...(exhausted && { exhausted: { since: exhausted.since, isAcknowledged: exhausted.isAcknowledged } }),
  };
};
