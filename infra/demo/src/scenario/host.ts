import {
  type CommandBody,
  forceOf,
  type OfferView,
  type RequestLine,
  type RequestView,
} from '@muster/contracts';
import type { People } from './people.ts';
import { type Play, requestIdOf, windowStart } from './plays.ts';
import type { Scenario, ScenarioRequest } from './schema.ts';

const HOUR_MS = 3_600_000;
/** Rounds in which a host looks for what is still short. */
const ROUNDS_MAX = 4;
/** How long one wait for news may take, in milliseconds. */
const NEWS_MS = 2_000;
/** How long a host waits for the answers or the confirmations that are still out, in milliseconds. */
const PATIENCE_MS = 60_000;

export const requester = { role: 'requester', id: 'duty-desk' } as const;

/** Names one request of a play. */
export type RequestRef = { host: string; requestId: string };

const instantAt = (ms: number): string => new Date(ms).toISOString();

const lineOf = (
  of: ScenarioRequest,
  line: ScenarioRequest['lines'][number],
  play: Play,
  now: number,
): RequestLine => {
  const host = forceOf(of.host);
  const from = windowStart(play.startedAt, line, now);
  return {
    lineId: line.id,
    capabilityCode: line.code,
    quantity: line.quantity,
    minimumQuantity: line.minimum,
    from: instantAt(from),
    to: instantAt(from + line.forHours * HOUR_MS),
    reportTo: line.place ?? {
      name: `${host.name} headquarters, ${host.hqTown}`,
      lat: host.hqLat,
      lon: host.hqLon,
    },
    accreditations: line.accreditations,
    ...(line.function !== undefined && { function: line.function }),
  };
};

/** Names a request of a play. */
export const refOf = (of: ScenarioRequest, play: Play): RequestRef => ({
  host: of.host,
  requestId: requestIdOf(play, of.key),
});

/** What a host says of its need, sent at once or written down as a draft. */
export const requestBody = (
  scenario: Scenario,
  of: ScenarioRequest,
  play: Play,
  now: number,
): CommandBody<'request-create'> => {
  const { answerWithinSeconds = scenario.answerWithinSeconds, escalation, tier, oral, approval } = of;
  const approvalRoute = oral
    ? { kind: 'oral' as const, at: instantAt(now), ...oral }
    : approval && { kind: approval };
  return {
    commandId: refOf(of, play).requestId,
    actor: requester,
    classification: 'OFFICIAL',
    lines: of.lines.map((line) => lineOf(of, line, play, now)),
    terms: {
      urgency: of.urgency,
      threatCategory: of.threat,
      legalBasis: of.legalBasis,
      costCategory: of.costCategory,
      specialDemandReason: of.demand,
      incident: of.incident,
      contactDesk: of.desk,
    },
    recipients: of.ask,
    answerBy: instantAt(now + answerWithinSeconds * 1_000),
    confirmWithinMinutes: of.confirmWithinMinutes ?? scenario.confirmWithinMinutes,
    ...(escalation && { escalation }),
    ...(tier !== undefined && { tier }),
    ...(approvalRoute && { approvalRoute }),
  };
};

export const viewOf = (people: People, ref: RequestRef): Promise<RequestView> =>
  people.ask(ref.host, 'request-show', ref);

/** Follows a request's events until its view passes the test; gives the last view when patience ends. */
export const viewWhen = async (
  people: People,
  ref: RequestRef,
  test: (view: RequestView) => boolean,
): Promise<RequestView> => {
  const deadline = Date.now() + PATIENCE_MS;
  let view = await viewOf(people, ref);
  while (!test(view) && Date.now() < deadline) {
    await people.ask(ref.host, 'events', {
      afterSeq: view.seq,
      requestId: ref.requestId,
      waitMs: NEWS_MS,
    });
    view = await viewOf(people, ref);
  }
  return view;
};

type Choice = { offerId: string; quantity: number };

const choose = (offers: readonly OfferView[], needed: number): Choice[] => {
  let left = needed;
  const choices: Choice[] = [];
  for (const offer of offers) {
    if (left === 0) break;
    const quantity = Math.min(left, offer.quantity);
    choices.push({ offerId: offer.offerId, quantity });
    left -= quantity;
  }
  return choices;
};

/** Open offers for the line, the best ranked capability first. */
const rankedOffers = async (people: People, ref: RequestRef, view: RequestView, lineId: string) => {
  const { candidates } = await people.ask(ref.host, 'candidates', {
    requestId: ref.requestId,
    lineId,
    limit: 1_000,
  });
  const rank = new Map(candidates.map((each, index) => [`${each.donor}/${each.capabilityId}`, index]));
  const rankOf = (offer: OfferView): number => rank.get(`${offer.donor}/${offer.capabilityId}`) ?? rank.size;
  return view.offers
    .filter((offer) => offer.lineId === lineId && offer.status === 'made')
    .sort((a, b) => rankOf(a) - rankOf(b));
};

const accept = (people: People, ref: RequestRef, commandId: string, choices: Choice[]) =>
  people.send(ref.host, 'offer-accept', {
    commandId,
    actor: requester,
    classification: 'OFFICIAL',
    requestId: ref.requestId,
    accept: choices,
  });

/** What of a capability is free over the line's window, as the registry sees it. */
const freeOf = async (
  people: People,
  ref: RequestRef,
  line: RequestLine,
  offer: OfferView,
): Promise<number> => {
  const { items } = await people.ask(ref.host, 'capability-search', {
    code: line.capabilityCode,
    force: offer.donor,
    from: line.from,
    to: line.to,
    limit: 1_000,
  });
  return items.find((item) => item.capabilityId === offer.capabilityId)?.free ?? 0;
};

/** All at once; where others were quicker, one by one with what is left. */
const fillLine = async (
  people: People,
  ref: RequestRef,
  view: RequestView,
  lineId: string,
  round: number,
) => {
  const state = view.lines.find((each) => each.line.lineId === lineId);
  if (!state || state.unfilled === 0) return;
  const offers = await rankedOffers(people, ref, view, lineId);
  const choices = choose(offers, state.unfilled);
  if (choices.length === 0) return;
  const id = `${ref.requestId}-${lineId}-${round}`;
  const all = await accept(people, ref, id, choices);
  if (all.kind === 'stored') return;
  let left = state.unfilled;
  for (const [index, offer] of offers.entries()) {
    if (left === 0) break;
    const free = await freeOf(people, ref, state.line, offer);
    const quantity = Math.min(left, free, offer.quantity);
    if (quantity === 0) continue;
    const one = await accept(people, ref, `${id}-${index}`, [{ offerId: offer.offerId, quantity }]);
    if (one.kind === 'stored') left -= quantity;
  }
};

const isSettled = (view: RequestView): boolean =>
  view.offers.every((offer) => offer.status !== 'accepted' && offer.status !== 'lapsing');

/** Accepts the best offers for every line until the lines are full or nothing more is on offer. */
export const fillRequest = async (
  people: People,
  ref: RequestRef,
  only?: readonly string[],
): Promise<RequestView> => {
  const isMeant = (lineId: string): boolean => only === undefined || only.includes(lineId);
  let view = await viewWhen(people, ref, (each) =>
    each.answers.every(({ lineId, answer }) => answer !== 'waiting' || !isMeant(lineId)),
  );
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const short = view.lines.filter(
      (state) =>
        state.unfilled > 0 &&
        isMeant(state.line.lineId) &&
        view.offers.some((offer) => offer.lineId === state.line.lineId && offer.status === 'made'),
    );
    if (short.length === 0) break;
    for (const state of short) await fillLine(people, ref, view, state.line.lineId, round);
    view = await viewWhen(people, ref, isSettled);
  }
  return view;
};
