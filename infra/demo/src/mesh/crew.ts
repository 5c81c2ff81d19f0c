import { type Child, type ChildSpec, startChild } from './children.ts';
import { type DataDir, writeMeshFile } from './data-dir.ts';

/** The children of one start, and what the data folder says of them. */
export type Crew = {
  /** Starts a child and records it at once, so that a start that is killed leaves none unknown. */
  launch(spec: Omit<ChildSpec, 'logs'>): Child;
  /** Records the last sequence of every stream. */
  reached(streams: Record<string, number>): void;
  /** Ends the children, the first one (the broker) after `beforeLast` and all others. */
  stop(beforeLast: () => Promise<void>): Promise<void>;
};

/** @param known the streams as the last start left them. */
export const openCrew = (dir: DataDir, url: string, known: Record<string, number>): Crew => {
  const children: Child[] = [];
  let streams = known;
  const record = (): void =>
    writeMeshFile(dir, {
      url,
      keysDir: dir.keys,
      supervisor: process.pid,
      children: children
        .filter((child) => child.running())
        .map(({ name, pid, mark }) => ({ name, pid, mark })),
      streams,
    });
  return {
    launch: (spec) => {
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
      const [broker, ...services] = children;
      await Promise.all(services.map((service) => service.stop()));
      try {
        await beforeLast();
      } finally {
        await broker?.stop();
        record();
      }
    },
  };
};
