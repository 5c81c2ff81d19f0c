import type { OfferView, RequestView } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import type { Finding } from '../world/checker.ts';
import type { Service } from '../world/children.ts';
import { type HostedForce, startWorld, type World } from '../world/world.ts';
import { type Body, type Desk, openDesk } from './desk.ts';
import { createHistory, type History } from './history.ts';
import { type HomeDesk, openHomeDesk } from './home.ts';
import { createAcks, findings } from './verify.ts';

/** Longest time for one drill on a machine with other work, in milliseconds. */
export const DRILL_MS_MAX = 120_000;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Longest wait for an offer, in milliseconds. */
const OFFERS_MS = 30_000;

/** Runs exercises in a world: desks, home ledgers, what the ledger says, and the checker at the end. */
export type Drill = {
  world: World;
  history: History;
  desk(org: string): Promise<Desk>;
  home(force: string): Promise<HomeDesk>;
  /** What the independent checker finds. */
  findings(): Promise<Finding[]>;
  /** Forgets all that was read and acknowledged, for an exercise that was reset. */
  forget(): Promise<void>;
};

const cached = <T>(make: (name: string) => Promise<T>): ((name: string) => Promise<T>) => {
  const made = new Map<string, Promise<T>>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
};

export const openDrill = async (world: World): Promise<Drill> => {
  const acks = createAcks();
  const desk = cached((org) => openDesk(world, org, acks));
  const national = await desk('npocc');
  const drill: Drill = {
    world,
    history: createHistory(national),
    desk,
    home: cached((force) => openHomeDesk(world, force)),
    findings: () => findings(world, acks),
    forget: async () => {
      acks.forget();
      drill.history = createHistory(national);
    },
  };
  return drill;
};

/** A drill on a world of its own with one process of each service. */
export type Staffed = { world: World; drill: Drill; broker: Service; registry: Service; adapter: Service };

export const startDrill = async (hosted: readonly HostedForce[]): Promise<Staffed> => {
  const world = await startWorld({ mode: 'exercise', forces: hosted.map(({ force }) => force) });
  const [broker, registry, adapter] = await Promise.all([
    world.service({ name: 'request-broker', label: 'broker' }),
    world.service({ name: 'capability-registry', label: 'registry' }),
    world.adapter('adapter', hosted),
  ]);
  return { world, drill: await openDrill(world), broker, registry, adapter };
};

export type Need = {
  requestId: string;
  from: readonly string[];
  /** Days ahead on which the line begins; it lasts one day. */
  day: number;
  quantity?: number;
  minimumQuantity?: number;
  code?: string;
  /** Time that home has to confirm, in milliseconds; at least 1,000. */
  confirmWithinMs?: number;
  /** Time that the forces have to answer, in milliseconds. */
  answerWithinMs?: number;
};

/** Midnight of that many days ahead. */
export const startOf = (day: number): string =>
  new Date((Math.floor(Date.now() / DAY_MS) + day) * DAY_MS).toISOString();

/** The body of a request with one line. */
export const requestOf = (need: Need): Body<'request-create'> => {
  const { requestId, from, day, quantity = 1, minimumQuantity = 1, code = 'CY.FCCU' } = need;
  const { confirmWithinMs = 60 * MINUTE_MS, answerWithinMs = DAY_MS } = need;
  return {
    commandId: requestId,
    lines: [
      {
        lineId: 'a',
        capabilityCode: code,
        quantity,
        minimumQuantity,
        from: startOf(day),
        to: startOf(day + 1),
        reportTo: { name: 'Here', lat: 52, lon: -1 },
        accreditations: [],
      },
    ],
    terms: {
      urgency: 'IMMEDIATE',
      threatCategory: 'CYBER',
      legalBasis: 'PA96-S24',
      costCategory: 'SPECIALIST_STAFF',
      specialDemandReason: 'drill',
      contactDesk: 'duty desk',
    },
    recipients: { kind: 'forces', forces: [...from] },
    answerBy: new Date(Date.now() + answerWithinMs).toISOString(),
    confirmWithinMinutes: confirmWithinMs / MINUTE_MS,
  };
};

export const viewOf = (desk: Desk, requestId: string, host = desk.org): Promise<RequestView> =>
  desk.answer('request-show', { host, requestId });

/** Waits until so many offers stand open. */
export const openOffers = (desk: Desk, requestId: string, count: number): Promise<OfferView[]> =>
  eventually(
    async () => {
      const { offers } = await viewOf(desk, requestId);
      const open = offers.filter(({ status }) => status === 'made');
      return open.length >= count ? open : undefined;
    },
    { deadlineMs: OFFERS_MS, everyMs: 30, what: `${count} offers for ${requestId}` },
  );

/** Asks, and waits for the one offer that comes of it. */
export const askForOne = async (host: Desk, need: Need): Promise<OfferView> => {
  await host.stored('request-create', requestOf(need));
  const [offer] = await openOffers(host, need.requestId, 1);
  if (!offer) throw new Error(`${need.requestId} has no offer`);
  return offer;
};

export const acceptOf = (requestId: string, ...offers: readonly OfferView[]) => ({
  commandId: `accept-${offers.map(({ offerId }) => offerId).join('-')}`.slice(0, 64),
  requestId,
  accept: offers.map(({ offerId, quantity }) => ({ offerId, quantity })),
});

/** The booking that an accepted offer becomes. */
export const bookingOf = ({ donor, capabilityId, offerId }: OfferView) => ({
  donor,
  capabilityId,
  bookingId: offerId,
});

/** Waits until the clock shows the instant. */
export const untilClock = async (at: string | number): Promise<void> => {
  const atMs = typeof at === 'number' ? at : Date.parse(at);
  await eventually(() => Date.now() >= atMs, { deadlineMs: 60_000, what: `the clock shows ${at}` });
};
