import {
  type EscalationReason,
  type EventData,
  NATIONAL_CENTRE,
  orgKind,
  RECIPIENTS_MAX,
  type Recipient,
  type RequestLine,
  TIER_MAX,
  tierAt,
} from '@muster/contracts';
import { regionOf } from '../access/visibility.ts';
import type { Draft } from '../ledger/draft.ts';
import { isWithin, nearestForces } from '../matching/recipients.ts';
import { addMinutes, earlier } from '../time/instants.ts';
import type { RequestName } from './ending.ts';
import { lineCounts, missingOn } from './lines.ts';
import { answerKey, type RequestState } from './state.ts';
import { wasAsked } from './unsolicited.ts';

/** Minutes in which a centre is to agree that a request goes up, before both centres are told that it has not. */
export const ACCEPT_MINUTES = 30;

export type Unmet = { line: RequestLine; missing: number };

/** Lines that neither what they have nor what is on offer covers, and that still lie ahead. */
export const unmetLines = (request: RequestState, now: string): Unmet[] =>
  request.lines.flatMap((line) => {
    const missing = missingOn(request, line);
    return missing > 0 && now < line.to ? [{ line, missing }] : [];
  });

const toEvent = (unmet: readonly Unmet[]): { lineId: string; missing: number }[] =>
  unmet.map(({ line, missing }) => ({ lineId: line.lineId, missing }));

/** Forces within a tier's reach that hold a fitting advert and were not asked for the line, nearest first. */
export const freshRecipients = (
  { view, now }: Draft,
  request: RequestState,
  unmet: readonly Unmet[],
  tier: number,
  perLine = RECIPIENTS_MAX,
): Recipient[] => {
  const asked = new Map<string, string[]>();
  for (const { line } of unmet) {
    const isFresh = (force: string): boolean =>
      isWithin(tier, request.host, force) && !request.answers.has(answerKey(force, line.lineId));
    for (const force of nearestForces(line, request.host, view, now, isFresh).slice(0, perLine)) {
      asked.set(force, [...(asked.get(force) ?? []), line.lineId]);
    }
  }
  return [...asked].slice(0, RECIPIENTS_MAX).map(([force, lineIds]) => ({ force, lineIds }));
};

type Again = { tier: number; answerBy: string; wave?: number; nextWaveAt?: string };

/** Asks further forces; each is told of its own lines. */
export const issueAgain = (
  draft: Draft,
  { host, requestId }: RequestName,
  recipients: Recipient[],
  { tier, answerBy, wave, nextWaveAt }: Again,
): void => {
  const request = draft.view.request(host, requestId);
  if (!request) throw new Error(`there is no request ${requestId} to ask again for`);
  const { lines, terms } = request;
  draft.emit({
    type: 'muster.request.issued.v1',
    data: {
      ...{ host, requestId, tier, recipients, answerBy, again: true },
      ...(wave !== undefined && { wave }),
      ...(nextWaveAt !== undefined && { nextWaveAt }),
    },
  });
  for (const { force, lineIds } of recipients) {
    const mine = lines.filter(({ lineId }) => lineIds.includes(lineId));
    const notice = { kind: 'issued' as const, lines: mine, terms, answerBy };
    draft.emit({ type: 'muster.request.notice.v1', data: { host, requestId, force, notice } });
  }
};

/** The time that forces asked at a tier are given, never past the end of the request. */
export const answerTimeAt = (request: RequestState, tier: number, now: string): string =>
  earlier(addMinutes(now, tierAt(tier).answerMinutes[request.terms.urgency]), request.end);

type By = EventData<'muster.request.escalated.v1'>['acceptedBy'];

/** Whether an organisation may agree that a host's request goes up to a tier. */
export const mayAccept = (org: string, host: string, toTier: number): boolean => {
  const kind = orgKind(org);
  if (org === NATIONAL_CENTRE) return true;
  if (kind?.kind === 'region') return regionOf(host) === kind.region;
  return org === host && tierAt(toTier).acceptedBy === 'host';
};

type Step = { toTier: number; reasonCode: EscalationReason; reason?: string; by?: By };

/** The request goes up: to further forces at once, or to the next tier if there are none at this one. */
const goUp = (draft: Draft, name: RequestName, step: Step): void => {
  const request = draft.view.request(name.host, name.requestId);
  if (!request) return;
  const unmet = unmetLines(request, draft.now);
  const { toTier, reasonCode, reason, by } = step;
  draft.emit({
    type: 'muster.request.escalated.v1',
    data: {
      ...name,
      ...{ fromTier: request.tier, toTier, reasonCode, unmet: toEvent(unmet) },
      ...(by && { acceptedBy: by }),
      ...(reason !== undefined && { reason }),
    },
  });
  const { choice } = request.reach;
  const waves = choice?.kind === 'waves' ? choice : undefined;
  const recipients = freshRecipients(draft, request, unmet, toTier, waves?.size);
  if (recipients.length === 0) {
    if (request.reach.escalation === 'automatic') carryOn(draft, name);
    else for (const each of unmet) sayUnfilled(draft, request, each);
    return;
  }
  issueAgain(draft, name, recipients, {
    tier: toTier,
    answerBy: answerTimeAt(request, toTier, draft.now),
    ...(waves && {
      wave: (request.reach.wave ?? 0) + 1,
      nextWaveAt: addMinutes(draft.now, waves.everyMinutes),
    }),
  });
};

/** By when a centre is to agree: in good time, and not after the first line that is short has begun. */
const acceptTime = (unmet: readonly Unmet[], now: string): string =>
  unmet
    .map(({ line }) => line.from)
    .filter((from) => from > now)
    .reduce(earlier, addMinutes(now, ACCEPT_MINUTES));

/** Takes a request up a tier, or asks the centre that has to agree. */
export const escalate = (draft: Draft, name: RequestName, step: Step): void => {
  const request = draft.view.request(name.host, name.requestId);
  if (!request) return;
  const { acceptedBy } = tierAt(step.toTier);
  if (acceptedBy === 'host' || (step.by && mayAccept(step.by.org, name.host, step.toTier))) {
    goUp(draft, name, step);
    return;
  }
  const short = unmetLines(request, draft.now);
  const unmet = toEvent(short);
  const acceptBy = acceptTime(short, draft.now);
  const { toTier, reasonCode } = step;
  draft.emit({
    type: 'muster.request.escalation_asked.v1',
    data: { ...name, fromTier: request.tier, toTier, reasonCode, unmet, acceptBy },
  });
};

/** A line stays short with nobody left to ask: what everyone said, for a person to look at. */
const sayUnfilled = (draft: Draft, request: RequestState, { line, missing }: Unmet): void => {
  const { host, requestId, tier, answers } = request;
  const said = [...answers].flatMap(([key, answer]) => {
    const [force = '', lineId] = key.split('/');
    return lineId === line.lineId && wasAsked(answer) ? [{ force, answer }] : [];
  });
  const saying = (word: string): string[] =>
    said.filter(({ answer }) => answer.answer === word).map(({ force }) => force);
  draft.emit({
    type: 'muster.request.unfilled.v1',
    data: {
      ...{ host, requestId, lineId: line.lineId, tier, missing },
      asked: said.map(({ force }) => force),
      offered: saying('offered'),
      declines: said.flatMap(({ force, answer }) =>
        answer.answer === 'declined' ? [{ force, reasonCode: answer.reasonCode }] : [],
      ),
      silent: [...saying('expired'), ...saying('waiting')],
    },
  });
};

/**
 * What follows when the answer time has passed, or a line was opened again after it, and lines are short: the
 * next tier, those of the last tier who were not asked yet, or a person who has to look at it.
 */
export const carryOn = (draft: Draft, name: RequestName): void => {
  const request = draft.view.request(name.host, name.requestId);
  if (request?.phase.kind !== 'live' || !request.reach.escalation || request.reach.asked) return;
  const unmet = unmetLines(request, draft.now);
  if (unmet.length === 0) return;
  if (request.reach.escalation === 'automatic') {
    if (request.tier < TIER_MAX) {
      const hasSome = request.lines.some((line) => {
        const { offered, reserved, committed } = lineCounts(request, line);
        return offered + reserved + committed > 0;
      });
      escalate(draft, name, { toTier: request.tier + 1, reasonCode: hasSome ? 'partial' : 'no-offers' });
      return;
    }
    const fresh = freshRecipients(draft, request, unmet, request.tier);
    if (fresh.length > 0) {
      const answerBy = answerTimeAt(request, request.tier, draft.now);
      issueAgain(draft, name, fresh, { tier: request.tier, answerBy });
      return;
    }
  }
  for (const each of unmet) {
    const told = request.unfilled.get(each.line.lineId)?.missing ?? 0;
    if (each.missing > told) sayUnfilled(draft, request, each);
  }
};

/** Whether the broker, or a centre, may still bring a request further forces. */
export const mayGoFurther = (request: RequestState, now: string): boolean =>
  now < request.end &&
  (request.reach.asked !== undefined ||
    (request.reach.escalation === 'automatic' && (request.tier < TIER_MAX || !request.answerTimePassed)));
