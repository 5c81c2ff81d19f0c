import type { CommandReply, RequestView } from '@muster/contracts';
import type { Caller } from '@muster/mesh';
import { eventually, type Random } from '@muster/testkit';
import type { World } from '../world/world.ts';

/** Longest time in which retrying one command id must give a definite answer, in milliseconds. */
export const DEFINITE_ANSWER_MS = 30_000;
/** Time for one try, in milliseconds. */
const TRY_MS = 2_000;

const actor = { role: 'requester', id: 'duty-desk' } as const;
const HOUR_MS = 3_600_000;

export type Ask = { host: string; requestId: string };
export type Acceptance = {
  host: string;
  commandId: string;
  requestId: string;
  offers: string[];
  /** Takes what can be had of the offers, if the line then has its minimum. */
  orMinimum?: true;
};
export type Acknowledged = { org: string; commandId: string; eventIds: string[] };

/** One request in so many needs its fair share of the units at least; the others one unit. */
const DEMANDING_EVERY = 5;

/** Every host asks every donor for all of its units, over windows that overlap. */
export const askAll = async (
  world: World,
  of: {
    hosts: readonly string[];
    donors: readonly string[];
    requests: number;
    units: number;
    random: Random;
  },
): Promise<Ask[]> => {
  const callers = new Map<string, Caller>();
  for (const host of of.hosts) callers.set(host, await world.callerOf(host));
  const asks: Ask[] = [];
  const hour = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS;
  for (let n = 0; n < of.requests; n += 1) {
    const host = of.random.pick(of.hosts);
    const requestId = `race-${n}`;
    const from = hour + of.random.int(24, 30) * HOUR_MS;
    const outcome = await callers.get(host)?.command(world.mode, host, 'request-create', {
      commandId: requestId,
      actor,
      classification: 'OFFICIAL',
      lines: [
        {
          lineId: 'all',
          capabilityCode: 'CY.FCCU',
          quantity: of.units,
          minimumQuantity: n % DEMANDING_EVERY === 0 ? Math.ceil(of.units / of.requests) : 1,
          from: new Date(from).toISOString(),
          to: new Date(from + of.random.int(24, 72) * HOUR_MS).toISOString(),
          reportTo: { name: 'Here', lat: 52, lon: -1 },
          accreditations: [],
        },
      ],
      terms: {
        urgency: 'IMMEDIATE',
        threatCategory: 'CYBER',
        legalBasis: 'PA96-S24',
        costCategory: 'SPECIALIST_STAFF',
        specialDemandReason: 'race',
        contactDesk: 'desk',
      },
      recipients: { kind: 'forces', forces: of.donors.filter((donor) => donor !== host) },
      answerBy: new Date(hour + 12 * HOUR_MS).toISOString(),
      confirmWithinMinutes: 10_000,
    });
    if (outcome?.kind !== 'stored') throw new Error(`request ${n}: ${JSON.stringify(outcome)}`);
    asks.push({ host, requestId });
  }
  return asks;
};

export const viewOf = async (caller: Caller, world: World, ask: Ask): Promise<RequestView> => {
  const outcome = await caller.ask(world.mode, ask.host, 'request-show', ask);
  if (outcome.kind !== 'answer') throw new Error(`${ask.requestId}: ${JSON.stringify(outcome)}`);
  return outcome.answer;
};

/** Acceptances that let the minimum suffice: their share, and the offers that each takes. */
const OR_MINIMUM = { share: 0.12, offers: 4 } as const;
/** Share of acceptances that take two offers, both or none. */
const PAIRS = 0.1;
/** Part of a race, its first, in which most units go: there an acceptance gets some of its offers and not others. */
const CONTENDED = 1 / 4;

/** What the next acceptance of a request takes of the offers that are left; takes it out of them. */
const nextOf = (offers: string[], random: Random): Pick<Acceptance, 'offers' | 'orMinimum'> =>
  random.chance(OR_MINIMUM.share)
    ? { offers: offers.splice(0, OR_MINIMUM.offers), orMinimum: true }
    : { offers: offers.splice(0, random.chance(PAIRS) ? 2 : 1) };

/** In the order of a heap, whose last is taken first: those that may leave something out come while units go. */
const inOrder = (all: readonly Acceptance[], random: Random): Acceptance[] => {
  const others = random.shuffle(all.filter(({ orMinimum }) => !orMinimum));
  const first = others.splice(Math.floor(others.length * (1 - CONTENDED)));
  return [...others, ...random.shuffle([...first, ...all.filter(({ orMinimum }) => orMinimum)])];
};

/**
 * Waits until every donor has offered every unit, and makes one acceptance of each offer; now and then of two, or of
 * several of which the minimum suffices.
 */
export const acceptancesOf = async (
  world: World,
  asks: readonly Ask[],
  offersEach: number,
  random: Random,
): Promise<Acceptance[]> => {
  const all: Acceptance[] = [];
  for (const ask of asks) {
    const caller = await world.callerOf(ask.host);
    const view = await eventually(
      async () => {
        const seen = await viewOf(caller, world, ask);
        return seen.offers.length === offersEach ? seen : undefined;
      },
      { deadlineMs: 120_000, everyMs: 200, what: `${offersEach} offers for ${ask.requestId}` },
    );
    const offers = random.shuffle(view.offers.map((offer) => offer.offerId));
    for (let n = 0; offers.length > 0; n += 1) {
      all.push({ ...ask, commandId: `a-${ask.requestId}-${n}`, ...nextOf(offers, random) });
    }
  }
  return inOrder(all, random);
};

export type Tally = {
  /** Commands that clients have taken up; each is sent under one id until its answer is definite. */
  taken: Set<string>;
  /** Those of them whose every sending ended with a definite answer in time: stored or refused for good. */
  definite: Set<string>;
  stored: Acknowledged[];
  /** Stored acceptances that went without some of the units that they named, since the minimum sufficed. */
  leftOut: number;
  refused: Record<string, number>;
  slowestMs: number;
  /** Tries beyond the first. */
  retries: number;
  /** Retried or duplicated commands whose answers named different events. */
  inconsistent: string[];
};

/** What is wrong with the answers to these acceptances: each must be definite in time, and the same every time. */
export const answerFaults = (acceptances: number, { taken, definite, inconsistent }: Tally): string[] => [
  ...(taken.size === acceptances ? [] : [`of ${acceptances} acceptances ${taken.size} were sent`]),
  ...[...taken.difference(definite)].map((id) => `${id}: no definite answer in ${DEFINITE_ANSWER_MS} ms`),
  ...inconsistent.map((id) => `${id}: its answers named different events`),
];

type Stored = Extract<CommandReply, { ok: true }>;

/** The answer to one try: definite, or one after which the same command is sent again. */
type Definite = { reply: Stored | undefined };

/** Sends the command under its id until its answer is definite. @returns undefined when that took too long. */
const untilDefinite = async (
  caller: Caller,
  world: World,
  of: Acceptance,
  tally: Tally,
): Promise<Definite | undefined> => {
  const started = performance.now();
  const leftMs = (): number => DEFINITE_ANSWER_MS - (performance.now() - started);
  const inTime = (definite: Definite): Definite | undefined => {
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
    return leftMs() >= 0 ? definite : undefined;
  };
  for (let tries = 0; leftMs() > 0; tries += 1) {
    if (tries > 0) tally.retries += 1;
    const outcome = await caller.command(
      world.mode,
      of.host,
      'offer-accept',
      {
        commandId: of.commandId,
        actor,
        classification: 'OFFICIAL',
        requestId: of.requestId,
        accept: of.offers.map((offerId) => ({ offerId, quantity: 1 })),
        ...(of.orMinimum && { orMinimum: of.orMinimum }),
      },
      { deadlineMs: Math.min(TRY_MS, leftMs()) },
    );
    if (outcome.kind === 'stored') return inTime({ reply: outcome.reply });
    if (outcome.kind === 'refused' && !['contention', 'unavailable'].includes(outcome.refusal.refused)) {
      const code = outcome.refusal.refused;
      tally.refused[code] = (tally.refused[code] ?? 0) + 1;
      return inTime({ reply: undefined });
    }
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 80));
  }
  return undefined;
};

const eventIdsOf = (reply: Stored): string[] => reply.events.map((event) => event.id);

const record = (of: Acceptance, answers: readonly (Definite | undefined)[], tally: Tally): void => {
  if (answers.every((answer) => answer !== undefined)) tally.definite.add(of.commandId);
  const stored = answers.flatMap((answer) => (answer?.reply ? [answer.reply] : []));
  const [first] = stored;
  if (!first) return;
  if (stored.some((reply) => eventIdsOf(reply).join() !== eventIdsOf(first).join())) {
    tally.inconsistent.push(of.commandId);
  }
  if (first.events.some(({ type }) => type === 'muster.offer.left_out.v1')) tally.leftOut += 1;
  tally.stored.push({ org: of.host, commandId: of.commandId, eventIds: eventIdsOf(first) });
};

/** One command in so many is sent twice at once, and one in so many once more when it has its answer. */
const REPEATED = 0.1;

/**
 * Clients that take acceptances from one heap until it is empty. Some are sent twice at once, and some again
 * once they are answered.
 */
export const runClients = async (
  world: World,
  acceptances: readonly Acceptance[],
  clients: number,
  random: Random,
): Promise<Tally> => {
  const heap = [...acceptances];
  const tally: Tally = {
    taken: new Set(),
    definite: new Set(),
    stored: [],
    leftOut: 0,
    refused: {},
    slowestMs: 0,
    retries: 0,
    inconsistent: [],
  };
  const callers = new Map<string, Caller>();
  for (const host of new Set(acceptances.map((each) => each.host)))
    callers.set(host, await world.callerOf(host));
  const client = async (): Promise<void> => {
    for (let of = heap.pop(); of; of = heap.pop()) {
      const next = of;
      const caller = callers.get(next.host);
      if (!caller) throw new Error(`no caller for ${next.host}`);
      tally.taken.add(next.commandId);
      const send = () => untilDefinite(caller, world, next, tally);
      const copies = random.chance(REPEATED) ? 2 : 1;
      const answers = await Promise.all(Array.from({ length: copies }, send));
      if (random.chance(REPEATED)) answers.push(await send());
      record(next, answers, tally);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return tally;
};
