import {
  type CapabilityAdvertised,
  type CapabilityView,
  type Mode,
  refuse,
  type StoredEventView,
  streamName,
} from '@muster/contracts';
import { type Mesh, type Projection, project, type Server, type StoredEvent, serveAsks } from '@muster/mesh';

/** What a test sees of the hub's side, read from the real streams. */
export type TestHub = AsyncDisposable & {
  adverts: ReadonlyMap<string, Seen>;
  home: readonly StoredEvent[];
  /** Capability events in the order of the stream, renewals included. */
  published: readonly StoredEvent[];
};

type Seen = { advert: CapabilityAdvertised; withdrawn: boolean; storedAt: number };

const keyOf = (data: { force: string; capabilityId: string }): string => `${data.force}/${data.capabilityId}`;

const takeAdvert = (adverts: Map<string, Seen>, { event, storedAt }: StoredEvent): void => {
  if (event.type === 'muster.capability.advertised.v1') {
    adverts.set(keyOf(event.data), { advert: event.data, withdrawn: false, storedAt });
  }
  if (event.type === 'muster.capability.withdrawn.v1') {
    const before = adverts.get(keyOf(event.data));
    if (!before) return;
    const advert = { ...before.advert, revision: event.data.revision };
    adverts.set(keyOf(event.data), { advert, withdrawn: true, storedAt });
  }
};

const viewOf = ({ advert, withdrawn, storedAt }: Seen): CapabilityView => ({
  ...advert,
  free: advert.quantity,
  confirmedAt: new Date(storedAt).toISOString(),
  withdrawn,
});

const storedView = ({ seq, subject, envelope, event }: StoredEvent): StoredEventView => ({
  seq,
  subject,
  envelope,
  data: event.data,
});

/** Longest wait for a sequence that an adapter asks for, in milliseconds. */
const WAIT_MS = 5_000;

/** Reads a stream into the list, and anew when the stream was made anew. */
const readInto = (
  mesh: Mesh,
  stream: string,
  events: StoredEvent[],
  take: (stored: StoredEvent) => void = () => undefined,
  forget: () => void = () => undefined,
): Projection =>
  project(mesh, {
    stream,
    dense: false,
    apply: (stored) => {
      events.push(stored);
      take(stored);
    },
    skip: ({ because }) => {
      throw new Error(`the adapter wrote what cannot be read: ${because}`);
    },
    alarm: (alarm) => {
      throw new Error(`integrity: ${JSON.stringify(alarm)}`);
    },
    reset: () => {
      events.length = 0;
      forget();
    },
  });

type Read = { events: StoredEvent[]; projection: Projection };

const serveLedgers = (
  mesh: Mesh,
  mode: Mode,
  { events: home, projection }: Read,
  { events: assistance, projection: ledger }: Read,
): Server =>
  serveAsks(mesh, mode, {
    service: 'request-broker',
    handlers: {
      events: async ({ afterSeq, requestId, limit }) => {
        const found = assistance.filter(
          ({ seq, envelope }) =>
            seq > afterSeq && (requestId === undefined || envelope.correlationId === requestId),
        );
        const events = found.slice(0, limit).map(storedView);
        return { events, lastSeq: ledger.seq(), epoch: ledger.epoch() };
      },
      home: async (query, { org }) => {
        if (!(await projection.waitFor(query.atLeastSeq, WAIT_MS)))
          return refuse('unavailable', 'not read yet');
        const own = home.filter(
          ({ seq, event }) =>
            seq > query.afterSeq &&
            'donor' in event.data &&
            event.data.donor === org &&
            'capabilityId' in event.data &&
            (query.capabilityId === undefined || event.data.capabilityId === query.capabilityId),
        );
        const events = own.slice(0, query.limit).map(storedView);
        const more = own.length > query.limit;
        const lastSeq = more ? (events.at(-1)?.seq ?? 0) : projection.seq();
        return { events, lastSeq, more, epoch: projection.epoch() };
      },
    },
  });

/** Answers what adapters ask at their start, from the real streams, so that no service is needed. */
export const startTestHub = async (broker: Mesh, registry: Mesh, mode: Mode = 'actual'): Promise<TestHub> => {
  const adverts = new Map<string, Seen>();
  const published: StoredEvent[] = [];
  const home: StoredEvent[] = [];
  const assistance: StoredEvent[] = [];
  const capabilities = readInto(
    registry,
    streamName('CAPABILITY', mode),
    published,
    (stored) => takeAdvert(adverts, stored),
    () => adverts.clear(),
  );
  const homes = readInto(broker, streamName('HOME', mode), home);
  const ledger = readInto(broker, streamName('ASSISTANCE', mode), assistance);
  const projections = [capabilities, homes, ledger];
  await Promise.all(projections.map((projection) => projection.caughtUp));
  const servers = [
    serveLedgers(
      broker,
      mode,
      { events: home, projection: homes },
      { events: assistance, projection: ledger },
    ),
    serveAsks(registry, mode, {
      service: 'capability-registry',
      handlers: {
        'capability-search': async ({ force }, { org }) => ({
          items: [...adverts.values()].filter(({ advert }) => advert.force === (force ?? org)).map(viewOf),
        }),
        'capability-show': async ({ force, capabilityId }) => {
          const seen = adverts.get(`${force}/${capabilityId}`);
          return seen
            ? { capability: viewOf(seen), calendar: [] }
            : refuse('not-found', 'no such capability');
        },
      },
    }),
  ];
  return {
    adverts,
    home,
    published,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...servers, ...projections].map((part) => part.stop()));
    },
  };
};
