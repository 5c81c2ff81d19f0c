import type { AnswerView, RequestLine, RequestView } from '@muster/contracts';
import { later } from '../time/instants.ts';
import type { Offer, RequestState } from './state.ts';

/** How a line stands, in units. */
export type LineCounts = { offered: number; reserved: number; committed: number; unfilled: number };

/** When the last of the lines ends. */
export const lastEnd = (lines: readonly RequestLine[]): string =>
  lines.reduce((end, line) => later(end, line.to), '');

export const lineOf = (request: RequestState, lineId: string): RequestLine | undefined =>
  request.lines.find((line) => line.lineId === lineId);

export const offersOn = (request: RequestState, lineId: string): Offer[] =>
  [...request.offers.values()].filter((offer) => offer.lineId === lineId);

/** Whether an offer still holds by what its donor said of its time. */
export const isGood = ({ validUntil }: Pick<Offer, 'validUntil'>, now: string): boolean =>
  validUntil === undefined || now < validUntil;

type Open = Extract<Offer, { status: 'made' | 'provisional' }>;

/** Whether nothing has become of the offer yet. */
export const isOpen = (offer: Offer): offer is Open =>
  offer.status === 'made' || offer.status === 'provisional';

/** Units offered for the line under conditions that have not come true; {@link lineCounts} leaves them out. */
export const provisionalOn = (request: RequestState, lineId: string): number =>
  offersOn(request, lineId)
    .filter(({ status }) => status === 'provisional')
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** Counts a line from the offers on it; the same sums come out of the bookings. */
export const lineCounts = (request: RequestState, line: RequestLine): LineCounts => {
  let offered = 0;
  let reserved = 0;
  let committed = 0;
  for (const offer of request.offers.values()) {
    if (offer.lineId !== line.lineId) continue;
    if (offer.status === 'made') offered += offer.quantity;
    if (offer.status === 'accepted') reserved += offer.accepted.quantity;
    if (offer.status === 'committed') committed += offer.accepted.quantity;
  }
  return { offered, reserved, committed, unfilled: Math.max(0, line.quantity - reserved - committed) };
};

/** Units that neither what the line has nor what is on offer for it covers. */
export const missingOn = (request: RequestState, line: RequestLine): number => {
  const { offered, reserved, committed } = lineCounts(request, line);
  return Math.max(0, line.quantity - offered - reserved - committed);
};

/** The state of a request in one word. */
export const requestStatus = (request: RequestState): RequestView['status'] => {
  if (request.phase.kind === 'awaiting') return 'awaiting-approval';
  if (request.phase.kind !== 'live') return request.phase.kind;
  const counts = request.lines.map((line) => ({ line, ...lineCounts(request, line) }));
  if (counts.every(({ line, committed }) => committed >= line.quantity)) return 'filled';
  const isShort = counts.some(({ line, unfilled }) => unfilled > 0 && request.unfilled.has(line.lineId));
  if (isShort) return 'unfilled';
  return counts.some(({ committed }) => committed > 0) ? 'part-filled' : 'open';
};

/** How every asked force stands for every line it was asked for. */
export const answersOf = (request: RequestState): AnswerView[] =>
  [...request.answers].map(([key, answer]) => {
    const [force = '', lineId = ''] = key.split('/');
    return {
      force,
      lineId,
      answer: answer.answer,
      ...(answer.answer === 'offered' && answer.unsolicited && { unsolicited: answer.unsolicited }),
      ...(answer.answer === 'declined' && { reasonCode: answer.reasonCode }),
      ...(request.acknowledged.has(force) && { acknowledgedAt: request.acknowledged.get(force) }),
    };
  });
