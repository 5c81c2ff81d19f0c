import { type Mode, type MusterEvent, streamName } from '@muster/contracts';
import type { Health } from '@muster/mesh';
import { type Mesh, type Projection, project, type Server, serveAsks } from '@muster/mesh';
import { cover } from './asks/cover.ts';
import { forecast } from './asks/forecast.ts';
import { search } from './asks/search.ts';
import { show } from './asks/show.ts';
import { viewerFor } from './asks/viewer.ts';
import { type Catalogue, createCatalogue } from './catalogue/catalogue.ts';
import { createTaken, type Taken } from './taken/taken.ts';

export const SERVICE = 'capability-registry';

/** How often ended adverts and spans are swept out, in milliseconds; answers do not depend on it. */
const SWEEP_EVERY_MS = 60_000;

export type Registry = {
  /** Resolves once the registry has read all that is stored and answers queries. */
  ready: Promise<void>;
  health(): Health;
  /** Answers what has been asked, takes nothing new and stops reading. */
  stop(): Promise<void>;
};

type State = { catalogue: Catalogue; taken: Taken };

/** Takes in one stored event; those that say nothing about availability are passed over. */
const take = ({ catalogue, taken }: State, event: MusterEvent, storedAt: number): void => {
  switch (event.type) {
    case 'muster.capability.advertised.v1':
      catalogue.advertised(event.data, new Date(storedAt).toISOString());
      break;
    case 'muster.capability.withdrawn.v1':
      catalogue.withdrawn(event.data, new Date(storedAt).toISOString());
      break;
    case 'muster.booking.changed.v1':
      taken.booked(event);
      break;
    case 'muster.home.recorded.v1':
      taken.recorded(event.data);
      break;
    default:
      break;
  }
};

type Feed = { stream: string; filter?: string; dense: boolean; forget(): void };

const feedsOf = (mode: Mode, { catalogue, taken }: State): Feed[] => [
  // Adverts expire out of their stream and renewals replace each other, so sequences have gaps by design.
  { stream: streamName('CAPABILITY', mode), dense: false, forget: () => catalogue.clear() },
  {
    stream: streamName('ASSISTANCE', mode),
    filter: `${mode}.booking.>`,
    dense: false,
    forget: () => taken.forgetBookings(),
  },
  { stream: streamName('HOME', mode), dense: true, forget: () => taken.forgetUses() },
];

const follow = (mesh: Mesh, feed: Feed, state: State, alarms: string[]): Projection =>
  project(mesh, {
    stream: feed.stream,
    ...(feed.filter === undefined ? {} : { filter: feed.filter }),
    dense: feed.dense,
    apply: ({ event, storedAt }) => take(state, event, storedAt),
    skip: ({ because }, { log }) => log.warn({ service: SERVICE, because }, 'event passed over'),
    alarm: (alarm) => {
      alarms.push(`${feed.stream}: ${JSON.stringify(alarm)}`);
      mesh.log.error({ service: SERVICE, stream: feed.stream, alarm }, 'stream does not add up');
    },
    reset: () => feed.forget(),
  });

const serve = (mesh: Mesh, mode: Mode, state: State): Server => {
  const now = (): string => new Date(mesh.clock.now()).toISOString();
  return serveAsks(mesh, mode, {
    service: SERVICE,
    handlers: {
      'capability-search': (query, { org }) => search(query, viewerFor(org), state, now()),
      'capability-show': (query, { org }) => show(query, viewerFor(org), state, now()),
      cover: (query, { org }) => cover(query, viewerFor(org), state, now()),
      forecast: (query, { org }) => forecast(query, org, state, now()),
    },
  });
};

/** Why the registry does not answer, or undefined while it does. */
type Standing = {
  server: Server | undefined;
  serving: boolean;
  failure: string | undefined;
  stopping: boolean;
};

const reasonOf = ({ serving, failure, stopping }: Standing): string | undefined => {
  if (stopping) return 'stopping';
  if (failure !== undefined) return failure;
  return serving ? undefined : 'reading the streams';
};

/** Starts reading the streams, and answers queries of one mode once all of it is read. */
export const startRegistry = (mesh: Mesh, mode: Mode): Registry => {
  const state: State = { catalogue: createCatalogue(), taken: createTaken() };
  const alarms: string[] = [];
  const standing: Standing = { server: undefined, serving: false, failure: undefined, stopping: false };
  const feeds = feedsOf(mode, state).map((feed) => ({
    stream: feed.stream,
    projection: follow(mesh, feed, state, alarms),
  }));

  for (const { stream, projection } of feeds) {
    void projection.closed.then(async (error) => {
      if (error === undefined) return;
      mesh.log.fatal({ service: SERVICE, stream, err: error }, 'cannot read on');
      standing.failure = `${stream} cannot be read on: ${error.message}`;
      // Better no answer than one that leaves out what came since.
      await standing.server?.stop();
    });
  }

  const ready = Promise.all(feeds.map(({ projection }) => projection.caughtUp)).then(async () => {
    if (reasonOf(standing) !== 'reading the streams') return;
    standing.server = serve(mesh, mode, state);
    await standing.server.ready;
    standing.serving = true;
  });

  const sweeper = setInterval(() => {
    state.catalogue.sweep(mesh.clock.now());
    state.taken.sweep(mesh.clock.now());
  }, SWEEP_EVERY_MS);
  sweeper.unref();

  return {
    ready,
    health: () => {
      const reason = reasonOf(standing);
      return {
        service: SERVICE,
        mode,
        ready: reason === undefined,
        ...(reason === undefined ? {} : { reason }),
        lag: Object.fromEntries(feeds.map(({ stream, projection }) => [stream, projection.lag()])),
        seq: Object.fromEntries(feeds.map(({ stream, projection }) => [stream, projection.seq()])),
        capabilities: state.catalogue.size(),
        alarms,
      };
    },
    stop: async () => {
      standing.stopping = true;
      clearInterval(sweeper);
      await standing.server?.stop();
      await Promise.all(feeds.map(({ projection }) => projection.stop()));
    },
  };
};
