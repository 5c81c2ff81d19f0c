import {
  type CommandBody,
  type FieldFault,
  isRefusal,
  type Refusal,
  refuse,
  TEXT_LENGTH_MAX,
} from '@muster/contracts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { type Chosen, choose, dropOffersOfFullLine, reservable, type Taking, takeOffer } from './accept.ts';
import { lineCounts } from './lines.ts';
import { requestEnded } from './refusals.ts';
import type { LeftOut, Offer, RequestState } from './state.ts';

type Named = CommandBody<'offer-accept'>['accept'][number];

/** Reserves every offer that is named; gives the lines that they are for, or the first that stands in the way. */
const takeAll = (
  draft: Draft,
  { accept }: CommandBody<'offer-accept'>,
  request: RequestState,
  said: Taking,
): ReadonlySet<string> | Refusal => {
  const lineIds = new Set<string>();
  for (const [index, each] of accept.entries()) {
    const line = takeOffer(draft, request, each, index, said);
    if (isRefusal(line)) return line;
    lineIds.add(line.lineId);
  }
  return lineIds;
};

/** Refusals that say that units cannot be reserved any more; any other is the host's own to put right. */
const CANNOT_BE_HAD: Record<LeftOut['reasonCode'], true> = {
  'offer-not-open': true,
  'advert-not-current': true,
  'not-eligible': true,
  'no-capacity': true,
  'duty-breach': true,
  'wrong-status': true,
  'already-answered': true,
};

const cannotBeHad = (code: Refusal['refused']): code is LeftOut['reasonCode'] =>
  Object.hasOwn(CANNOT_BE_HAD, code);

/** Offers that the host should not have named: one that it has already, or that cannot be accepted yet. */
const MISNAMED: readonly Offer['status'][] = ['provisional', 'accepted', 'committed'];

/** The most units of an offer, of fewer than the host named, that can be reserved now. */
const mostReservable = (draft: Draft, chosen: Chosen, host: string, { override }: Taking): number => {
  let most = 0;
  let tooMany = chosen.quantity;
  while (tooMany - most > 1) {
    const quantity = Math.floor((most + tooMany) / 2);
    if (isRefusal(reservable(draft, { ...chosen, quantity }, host, override))) tooMany = quantity;
    else most = quantity;
  }
  return most;
};

type Missed = { index: number; offerId: string; lineId: string; donor: string } & LeftOut;

/** Reserves what can be had of one offer; gives what could not, nothing if all could, or a refusal of the whole. */
const takeSome = (
  draft: Draft,
  request: RequestState,
  each: Named,
  index: number,
  said: Taking,
): Missed | Refusal | undefined => {
  const all = takeOffer(draft, request, each, index, said);
  if (!isRefusal(all)) return undefined;
  const offer = request.offers.get(each.offerId);
  if (!offer || !cannotBeHad(all.refused) || MISNAMED.includes(offer.status)) return all;
  const chosen = choose(request, each, index, draft.now);
  const reserved = isRefusal(chosen) ? 0 : mostReservable(draft, chosen, request.host, said);
  if (reserved > 0) {
    const part = takeOffer(draft, request, { ...each, quantity: reserved }, index, said);
    if (isRefusal(part)) return part;
  }
  const { offerId, lineId, donor } = offer;
  const because = all.because.slice(0, TEXT_LENGTH_MAX);
  return { index, offerId, lineId, donor, named: each.quantity, reserved, reasonCode: all.refused, because };
};

/** Why what can be had is too little: nothing at all, or fewer than the minimum of a line that goes without some. */
const tooFew = (request: RequestState, missed: readonly Missed[], isSome: boolean): Refusal | undefined => {
  const [first] = missed;
  if (!first) return undefined;
  const fields: FieldFault[] = missed.map(({ index, donor, named, reserved, reasonCode, because }) => ({
    path: `accept[${index}]`,
    because: `${reserved} of ${named} from ${donor} (${reasonCode}): ${because}`,
  }));
  const said = request.lines.flatMap((line) => {
    if (!missed.some(({ lineId }) => lineId === line.lineId)) return [];
    const { reserved, committed } = lineCounts(request, line);
    const has = reserved + committed;
    return has < line.minimumQuantity
      ? [`line ${line.lineId} would have ${has} of the at least ${line.minimumQuantity} that it needs`]
      : [];
  });
  const todo = 'nothing was reserved; choose other offers, or amend the minimum of the line';
  if (said.length > 0) return refuse('below-minimum', `${said.join('; ')}; ${todo}`, fields);
  return isSome
    ? undefined
    : refuse(first.reasonCode, `none of these can be reserved now: ${first.because}`, fields);
};

/**
 * Reserves those of the offers named that can be had, and puts on record which could not and why. Nothing is
 * reserved when a line that goes without some of them stays below its minimum.
 */
const takeMinimum = (
  draft: Draft,
  { accept, actor }: CommandBody<'offer-accept'>,
  request: RequestState,
  said: Taking,
): ReadonlySet<string> | Refusal => {
  const missed: Missed[] = [];
  const lineIds = new Set<string>();
  let isSome = false;
  for (const [index, each] of accept.entries()) {
    const some = takeSome(draft, request, each, index, said);
    if (some && isRefusal(some)) return some;
    if (some) missed.push(some);
    if (!some || some.reserved > 0) isSome = true;
    const offer = request.offers.get(each.offerId);
    if (offer) lineIds.add(offer.lineId);
  }
  const fault = tooFew(request, missed, isSome);
  if (fault) return fault;
  const { host, requestId } = request;
  for (const { index: _, ...of } of missed) {
    draft.emit({ type: 'muster.offer.left_out.v1', data: { host, requestId, by: actor.id, ...of } });
  }
  return lineIds;
};

/**
 * The host takes offers: all that it names are reserved together, or none; or, where it lets the minimum suffice,
 * those that can be had.
 */
export const decideAccept = (
  org: string,
  body: CommandBody<'offer-accept'>,
  view: LedgerView,
  now: string,
): Decision => {
  const draft = startDraft(view, now);
  const request = draft.view.request(org, body.requestId);
  if (!request) return refuse('not-found', `${org} has no request ${body.requestId}`);
  if (request.phase.kind !== 'live') return requestEnded(request);
  const said = {
    override: body.override && { ...body.override, by: body.actor.id },
    fundingRef: body.fundingRef,
  };
  const lineIds = body.orMinimum
    ? takeMinimum(draft, body, request, said)
    : takeAll(draft, body, request, said);
  if (isRefusal(lineIds)) return lineIds;
  for (const lineId of lineIds) dropOffersOfFullLine(draft, org, body.requestId, lineId);
  return draft.done();
};
