import { flushCompileCache } from 'node:module';
import { MODES } from '@muster/contracts';
import { type Mesh, makeKeys, serveExerciseReset } from '@muster/mesh';
import { because, StartError } from '../errors.ts';
import { checkBlocks, noteBlocks } from './blocks.ts';
import { type BrokerChild, startBroker } from './broker.ts';
import type { Child } from './children.ts';
import { buildConsole } from './console.ts';
import { type Crew, openCrew } from './crew.ts';
import { type DataDir, type MeshFile, readMeshFile } from './data-dir.ts';
import type { GivenBroker } from './given.ts';
import { freePort, isPortTaken } from './health.ts';
import { watchKeys } from './keys.ts';
import { telling } from './progress.ts';
import {
  forceServices,
  type GatewayPlace,
  gatewayUrl,
  peopleServices,
  placeGateway,
  type Service,
  type ServicesOptions,
} from './services.ts';
import { checkStore, connectAs, connectWhenTaken, lastSequences, prepareStreams } from './store.ts';

export type RunningMesh = {
  url: string;
  keysDir: string;
  /** The administrator's connection; another one after its key was replaced. */
  admin(): Mesh;
  /** Resolves with a message when a child stops unasked. */
  failed: Promise<string>;
  /**
   * Starts the gateway and the alerters, which share nothing themselves: so the forces need not wait for them.
   * Resolves when they are ready; without one where there is no key for the gateway.
   * @throws StartError with one message that a person can act on; the signal's reason when it is stopped.
   */
  openToPeople(wanted: GatewayPlace): Promise<PeopleAccess | undefined>;
  stop(): Promise<void>;
};

export type PeopleAccess = {
  gatewayUrl: string;
  /** Alerters are there, which call people out of hours. */
  hasAlerters: boolean;
};

export type UpOptions = Omit<ServicesOptions, 'url'> & {
  port: number;
  /** A broker that runs already; without, one is started on the port. */
  given: GivenBroker | undefined;
};

/** Where the broker will be. @throws StartError when the port is taken. */
const addressOf = async ({ port, given }: UpOptions): Promise<{ url: string; port: number }> => {
  if (given) return { url: given.url, port };
  if (port !== 0 && (await isPortTaken(port))) {
    throw new StartError(
      `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another with --port N (0 takes any free one).`,
    );
  }
  const free = port === 0 ? await freePort() : port;
  return { url: `nats://127.0.0.1:${free}`, port: free };
};

/** What the last start knew of its broker's streams says nothing about another broker. */
const isSameBroker = (previous: MeshFile, given: GivenBroker | undefined): boolean =>
  given ? previous.isGiven && previous.url === given.url : !previous.isGiven;

/**
 * Starts the broker and the services of the forces on a data folder and waits until they are ready. What was started is ended again
 * when anything goes wrong or the start is stopped.
 * @throws StartError with one message that a person can act on; the signal's reason when it is stopped.
 */
export const bringUp = async (place: DataDir, options: UpOptions): Promise<RunningMesh> => {
  const { stopped, given } = options;
  const dir = given ? { ...place, keys: given.keysDir } : place;
  const previous = readMeshFile(dir.root);
  const { url, port } = await addressOf(options);
  stopped.throwIfAborted();
  if (!given) makeKeys(dir.keys);
  const known = previous && isSameBroker(previous, given) ? previous.streams : {};
  const crew = openCrew(dir, { url, isGiven: given !== undefined, known });
  let admin: Mesh | undefined;
  try {
    const broker = given ? undefined : await openBroker(dir, crew, port, options);
    admin = await connectAs(dir.keys, 'hub-admin', url);
    await checkStore(admin, known, given ? url : dir.store);
    stopped.throwIfAborted();
    await prepareStreams(admin, options.modes);
    crew.reached(await lastSequences(admin));
    // So that also those of a first start find what they share with this process compiled.
    flushCompileCache();
    const services = forceServices(dir, crew, { ...options, url });
    for (const service of services) await service.start();
    for (const service of services) await service.ready();
    return running(dir, { options: { ...options, url }, admin, crew, broker, services });
  } catch (error) {
    await crew.stop(async () => admin?.close());
    throw error;
  }
};

const openBroker = async (dir: DataDir, crew: Crew, port: number, { stopped, say }: UpOptions) => {
  await telling(say, () => 'looking whether the store is whole', checkBlocks(dir));
  stopped.throwIfAborted();
  return telling(
    say,
    () => 'waiting for the broker to open its store',
    startBroker(dir, crew, port, stopped),
  );
};

type Parts = {
  options: ServicesOptions;
  admin: Mesh;
  crew: Crew;
  /** Ours, if it is. */
  broker: BrokerChild | undefined;
  /** Those of the forces, which are ready. */
  services: readonly Service[];
};

/** Resolves with a message when a child that it watches stops before it was let go. */
const watchOver = (dir: DataDir) => {
  const watched = new Set<Child>();
  const failed = Promise.withResolvers<string>();
  return {
    failed: failed.promise,
    watch: (child: Child): void => {
      watched.add(child);
      void child.exited.then((code) => {
        if (!watched.has(child)) return;
        failed.resolve(
          `${child.name} stopped unasked (exit ${code}); its log is in ${dir.logs}:\n${child.logTail()}`,
        );
      });
    },
    letGo: (child: Child): void => {
      watched.delete(child);
    },
  };
};

const running = (dir: DataDir, { options, crew, broker, ...parts }: Parts): RunningMesh => {
  const { url, say } = options;
  const services = [...parts.services];
  let { admin } = parts;
  let stopping = false;
  let opening: Promise<unknown> = Promise.resolve();
  // Of this machine alone: whoever started all of this may begin the exercise anew by the console, too.
  let resetter = serveExerciseReset(admin);
  const over = watchOver(dir);
  const children = (): Child[] => [
    ...(broker ? [broker.child] : []),
    ...services.map((service) => service.child()),
  ];
  for (const child of children()) over.watch(child);

  /** Has the broker take new keys; whoever holds an old one of the hub is started again with the new one. */
  const rekey = async (users: string[]): Promise<void> => {
    await Promise.allSettled([opening]);
    if (stopping || !broker) return;
    const held = services.filter((service) => service.connectsAs(users));
    for (const service of held) over.letGo(service.child());
    await Promise.all(held.map((service) => service.child().stop()));
    broker.reload();
    const probe = await connectWhenTaken(dir.keys, users, url);
    if (users.includes('hub-admin')) {
      await resetter.stop();
      await admin.close();
      admin = await connectWhenTaken(dir.keys, ['hub-admin'], url);
      resetter = serveExerciseReset(admin);
    }
    await probe.close();
    for (const service of held) {
      await service.start();
      over.watch(service.child());
      await service.ready();
    }
    say(`new keys are in use: ${users.length > 4 ? `${users.length} users` : users.join(', ')}`);
  };
  const keys = watchKeys(dir.keys, rekey, (error) => {
    if (!stopping) say(`new keys are not in use: ${because(error)}`);
  });

  const open = async (wanted: GatewayPlace): Promise<PeopleAccess | undefined> => {
    // Those of a mode that is not played in need not keep the forces waiting either.
    await prepareStreams(admin, MODES);
    const place = await placeGateway(dir.keys, wanted);
    if (!place) return undefined;
    await buildConsole(options);
    const { gateway, alerters } = peopleServices(dir, crew, place, options);
    for (const service of [gateway, ...alerters]) {
      await service.start();
      services.push(service);
      over.watch(service.child());
    }
    for (const service of [gateway, ...alerters]) await service.ready();
    return { gatewayUrl: gatewayUrl(place.port), hasAlerters: alerters.length > 0 };
  };

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await keys.stop();
    await resetter.stop();
    for (const child of children()) over.letGo(child);
    const isInOrder = broker?.child.running() ?? true;
    await crew.stop(async () => {
      try {
        if (isInOrder) crew.reached(await lastSequences(admin));
      } finally {
        await admin.close();
      }
    });
    if (broker && isInOrder) await noteBlocks(dir);
  };
  return {
    url,
    keysDir: dir.keys,
    admin: () => admin,
    failed: over.failed,
    openToPeople: (wanted) => {
      const access = open(wanted);
      opening = access;
      return access;
    },
    stop,
  };
};
