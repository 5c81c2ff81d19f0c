import { createServer } from 'node:net';

/** A port of 127.0.0.1 that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

/** True when something already listens there. */
export const isPortTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });

/** How long between two looks at a service that is not ready, in milliseconds. */
const LOOK_EVERY_MS = 50;

export type Readiness = { ready: boolean; detail: unknown };

const look = async (port: number): Promise<Readiness> => {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return { ready: answer.ok, detail: await answer.json() };
  } catch (error) {
    return { ready: false, detail: error instanceof Error ? error.message : String(error) };
  }
};

/**
 * Waits until a service answers that it is ready.
 * @param seen gets every answer.
 * @returns the last answer; `ready` is false when the deadline passed or `alive` turned false.
 */
export const untilReady = async (
  port: number,
  deadlineMs: number,
  alive: () => boolean,
  seen: (state: Readiness) => void,
): Promise<Readiness> => {
  const deadline = Date.now() + deadlineMs;
  let last = await look(port);
  while (!last.ready && alive() && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    last = await look(port);
    seen(last);
  }
  return last;
};
