import { createServer } from 'node:http';

/** What a service says of itself. `reason` tells what a service that is not ready waits for. */
export type Health = { ready: boolean; reason?: string; [fact: string]: unknown };

export type HealthServer = { port: number; stop(): Promise<void> };

/**
 * Serves `/healthz` (the process is alive) and `/readyz` (200 when it does its work, else 503 with the
 * reason) on the loopback address. Port 0 takes any free port.
 */
export const serveHealth = async (port: number, health: () => Health): Promise<HealthServer> => {
  const server = createServer((request, response) => {
    const state = health();
    const isReadiness = request.url === '/readyz';
    const isKnown = isReadiness || request.url === '/healthz';
    const status = !isKnown ? 404 : isReadiness && !state.ready ? 503 : 200;
    const body = isKnown ? state : { because: 'use /healthz or /readyz' };
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
