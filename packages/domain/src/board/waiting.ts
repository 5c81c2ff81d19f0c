import { type BoardAction, ORGS, type RequestLine, TIER_MAX } from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';
import { mayAccept, mayGoFurther } from '../request/escalate.ts';
import { isGood, lineCounts, offersOn } from '../request/lines.ts';
import { openPreparations } from '../request/prepared.ts';
import type { RequestState } from '../request/state.ts';
import { earlier, later } from '../time/instants.ts';
import { choicesOf } from './choices.ts';

/** What something waits for, before it is said to whom and whether it is late. */
export type Waiting = Pick<BoardAction, 'kind' | 'waitsFor' | 'lineIds' | 'about'> & {
  offerId?: string;
  /** Tells it from the same thing that the same item waited for before. */
  round?: string | undefined;
  by?: string | undefined;
  /** When nothing sets a time, yet it should be done already. */
  isOverdue?: boolean;
};

const told = (lines: readonly RequestLine[]): string =>
  lines.map(({ quantity, capabilityCode }) => `${quantity} ${capabilityCode}`).join(', ');

const idsOf = (lines: readonly RequestLine[]): string[] => lines.map(({ lineId }) => lineId);

const firstFrom = (lines: readonly RequestLine[]): string | undefined =>
  lines.map(({ from }) => from).reduce((first, from) => (first === '' ? from : earlier(first, from)), '') ||
  undefined;

/** The centres that may agree for a host: its own region's and the national one. */
const centresOf = (host: string): string[] =>
  ORGS.filter((org) => org !== host && mayAccept(org, host, TIER_MAX));

const beforeIssue = ({ host, lines, phase, answerBy, requestedBy, submittedAt }: RequestState): Waiting[] => {
  const of = { waitsFor: [host], lineIds: idsOf(lines), by: answerBy, round: submittedAt };
  if (phase.kind === 'draft') return [{ kind: 'submit', ...of, about: `a draft for ${told(lines)}` }];
  if (phase.kind !== 'awaiting') return [];
  const by = requestedBy === undefined ? '' : `, asked for by ${requestedBy}`;
  return [{ kind: 'approve', ...of, about: `${told(lines)}${by}` }];
};

const inWriting = ({ host, lines, oral }: RequestState): Waiting[] =>
  oral?.isOpen
    ? [
        {
          kind: 'approve-in-writing',
          waitsFor: [host],
          lineIds: idsOf(lines),
          about: `${oral.post} approved by word of mouth`,
          by: oral.retrospectiveBy,
          round: oral.retrospectiveBy,
        },
      ]
    : [];

const answers = (request: RequestState, now: string): Waiting[] => {
  // Past its time no answer is taken; the broker records who was silent.
  if (now >= request.answerBy) return [];
  const byLines = new Map<string, string[]>();
  for (const [key, { answer }] of request.answers) {
    if (answer !== 'waiting') continue;
    const [force = '', lineId = ''] = key.split('/');
    byLines.set(force, [...(byLines.get(force) ?? []), lineId]);
  }
  // Forces that are asked for the same lines wait together.
  const groups = new Map<string, string[]>();
  for (const [force, lineIds] of byLines) {
    const key = lineIds.join('/');
    groups.set(key, [...(groups.get(key) ?? []), force]);
  }
  return [...groups].map(([key, forces]) => {
    const lines = request.lines.filter(({ lineId }) => key.split('/').includes(lineId));
    const about = `${request.host} asks for ${told(lines)}`;
    const { answerBy: by } = request;
    return { kind: 'answer', waitsFor: forces, lineIds: idsOf(lines), about, by, round: by };
  });
};

/** Lines on which the host has a choice, and lines on which nothing that is on offer can be had any more. */
const offers = (request: RequestState, view: LedgerView, now: string): Waiting[] => {
  const choices = choicesOf(request, view, now);
  const open = choices.filter(({ takeable }) => takeable.length > 0);
  const gone = choices.filter(({ takeable }) => takeable.length === 0).map(({ line }) => line);
  const waits: Waiting[] = [];
  if (open.length > 0) {
    const lines = open.map(({ line }) => line);
    const about = open
      .map(({ line, takeable }) => {
        const offered = takeable.reduce((sum, { quantity }) => sum + quantity, 0);
        const { unfilled } = lineCounts(request, line);
        return `${line.lineId}: ${offered} ${line.capabilityCode} on offer for ${unfilled}`;
      })
      .join(', ');
    waits.push({
      ...{ kind: 'choose-offers', waitsFor: [request.host], lineIds: idsOf(lines), about },
      by: firstFrom(lines),
      // As long as the first offer is open it is one choice, whoever offers more.
      round: open[0]?.takeable[0]?.offerId,
    });
  }
  if (gone.length > 0) {
    const about = `${told(gone)} are short, and what is on offer cannot be had any more`;
    const of = { waitsFor: [request.host], lineIds: idsOf(gone), about, by: firstFrom(gone) };
    waits.push({ kind: 'ask-further', ...of, round: `gone ${request.answerBy}` });
  }
  return waits;
};

/** Offers on which a post of their own donor has to decide before the answer time. */
const preparations = (request: RequestState): Waiting[] =>
  [...new Set([...request.preparations.values()].map(({ donor }) => donor))]
    .flatMap((force) => openPreparations(request, force))
    .map(({ offerId, donor, capabilityId, lineId, quantity, preparedBy, unsolicited }) => ({
      kind: 'approve-offer',
      waitsFor: [donor],
      lineIds: [lineId],
      offerId,
      about: `${quantity} of ${donor} ${capabilityId} for ${request.host}, prepared by ${preparedBy}`,
      ...(!unsolicited && { by: request.answerBy }),
    }));

/** What donors wait for before their offers are firm, for as long as units are wanted. */
const conditions = (request: RequestState, now: string): Waiting[] =>
  request.lines
    .filter((line) => now < line.to && lineCounts(request, line).unfilled > 0)
    .flatMap((line) => offersOn(request, line.lineId))
    .flatMap((offer) => (offer.status === 'provisional' && isGood(offer, now) ? [offer] : []))
    .map(({ offerId, donor, capabilityId, lineId, quantity, condition, validUntil }) => ({
      kind: 'meet-condition',
      waitsFor: [donor],
      lineIds: [lineId],
      offerId,
      about: `${quantity} of ${donor} ${capabilityId} if: ${condition}`,
      by: validUntil,
    }));

/** What home forces still have to say: whether they confirm, and whether what lapsed is theirs again. */
const homes = (request: RequestState, view: Pick<LedgerView, 'bookings'>): Waiting[] =>
  [...request.offers.values()].flatMap((offer): Waiting[] => {
    const { offerId, donor, capabilityId, lineId, status } = offer;
    if (status !== 'accepted' && status !== 'lapsed') return [];
    const of = { waitsFor: [donor], lineIds: [lineId], offerId };
    const what = `${offer.accepted.quantity} of ${donor} ${capabilityId}`;
    if (status === 'accepted') {
      return [{ kind: 'confirm', ...of, about: `${what} for ${request.host}`, by: offer.accepted.confirmBy }];
    }
    if (view.bookings(donor, capabilityId)?.bookings.get(offerId)?.status !== 'lapsing') return [];
    return [{ kind: 'answer-lapse', ...of, about: `${what} is taken until home answers`, isOverdue: true }];
  });

/** Lines short with nobody on the way to fill them: the broker asks nobody further by itself. */
const further = (request: RequestState, now: string): Waiting[] => {
  const { host, reach, unfilled, answerTimePassed } = request;
  if (reach.asked) {
    const { toTier, acceptBy } = reach.asked;
    return [
      {
        kind: 'accept-escalation',
        waitsFor: centresOf(host),
        lineIds: idsOf(request.lines),
        about: `${host} to tier ${toTier}`,
        by: acceptBy,
        round: acceptBy,
      },
    ];
  }
  const short = request.lines.filter((line) => {
    const { offered, unfilled: left } = lineCounts(request, line);
    return left > offered && now < line.to;
  });
  const isUnseen = (line: RequestLine): boolean => unfilled.get(line.lineId)?.isAcknowledged === false;
  const unseen = short.filter(isUnseen);
  const lastSince = (lines: readonly RequestLine[]): string | undefined =>
    lines.flatMap(({ lineId }) => unfilled.get(lineId)?.since ?? []).reduce(later, '');
  const unasked = short.filter(({ lineId }) => !unfilled.has(lineId));
  const mayAsk = answerTimePassed && !mayGoFurther(request, now) && unasked.length > 0;
  return [
    ...(unseen.length > 0
      ? [
          {
            kind: 'acknowledge-unfilled' as const,
            waitsFor: [host, ...centresOf(host)],
            lineIds: idsOf(unseen),
            about: `${told(unseen)} stay short with nobody left to ask`,
            by: firstFrom(unseen),
            round: lastSince(unseen),
          },
        ]
      : []),
    ...(mayAsk
      ? [
          {
            kind: 'ask-further' as const,
            waitsFor: [host],
            lineIds: idsOf(unasked),
            about: `${told(unasked)} are short, and all who were asked have answered or are silent`,
            by: firstFrom(unasked),
            round: request.answerBy,
          },
        ]
      : []),
  ];
};

/** Everything that a request waits for, and whom. */
export const requestWaits = (request: RequestState, view: LedgerView, now: string): Waiting[] => {
  // A lapsed booking is to be answered also after the request has ended.
  if (request.phase.kind !== 'live') return [...beforeIssue(request), ...homes(request, view)];
  return [
    ...inWriting(request),
    ...answers(request, now),
    ...preparations(request),
    ...offers(request, view, now),
    ...conditions(request, now),
    ...homes(request, view),
    ...further(request, now),
  ];
};
