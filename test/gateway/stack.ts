import type { Mode } from '@muster/contracts';
import { freePort, type Proxy as Link, startProxy } from '@muster/testkit';
import type { Service } from '../world/children.ts';
import { roster } from '../world/roster.ts';
import { startWorld, type World } from '../world/world.ts';
import { type Person, signIn } from './browser.ts';

export const MODE = 'exercise';
export const FORCES = ['kent', 'essex', 'surrey'];

/** A mesh with everything running, and a gateway in front of it. */
export type Stack = AsyncDisposable & {
  world: World;
  broker: Service;
  gateway: Service;
  /** Each of the services. */
  services: readonly Service[];
  /** Where the gateway is found. */
  base: string;
  /** Between the gateway and the server, if it was asked for. */
  link: Link | undefined;
  as(person: string): Promise<Person>;
};

/**
 * Starts the real services: a broker, the registry, adapters whose answers are left to people, and the gateway.
 * @param how.link with a link between gateway and server that can be spoilt.
 * @param how.alsoModes modes that the gateway serves too, in which nothing else runs.
 */
export const startStack = async (
  env: Record<string, string> = {},
  how: { link?: boolean; alsoModes?: readonly Mode[] } = {},
): Promise<Stack> => {
  const { alsoModes = [] } = how;
  const world = await startWorld({ mode: MODE, alsoModes, forces: FORCES });
  let link: Link | undefined;
  const end = async (): Promise<void> => {
    await world[Symbol.asyncDispose]();
    await link?.[Symbol.asyncDispose]();
  };
  try {
    if (how.link) link = await startProxy({ port: Number(new URL(world.url).port) });
    const port = await freePort();
    const [broker, registry, adapter] = await Promise.all([
      world.service({ name: 'request-broker', label: 'broker' }),
      world.service({ name: 'capability-registry', label: 'registry' }),
      world.adapter(
        'adapter',
        FORCES.map((force) => ({
          force,
          roster: roster([{ id: 'cyber', kind: 'pool', quantity: 4 }]),
          answer: 'person',
          // Surrey's people confirm what is reserved, in the console if they like.
          confirm: force === 'surrey' ? 'person' : 'automatic',
          decisions: 'gateway',
        })),
      ),
    ]);
    const gateway = await world.service({
      name: 'gateway',
      label: 'gateway',
      env: {
        ...{ MUSTER_MODES: [MODE, ...alsoModes].join(','), MUSTER_HTTP_PORT: String(port) },
        ...(link ? { NATS_URL: link.url } : {}),
        ...env,
      },
    });
    const base = env.MUSTER_PUBLIC_URL ?? `http://127.0.0.1:${port}`;
    const people = new Map<string, Promise<Person>>();
    return {
      world,
      broker,
      gateway,
      services: [broker, registry, adapter, gateway],
      base,
      link,
      as: (person) => {
        const known = people.get(person) ?? signIn(base, MODE, person);
        people.set(person, known);
        return known;
      },
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
};

const HOUR_MS = 3_600_000;
export const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** Asks essex and surrey for two cyber officers. */
export const help = (over: object = {}) => ({
  lines: [
    {
      lineId: 'a',
      capabilityCode: 'CY.FCCU',
      quantity: 2,
      minimumQuantity: 1,
      from: inHours(2),
      to: inHours(8),
      reportTo: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
      accreditations: [],
    },
  ],
  terms: {
    urgency: 'IMMEDIATE',
    threatCategory: 'CYBER',
    legalBasis: 'PA96-S24',
    costCategory: 'SPECIALIST_STAFF',
    specialDemandReason: 'ransomware',
    contactDesk: 'duty desk',
  },
  recipients: { kind: 'forces', forces: ['essex', 'surrey'] },
  answerBy: inHours(1),
  ...over,
});

export const offer = (requestId: string, quantity = 1) => ({
  host: 'kent',
  requestId,
  lineId: 'a',
  capabilityId: 'cyber',
  quantity,
  estimatedArrival: inHours(2),
});
