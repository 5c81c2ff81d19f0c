import { type Mode, streamName } from '@muster/contracts';
import { createLedger, type Ledger } from '@muster/domain';
import { type IntegrityAlarm, type Mesh, type Projection, project, type StoredEvent } from '@muster/mesh';
import { CATCH_UP_MS, FETCH_PARALLEL_MAX, RECENT_EVENTS_MAX } from '../limits.ts';
import { type Archive, createArchive } from './archive.ts';
import { createFence, type Fence } from './fence.ts';
import { createHistory, type History, type HistoryRow } from './history.ts';
import { fetchFrom, lastSequence } from './stream.ts';
import { createWaiters, type Waiters } from './waiters.ts';

/** One stream as this replica has read it. */
export type Reading = {
  projection: Projection;
  history: History;
  archive: Archive;
  news: Waiters<HistoryRow>;
};

/** All that this replica knows, read from the streams and from nowhere else. */
export type Views = {
  ledger: Ledger;
  assistance: Reading;
  home: Reading;
  capability: Projection;
  /** Grows with every event read, so that a decision can tell whether it rests on the present state. */
  version(): number;
  /** Waits until everything stored before the call has been read. */
  fence: Fence;
  /** Events that could not be read, by stream: something for people to look at. */
  skipped(): number;
  caughtUp: Promise<void>;
  /** Resolves with the error when an event could not be taken in: this replica cannot go on. */
  failed: Promise<Error>;
  stop(): Promise<void>;
};

export type ViewsOptions = {
  mesh: Mesh;
  mode: Mode;
  /** Called after the ledger has taken the event in. */
  onAssistance(stored: StoredEvent): void;
  onHome(stored: StoredEvent): void;
  onCapability(stored: StoredEvent): void;
  onAlarm(alarm: IntegrityAlarm): void;
  /** The streams began anew under another epoch: everything read so far is void. */
  onReset(): void;
};

type StreamOptions = {
  kind: 'ASSISTANCE' | 'HOME' | 'CAPABILITY';
  apply(stored: StoredEvent): void;
  skip(seq: number): void;
};

type Followed = { stream: string; projection: Projection };

/** Reads on until everything is in that the streams held when this began. */
const reachAll = async (mesh: Mesh, followed: readonly Followed[]): Promise<boolean> => {
  const reach = async ({ stream, projection }: Followed): Promise<boolean> =>
    projection.waitFor(await lastSequence(mesh, stream), CATCH_UP_MS);
  try {
    return (await Promise.all(followed.map(reach))).every(Boolean);
  } catch (error) {
    mesh.log.warn({ err: error }, 'could not establish how far the streams are');
    return false;
  }
};

export const openViews = (o: ViewsOptions): Views => {
  const { mesh, mode } = o;
  const ledger = createLedger();
  let version = 0;
  let skipped = 0;

  const follow = (stream: StreamOptions): Projection =>
    project(mesh, {
      stream: streamName(stream.kind, mode),
      // Adverts leave their stream when their time is up, so its sequences have gaps by design.
      dense: stream.kind !== 'CAPABILITY',
      apply: (stored) => {
        version += 1;
        ledger.apply(stored);
        stream.apply(stored);
      },
      skip: ({ seq, because }, { log }) => {
        skipped += 1;
        log.error({ because }, 'a stored message cannot be read and is passed over');
        stream.skip(seq);
      },
      alarm: o.onAlarm,
      reset: o.onReset,
    });

  const read = (kind: 'ASSISTANCE' | 'HOME', then: (stored: StoredEvent) => void): Reading => {
    const history = createHistory();
    const news = createWaiters<HistoryRow>();
    const archive = createArchive({
      fetch: fetchFrom(mesh, streamName(kind, mode)),
      recentMax: RECENT_EVENTS_MAX,
      parallelMax: FETCH_PARALLEL_MAX,
    });
    const apply = (stored: StoredEvent): void => {
      archive.add(stored);
      const row = history.add(stored);
      then(stored);
      news.tell(row);
    };
    return { projection: follow({ kind, apply, skip: history.skip }), history, archive, news };
  };

  const assistance = read('ASSISTANCE', o.onAssistance);
  const home = read('HOME', o.onHome);
  const capability = follow({ kind: 'CAPABILITY', apply: o.onCapability, skip: () => undefined });
  const projections: Followed[] = [
    { stream: streamName('ASSISTANCE', mode), projection: assistance.projection },
    { stream: streamName('HOME', mode), projection: home.projection },
    { stream: streamName('CAPABILITY', mode), projection: capability },
  ];

  return {
    ledger,
    assistance,
    home,
    capability,
    version: () => version,
    fence: createFence(() => reachAll(mesh, projections)),
    skipped: () => skipped,
    caughtUp: Promise.all(projections.map((at) => at.projection.caughtUp)).then(() => undefined),
    failed: failureOf(projections.map((at) => at.projection)),
    async stop() {
      assistance.news.stop();
      home.news.stop();
      await Promise.all(projections.map((at) => at.projection.stop()));
    },
  };
};

/** The first projection that ends with an error; one that is merely stopped never resolves this. */
const failureOf = (projections: readonly Projection[]): Promise<Error> =>
  new Promise((resolve) => {
    for (const { closed } of projections) void closed.then((error) => error && resolve(error));
  });
