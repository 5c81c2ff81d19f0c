import {
  type AskAnswer,
  type CandidateView,
  type OfferView,
  type RequestView,
  TIER_MAX,
} from '@muster/contracts';
import { showTime, withLocalTimes } from '../input/times.ts';
import { shortener } from './ids.ts';
import type { Output } from './print.ts';
import { roadSource } from './road.ts';
import { typeName } from './stored.ts';
import { type Cell, details, table } from './table.ts';

const total = (view: RequestView, pick: (line: RequestView['lines'][number]) => number): number =>
  view.lines.reduce((sum, line) => sum + pick(line), 0);

export const requestListOutput = (items: readonly RequestView[], color: boolean): Output => {
  const short = shortener(items.map((view) => view.requestId));
  const text = table(
    ['request', 'host', 'status', 'asked for', 'units', 'committed', 'unfilled', 'answers due', 'seq'],
    items.map((view): Cell[] => [
      short(view.requestId),
      view.host,
      view.status,
      [...new Set(view.lines.map(({ line }) => line.capabilityCode))].join(' '),
      total(view, ({ line }) => line.quantity),
      total(view, (line) => line.committed),
      total(view, (line) => line.unfilled),
      showTime(view.answerBy),
      view.seq,
    ]),
    { empty: 'No request that you may see.', color },
  );
  return { json: { items }, text };
};

const linesTable = (view: RequestView, color: boolean): string =>
  table(
    [
      'line',
      'code',
      'needed',
      'minimum',
      'offered',
      'reserved',
      'committed',
      'unfilled',
      'from',
      'to',
      'report to',
    ],
    view.lines.map(({ line, offered, reserved, committed, unfilled }): Cell[] => [
      line.lineId,
      line.capabilityCode,
      line.quantity,
      line.minimumQuantity,
      offered,
      reserved,
      committed,
      unfilled,
      showTime(line.from),
      showTime(line.to),
      line.reportTo.name,
    ]),
    { empty: 'No lines.', color },
  );

const answersTable = (view: RequestView, color: boolean): string =>
  table(
    ['force', 'line', 'answer', 'reason', 'on its desk'],
    view.answers.map((answer): Cell[] => [
      answer.force,
      answer.lineId,
      answer.unsolicited ? `${answer.answer}, unsolicited` : answer.answer,
      answer.reasonCode,
      answer.acknowledgedAt && showTime(answer.acknowledgedAt),
    ]),
    { empty: 'Nobody has been asked yet.', color },
  );

/** Until when an open offer is good, or by when its donor has to confirm. */
const byOf = ({ status, confirmBy, validUntil }: OfferView): string | undefined => {
  const by = status === 'made' || status === 'provisional' ? validUntil : confirmBy;
  return by && showTime(by);
};

/** Reasons that say that something on record was wrong. */
const IN_ERROR: readonly (string | undefined)[] = ['entered-in-error', 'accepted-in-error', 'made-in-error'];

/** Pounds and pence. */
const money = (pence: number): string => `£${(pence / 100).toFixed(2)}`;

/** What the offer costs: as it was agreed, or as its donor estimates it. */
const costOf = ({ costEstimate, agreedCost }: OfferView): string[] => {
  const cost = agreedCost ?? costEstimate;
  if (!cost) return [];
  const regime = costEstimate?.costCategory ? `, ${costEstimate.costCategory}` : '';
  return [`${money(cost.amountPence)} ${agreedCost ? 'agreed' : 'estimated'} (${cost.basis}${regime})`];
};

const remarksOf = (offer: OfferView): string => {
  const { status, condition, corrects, preparedBy } = offer;
  return [
    ...(offer.unsolicited ? ['unsolicited'] : []),
    ...costOf(offer),
    ...(preparedBy === undefined ? [] : [`prepared by ${preparedBy}, waits for another post`]),
    ...(status === 'provisional' ? [`if ${condition}`] : []),
    ...(corrects === undefined ? [] : [`corrects ${corrects}`]),
    ...(IN_ERROR.includes(offer.reasonCode) ? [`${offer.reasonCode}`] : []),
    ...(offer.leftOut
      ? [`${offer.leftOut.reserved} of ${offer.leftOut.named} taken could be had: ${offer.leftOut.because}`]
      : []),
    ...(offer.correctedBy === undefined ? [] : [`corrected by ${offer.correctedBy}`]),
  ].join('; ');
};

const offersTable = (view: RequestView, color: boolean): string => {
  const short = shortener(view.offers.map((offer) => offer.offerId));
  return table(
    ['offer', 'line', 'donor', 'capability', 'offered', 'accepted', 'status', 'arrives', 'by', 'remarks'],
    view.offers.map((offer): Cell[] => [
      short(offer.offerId),
      offer.lineId,
      offer.donor,
      offer.capabilityId,
      offer.quantity,
      offer.acceptedQuantity ?? 0,
      offer.continues === undefined ? offer.status : `${offer.status}, from ${offer.continues}`,
      showTime(offer.estimatedArrival),
      byOf(offer),
      remarksOf(offer),
    ]),
    { empty: 'No offers yet.', color },
  );
};

/** What was put right, if anything was. */
const correctionsTable = ({ corrections = [] }: RequestView, color: boolean): string[] => {
  if (corrections.length === 0) return [];
  const rows = corrections.map(({ at, event, of, donor, reason }): Cell[] => [
    ...[showTime(at), typeName(event), of, donor, reason],
  ]);
  return [table(['put right', 'by', 'what was wrong', 'force', 'why'], rows, { empty: '', color })];
};

const nextFor = (view: RequestView, org: string): string => {
  const open = view.offers.find((offer) => offer.status === 'made');
  if (org !== view.host || open === undefined) return '';
  return `\n\nNext:\n  muster offer accept ${view.requestId} ${open.offerId} --as ${org}`;
};

/** The tier, and when it goes further by itself. */
const tierOf = (view: RequestView): string => {
  const then = view.nextWaveAt
    ? `next wave ${showTime(view.nextWaveAt)}`
    : view.escalation === 'automatic' && view.tier < TIER_MAX
      ? `goes up by itself if it is short when answers are due`
      : undefined;
  return then === undefined ? String(view.tier) : `${view.tier}, ${then}`;
};

/** Everything that a person has to do before it goes on; undefined when nobody has to. */
const waitsFor = (view: RequestView): string | undefined => {
  const { oral, escalationAsked: up, unfilled = [] } = view;
  const waits = [
    ...(view.status === 'awaiting-approval' ? ['an approver, before anyone is asked'] : []),
    ...(oral?.isOpen
      ? [
          `${oral.post} to approve in writing by ${showTime(oral.retrospectiveBy)}${oral.isOverdue ? ', overdue' : ''}`,
        ]
      : []),
    ...(up
      ? [
          `a centre to agree to tier ${up.toTier} by ${showTime(up.acceptBy)}${up.isOverdue ? ', overdue' : ''}`,
        ]
      : []),
    ...unfilled
      .filter(({ isAcknowledged }) => !isAcknowledged)
      .map(({ lineId, missing }) => `a person: ${lineId} is ${missing} short with nobody left to ask`),
  ];
  return waits.length === 0 ? undefined : waits.join('; ');
};

/** What is agreed with donors, of what may be. */
const agreedOf = ({ costLimitPence: limit, agreedPence = 0 }: RequestView): string | undefined => {
  if (limit !== undefined) return `${money(agreedPence)} of at most ${money(limit)}`;
  return agreedPence === 0 ? undefined : money(agreedPence);
};

/** One request as the organisation that asks may see it. */
export const requestOutput = (view: RequestView, org: string, color: boolean): Output => {
  const head = details([
    ['request', view.requestId],
    ['host', view.host],
    ['status', view.status],
    ['urgency', view.terms.urgency],
    ['threat', view.terms.threatCategory],
    ['reason', view.terms.specialDemandReason],
    ['legal basis', view.terms.legalBasis],
    ['cost category', view.terms.costCategory],
    ['cost agreed', agreedOf(view)],
    ['incident', view.terms.incident && `${view.terms.incident.ref} (${view.terms.incident.category})`],
    ['contact desk', view.terms.contactDesk],
    ['submitted', showTime(view.submittedAt)],
    ['asked by', view.requestedBy],
    ['answers due', showTime(view.answerBy)],
    ['tier', tierOf(view)],
    ['waits for', waitsFor(view)],
  ]);
  const parts = [
    head,
    linesTable(view, color),
    answersTable(view, color),
    offersTable(view, color),
    ...correctionsTable(view, color),
  ];
  return { json: view, text: `${parts.join('\n\n')}${nextFor(view, org)}` };
};

const whyOf = (candidate: CandidateView): string =>
  candidate.eligible
    ? [
        ...candidate.terms.map(({ term, value, unit }) => `${term} ${Math.round(value * 100) / 100} ${unit}`),
        roadSource(candidate.travel),
      ].join(', ')
    : candidate.reasons.map(({ because }) => withLocalTimes(because)).join('; ');

export const candidatesOutput = (answer: AskAnswer<'candidates'>, color: boolean): Output => {
  const rows = table(
    ['rank', 'donor', 'capability', 'free', 'arrives', 'km', 'score', 'why'],
    answer.candidates.map((candidate, index): Cell[] => {
      const { donor, capabilityId } = candidate;
      if (!candidate.eligible) return ['-', donor, capabilityId, '', '', '', '', whyOf(candidate)];
      const { free, arrival, distanceKm, score } = candidate;
      const numbers = [free, showTime(arrival), Math.round(distanceKm), Math.round(score * 1_000) / 1_000];
      return [String(index + 1), donor, capabilityId, ...numbers, whyOf(candidate)];
    }),
    { empty: 'Nobody advertises what this line asks for.', color },
  );
  const shownRejected = answer.candidates.filter((candidate) => !candidate.eligible).length;
  const hidden = answer.rejectedTotal - shownRejected;
  const more = hidden > 0 ? `\n${hidden} more do not qualify; --limit shows them.` : '';
  const by = `\nRanked by the weights of matching policy ${answer.policyVersion}; muster policy show explains them.`;
  return { json: answer, text: `${rows}${more}${by}` };
};
