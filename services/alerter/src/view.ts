import { type Mode, streamName } from '@muster/contracts';
import { createLedger, type Ledger } from '@muster/domain';
import { type Mesh, type Projection, project } from '@muster/mesh';

/** What waits is found in this: the facts of one mode, read from the streams. */
export type View = {
  ledger: Ledger;
  ready: Promise<void>;
  /** Whether it has been read to where the streams ended at the start, and goes on. */
  isReady(): boolean;
  /** Whether all of it is of the life of the mode with this name: an exercise that begins anew has another. */
  isOf(epoch: string): boolean;
  /** Why this cannot go on, if it cannot. */
  failure(): string | undefined;
  stop(): Promise<void>;
};

/** @param onReset hears that an exercise began anew. */
export const openView = (mesh: Mesh, mode: Mode, onReset: () => void): View => {
  const ledger = createLedger();
  let isReady = false;
  let failure: string | undefined;
  const follow = (kind: 'CAPABILITY' | 'ASSISTANCE' | 'HOME'): Projection => {
    const stream = streamName(kind, mode);
    const projection = project(mesh, {
      stream,
      dense: kind !== 'CAPABILITY',
      apply: (stored) => void ledger.apply(stored),
      skip: (raw) => mesh.log.error({ stream, ...raw }, 'a stored message cannot be read and is passed over'),
      alarm: (alarm) => mesh.log.error({ stream, alarm }, 'stream does not add up'),
      reset: () => {
        ledger.reset(kind);
        onReset();
      },
    });
    void projection.closed.then((error) => {
      if (error) failure = `${stream} cannot be read on: ${error.message}`;
    });
    return projection;
  };
  const all = (['ASSISTANCE', 'HOME', 'CAPABILITY'] as const).map(follow);
  return {
    ledger,
    ready: Promise.all(all.map(({ caughtUp }) => caughtUp)).then(() => {
      isReady = true;
    }),
    isReady: () => isReady && failure === undefined,
    isOf: (epoch) => all.every((each) => each.epoch() === epoch),
    failure: () => failure,
    stop: async () => {
      await Promise.all(all.map((each) => each.stop()));
    },
  };
};
