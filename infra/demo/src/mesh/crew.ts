import { StartError } from '../errors.ts';
import { type Child, type ChildSpec, startChild } from './children.ts';
import { type DataDir, writeMeshFile } from './data-dir.ts';

/** The child that all others need. */
export const BROKER = 'nats-server';

/** The children of one start, and what the data folder says of them. */
export type Crew = {
  /**
   * Starts a child and records it at once, so that a start that is killed leaves none unknown.
   * @throws StartError once the children are being ended: nobody would end this one.
   */
  launch(spec: Omit<ChildSpec, 'logs'>): Child;
  /** Records the last sequence of every stream. */
  reached(streams: Record<string, number>): void;
  /** Ends the children; the broker, where it is one of them, after `beforeLast` and all others. */
  stop(beforeLast: () => Promise<void>): Promise<void>;
};

/**
 * @param of.isGiven the broker at the address is none of the children.
 * @param of.known the streams as the last start left them.
 */
export const openCrew = (
  dir: DataDir,
  { url, isGiven, known }: { url: string; isGiven: boolean; known: Record<string, number> },
): Crew => {
  const children: Child[] = [];
  let streams = known;
  let ending = false;
  const record = (): void =>
    writeMeshFile(dir, {
      url,
      keysDir: dir.keys,
      isGiven,
      supervisor: process.pid,
      children: children
        .filter((child) => child.running())
        .map(({ name, pid, mark }) => ({ name, pid, mark })),
      streams,
    });
  return {
    launch: (spec) => {
      if (ending) throw new StartError(`${spec.name} is not started: all is being stopped`);
      const child = startChild({ ...spec, logs: dir.logs });
      children.push(child);
      record();
      return child;
    },
    reached: (now) => {
      streams = now;
      record();
    },
    stop: async (beforeLast) => {
      ending = true;
      const broker = children.find((child) => child.name === BROKER);
      await Promise.all(children.filter((child) => child !== broker).map((child) => child.stop()));
      try {
        await beforeLast();
      } finally {
        await broker?.stop();
        record();
      }
    },
  };
};
