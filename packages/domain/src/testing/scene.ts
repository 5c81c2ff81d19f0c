import {
  type CapabilityAdvertised,
  type Command,
  type CommandBody,
  type CommandName,
  eventId,
  isRefusal,
  type MusterEvent,
  type RefusalCode,
  type StreamKind,
  streamOf,
  subjectOf,
} from '@muster/contracts';
import type { BookingStatus } from '../booking/state.ts';
import { decideHome, type HomeInput, type HomePolicy } from '../home/decide.ts';
import { decide } from '../ledger/decide.ts';
import { createLedger, type Ledger, type StoredFact } from '../ledger/ledger.ts';
import { type Decision, type InternalCommand, isHomeDecision, type LedgerCommand } from '../ledger/view.ts';
import type { RequestState } from '../request/state.ts';
import { actor, advert, createBody, envelopeOf, START } from './samples.ts';

type BookingEvent = MusterEvent<'muster.booking.changed.v1'>;

/** A ledger with a clock and streams of its own, for specs that say what is given, done and expected. */
export const startScene = () => {
  const ledger: Ledger = createLedger();
  const stored: StoredFact[] = [];
  const last: Record<StreamKind, number> = { CAPABILITY: 0, ASSISTANCE: 0, HOME: 0, TIMERS: 0, ALERTS: 0 };
  let now = START;
  let count = 0;

  const store = (events: readonly MusterEvent[], org: string, commandId: string): MusterEvent[] => {
    for (const [index, event] of events.entries()) {
      const stream = streamOf(event.type);
      last[stream] += 1;
      const envelope = envelopeOf(event, eventId({ org, commandId, n: index + 1 }), now);
      const fact = { seq: last[stream], subject: subjectOf('exercise', event), envelope, event };
      stored.push(fact);
      ledger.apply(fact);
    }
    return [...events];
  };

  const identity = (command: LedgerCommand): [string, string] => {
    if ('body' in command) return [command.org, command.body.commandId];
    count += 1;
    return ['hub', `internal-${count}`];
  };

  /** Decides without storing. */
  const attempt = (command: LedgerCommand): Decision => decide(command, ledger.view, now);

  /** Decides and stores; a refusal fails the spec. */
  const run = (command: LedgerCommand): MusterEvent[] => {
    const decision = attempt(command);
    if (isRefusal(decision)) {
      throw new Error(`${command.name} was refused: ${decision.refused}, ${decision.because}`);
    }
    return store(decision.events, ...identity(command));
  };

  /** Sends a command of an organisation. */
  const send = <N extends CommandName>(
    name: N,
    org: string,
    body: Omit<CommandBody<N>, 'actor' | 'classification'>,
  ): MusterEvent[] => run(commandOf(name, org, body));

  const commandOf = <N extends CommandName>(
    name: N,
    org: string,
    body: Omit<CommandBody<N>, 'actor' | 'classification'>,
  ): Command => ({ name, org, body: { actor, classification: 'OFFICIAL', ...body } }) as unknown as Command;

  const refusalOf = (command: LedgerCommand): RefusalCode | undefined => {
    const decision = attempt(command);
    return isRefusal(decision) ? decision.refused : undefined;
  };

  const advertise = (over: Partial<CapabilityAdvertised> = {}): void => {
    const data = advert(over);
    store([{ type: 'muster.capability.advertised.v1', data }], data.force, `ad-${data.capabilityId}`);
    const { force: donor, capabilityId } = data;
    const capabilities = [{ donor, capabilityId }];
    run({ name: 'open-bookings', capabilities });
  };

  const internal = (command: InternalCommand): MusterEvent[] => run(command);

  /** What the hub has said of a capability and its home ledger has not taken in yet. */
  const unseen = (donor: string, capabilityId: string): BookingEvent[] => {
    const seen = ledger.view.home(donor, capabilityId)?.seenVersion ?? 0;
    return stored
      .map(({ event }) => event)
      .filter((event) => event.type === 'muster.booking.changed.v1')
      .filter(
        ({ data }) =>
          data.donor === donor && data.capabilityId === capabilityId && data.bookingVersion > seen,
      );
  };

  /** Records one input in a home ledger. */
  const atHome = (
    donor: string,
    capabilityId: string,
    input: HomeInput,
    policy: HomePolicy = { policy: 'automatic' },
  ): MusterEvent[] => {
    const facts = { advert: ledger.view.advert(donor, capabilityId)?.data, now, policy };
    const decision = decideHome(input, ledger.view.home(donor, capabilityId), facts);
    if (isRefusal(decision)) throw new Error(`home refused: ${decision.refused}, ${decision.because}`);
    count += 1;
    return store(decision.events, donor, `home-${count}`);
  };

  /** Tells the hub what home records decided. */
  const tellHub = (events: readonly MusterEvent[]): MusterEvent[] =>
    events.flatMap((event) => {
      if (event.type !== 'muster.home.recorded.v1') return [];
      const { donor, capabilityId, homeVersion, entries } = event.data;
      return entries
        .filter(isHomeDecision)
        .flatMap((entry) =>
          run({ name: 'home-decided', donor, capabilityId, homeVersion, entry, homeEventId: 'e' }),
        );
    });

  /** The home force takes in all that the hub said, answers by its policy, and the hub takes the answers in. */
  const settle = (donor: string, capabilityId: string, policy?: HomePolicy): MusterEvent[] =>
    unseen(donor, capabilityId).flatMap(({ data }) =>
      tellHub(atHome(donor, capabilityId, { kind: 'hub', event: data }, policy)),
    );

  const request = (id = 'r1', host = 'kent'): RequestState => {
    const state = ledger.view.request(host, id);
    if (!state) throw new Error(`there is no request ${id}`);
    return state;
  };

  return {
    ledger,
    stored,
    now: () => now,
    setNow: (to: string): void => {
      now = to;
    },
    attempt,
    run,
    send,
    internal,
    commandOf,
    refusalOf,
    store,
    advertise,
    atHome,
    tellHub,
    settle,
    unseen,
    request,
    ask: (over: Partial<CommandBody<'request-create'>> = {}, host = 'kent') =>
      send('request-create', host, createBody(over)),
    offer: (offerId: string, over: Partial<CommandBody<'offer-make'>> = {}, donor = 'sussex') =>
      send('offer-make', donor, offerBody(offerId, over)),
    accept: (...offers: [string, number][]) => {
      count += 1;
      return send('offer-accept', 'kent', {
        commandId: `accept-${count}`,
        requestId: 'r1',
        accept: offers.map(([offerId, quantity]) => ({ offerId, quantity })),
      });
    },
    bookingStatus: (donor: string, capabilityId: string, bookingId: string): BookingStatus | undefined =>
      ledger.view.bookings(donor, capabilityId)?.bookings.get(bookingId)?.status,
  };
};

export type Scene = ReturnType<typeof startScene>;

export const offerBody = (
  offerId: string,
  over: Partial<CommandBody<'offer-make'>> = {},
): CommandBody<'offer-make'> => ({
  commandId: offerId,
  actor,
  classification: 'OFFICIAL',
  host: 'kent',
  requestId: 'r1',
  lineId: 'l1',
  capabilityId: 'psu-1',
  quantity: 1,
  estimatedArrival: '2026-12-07T11:00:00.000Z',
  ...over,
});

export const typesOf = (events: readonly MusterEvent[]): string[] =>
  events.map(({ type }) => type.replace(/^muster\.|\.v1$/g, ''));
