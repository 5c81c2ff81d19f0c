import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FORCES, type Mode, NATIONAL_CENTRE } from '@muster/contracts';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { writeAdapterConfig } from './adapters.ts';
import type { Child } from './children.ts';
import type { Crew } from './crew.ts';
import { adaptersFile, type DataDir } from './data-dir.ts';
import { freePort, isPortTaken, untilReady } from './health.ts';
import { telling } from './progress.ts';

/** How long a service may take to be ready, in milliseconds. */
const SERVICES_START_MS = 60_000;

const SERVICES = ['request-broker', 'capability-registry', 'force-adapter'] as const;

const GATEWAY_USER = 'hub-gateway';
const ALERTER_USER = 'hub-alerter';

/** The user as whom a service connects; the adapter takes up new keys of its forces by itself. */
const USERS: Readonly<Partial<Record<ServiceName, string>>> = {
  'request-broker': 'hub-broker',
  'capability-registry': 'hub-registry',
  gateway: GATEWAY_USER,
  alerter: ALERTER_USER,
};

type ServiceName = (typeof SERVICES)[number] | 'gateway' | 'alerter';

/**
 * A small young generation and a bounded old one (MiB): the services of one machine are idle for most of the time, and
 * a quarter of their memory would otherwise be garbage that nobody has collected yet. V8 lets a heap that may become
 * large grow by more before it collects.
 */
const NODE_FLAGS = ['--max-semi-space-size=2', '--max-old-space-size=512'];

/** The C library of Linux keeps a pool of memory for each of Node's threads; most of these have little to do. */
const MALLOC_ARENAS_MAX = 2;

/** How far the adapter has come, where it is the adapter that answered. */
const standingOf = (detail: unknown): string => {
  const seen = adapterHealth.safeParse(detail);
  return seen.success ? `: ${seen.data.onMesh} of ${seen.data.forces.length} forces are on the mesh` : '';
};

const adapterHealth = z.object({ onMesh: z.int(), forces: z.array(z.unknown()) });

/** One service, which can be started again. */
export type Service = {
  /** The process of now. */
  child(): Child;
  /** Connects as one of these users. */
  connectsAs(users: readonly string[]): boolean;
  start(): Promise<void>;
  /** @throws StartError when it does not become ready in time. */
  ready(): Promise<void>;
};

export type GatewayPlace = {
  port: number;
  /** Organisations that people may sign in for, beside the usual ones. */
  people: readonly string[];
  /** The file that says whom the alerter calls for which desk. */
  desksFile: string;
};

/**
 * Where the gateway will listen: on another port if that one is taken. None where it has no key, since whoever
 * runs a broker of their own need not have one for it.
 */
export const placeGateway = async (
  keysDir: string,
  wanted: GatewayPlace,
): Promise<GatewayPlace | undefined> => {
  if (!existsSync(join(keysDir, `${GATEWAY_USER}.nk`))) return undefined;
  const isFree = wanted.port !== 0 && !(await isPortTaken(wanted.port));
  return isFree ? wanted : { ...wanted, port: await freePort() };
};

export type ServicesOptions = {
  url: string;
  forces: readonly string[] | undefined;
  /** Modes whose services are started; the last one is played in. */
  modes: readonly Mode[];
  /** Forces whose adapter, in the mode that is played in, leaves answers to a person. */
  desks: readonly string[];
  repository: string;
  stopped: AbortSignal;
  say: (line: string) => void;
};

/** The services by which forces share what they have, none of them started yet. */
export const forceServices = (dir: DataDir, crew: Crew, options: ServicesOptions): Service[] => {
  const forces = options.forces ?? FORCES.map((force) => force.id);
  return options.modes.flatMap((mode) => {
    const desks = mode === options.modes.at(-1) ? options.desks : [];
    const adapterConfig = writeAdapterConfig(dir, options.repository, adaptersFile(mode), forces, desks);
    return SERVICES.map((name) => {
      const args = name === 'force-adapter' ? [adapterConfig] : [];
      return serviceOf(dir, crew, { name, mode, args }, options);
    });
  });
};

/** The services by which people see them, none of them started yet. */
export const peopleServices = (
  dir: DataDir,
  crew: Crew,
  gateway: GatewayPlace,
  options: ServicesOptions,
): { gateway: Service; alerters: Service[] } => {
  const env = {
    MUSTER_MODES: options.modes.join(','),
    MUSTER_HTTP_PORT: String(gateway.port),
    MUSTER_DEMO_ORGS: gateway.people.join(','),
    MUSTER_PRINT_DIR: dir.pictures,
    MUSTER_PRINT_ORGS: [NATIONAL_CENTRE, ...gateway.people].join(','),
  };
  // One for all modes.
  const spec = { name: 'gateway', mode: 'actual', args: [], env } as const;
  return {
    gateway: serviceOf(dir, crew, spec, options),
    alerters: alertersOf(dir, crew, gateway, options),
  };
};

/** One for each mode; none where there is no key for it. */
const alertersOf = (
  dir: DataDir,
  crew: Crew,
  { port, desksFile }: GatewayPlace,
  options: ServicesOptions,
): Service[] => {
  if (!existsSync(join(dir.keys, `${ALERTER_USER}.nk`))) return [];
  const env = { MUSTER_DESKS_FILE: desksFile, MUSTER_PUBLIC_URL: gatewayUrl(port) };
  return options.modes.map((mode) => serviceOf(dir, crew, { name: 'alerter', mode, args: [], env }, options));
};

/** Where people find a gateway of this machine. */
export const gatewayUrl = (port: number): string => `http://127.0.0.1:${port}`;

type ServiceSpec = {
  name: ServiceName;
  mode: Mode;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
};

const serviceOf = (
  dir: DataDir,
  crew: Crew,
  { name, mode, args, env }: ServiceSpec,
  { url, repository, stopped, say }: ServicesOptions,
): Service => {
  const label = mode === 'actual' ? name : `${name}-${mode}`;
  let port = 0;
  let running: Child | undefined;
  const child = (): Child => {
    if (!running) throw new Error(`the ${label} was not started`);
    return running;
  };
  return {
    child,
    connectsAs: (users) => users.includes(USERS[name] ?? ''),
    start: async () => {
      port = await freePort();
      stopped.throwIfAborted();
      running = crew.launch({
        name: label,
        command: process.execPath,
        args: [
          ...NODE_FLAGS,
          join(repository, 'services', name, 'src', 'main.ts'),
          ...args,
          `--data=${dir.root}`,
        ],
        env: {
          NATS_URL: url,
          MUSTER_KEYS_DIR: dir.keys,
          MUSTER_MODE: mode,
          MUSTER_HEALTH_PORT: String(port),
          LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
          MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? String(MALLOC_ARENAS_MAX),
          ...(process.env.MUSTER_OSRM_URL && { MUSTER_OSRM_URL: process.env.MUSTER_OSRM_URL }),
          ...env,
        },
        mark: `--data=${dir.root}`,
      });
    },
    ready: async () => {
      const { running: isRunning, logTail } = child();
      let standing = '';
      const ready = untilReady(
        port,
        SERVICES_START_MS,
        () => isRunning() && !stopped.aborted,
        ({ detail }) => {
          standing = standingOf(detail);
        },
      );
      const state = await telling(say, () => `waiting for the ${label}${standing}`, ready);
      stopped.throwIfAborted();
      if (state.ready) return;
      throw new StartError(
        `${label} did not become ready: ${JSON.stringify(state.detail)}. Its log is ${join(dir.logs, `${label}.log`)}; its last lines:\n${logTail()}`,
      );
    },
  };
};
