import type {
  AskAnswer,
  AskName,
  AskQuery,
  CapabilityAdvertised,
  CommandName,
  CommandStored,
  Mode,
  Refusal,
} from '@muster/contracts';
import {
  type Caller,
  type Clock,
  type CommandInput,
  createAppender,
  createCaller,
  type Mesh,
  systemClock,
} from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually, type Broker as Server } from '@muster/testkit';
import { noFaults } from '../faults.ts';
import { type Broker, startBroker } from '../service.ts';
import { straightLine, type TravelPort } from '../travel/port.ts';
import { advertOf } from './samples.ts';

export const ORGS = ['kent', 'essex', 'surrey', 'npocc', 'ricc-eastern'];

/** A mesh with one or more replicas of the broker inside the test's own process. */
export type World = AsyncDisposable & {
  muster: Muster & { readonly broker: Server };
  mode: Mode;
  as(org: string): Promise<Org>;
  /** One more replica; its clock may be set wrong, and it may know the roads. */
  replica(clock?: Clock, travel?: TravelPort): Promise<Broker>;
  /** Publishes an advert and waits until the ledger has its genesis record. */
  advertise(force: string, capabilityId: string, over?: Partial<CapabilityAdvertised>): Promise<void>;
};

/** One organisation with its credentials. */
export type Org = {
  mesh: Mesh;
  caller: Caller;
  /** @throws when it is not stored. */
  stored<N extends CommandName>(name: N, body: CommandInput<N>): Promise<CommandStored>;
  refused<N extends CommandName>(name: N, body: CommandInput<N>): Promise<Refusal>;
  /** @throws when it is refused. */
  answer<N extends AskName>(name: N, query: AskQuery<N>): Promise<AskAnswer<N>>;
};

const orgOf = (mesh: Mesh, mode: Mode, org: string): Org => {
  const caller = createCaller(mesh);
  return {
    mesh,
    caller,
    async stored(name, body) {
      const outcome = await caller.command(mode, org, name, body);
      if (outcome.kind !== 'stored') throw new Error(`${name} by ${org}: ${JSON.stringify(outcome)}`);
      return outcome.reply;
    },
    async refused(name, body) {
      const outcome = await caller.command(mode, org, name, body);
      if (outcome.kind !== 'refused') throw new Error(`${name} by ${org}: ${JSON.stringify(outcome)}`);
      return outcome.refusal;
    },
    async answer(name, query) {
      const outcome = await caller.ask(mode, org, name, query);
      if (outcome.kind !== 'answer') throw new Error(`${name} by ${org}: ${JSON.stringify(outcome)}`);
      return outcome.answer;
    },
  };
};

export const startWorld = async (mode: Mode = 'actual'): Promise<World> => {
  const muster = await startMuster({ orgs: ORGS, modes: [mode], syncAlways: false });
  const brokers: Broker[] = [];
  const orgs = new Map<string, Promise<Org>>();

  const as = (org: string): Promise<Org> => {
    const known = orgs.get(org);
    if (known) return known;
    const fresh = muster.connect(`${org}.${mode}`).then((mesh) => orgOf(mesh, mode, org));
    orgs.set(org, fresh);
    return fresh;
  };
  const replica = async (clock: Clock = systemClock, travel: TravelPort = straightLine): Promise<Broker> => {
    const mesh = await muster.connect('hub-broker', { clock });
    const appender = createAppender(mesh);
    const broker = startBroker({ mesh, mode, appender, fault: noFaults, random: Math.random, travel });
    brokers.push(broker);
    await broker.ready;
    return broker;
  };
  const advertise: World['advertise'] = async (force, capabilityId, over = {}) => {
    const { mesh } = await as(force);
    const data = advertOf(force, capabilityId, over);
    const writer = {
      org: force,
      commandId: `advert-${capabilityId}-${data.revision}`,
      source: `/muster/${force}/test`,
      actor: `${force}/adapter/test`,
      time: new Date().toISOString(),
      classification: 'OFFICIAL',
    } as const;
    const event = { type: 'muster.capability.advertised.v1', data } as const;
    const outcome = await createAppender(mesh).publishState(mode, event, writer, 3_600);
    if (outcome.kind !== 'stored') throw new Error(`advert not stored: ${JSON.stringify(outcome)}`);
    const subject = `${mode}.booking.${force}.${capabilityId}`;
    await eventually(
      () =>
        muster.admin.jsm.streams.getMessage(`ASSISTANCE_${mode.toUpperCase()}`, { last_by_subj: subject }),
      { what: `genesis of ${force}/${capabilityId}` },
    );
  };

  return {
    muster,
    mode,
    as,
    replica,
    advertise,
    async [Symbol.asyncDispose]() {
      await Promise.all(brokers.map((broker) => broker.stop()));
      await muster[Symbol.asyncDispose]();
    },
  };
};
