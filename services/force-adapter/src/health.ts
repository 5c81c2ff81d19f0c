import { createServer } from 'node:http';

/** What the health endpoint says. */
export type Health = { ready: boolean; [fact: string]: unknown };

export type HealthServer = { port: number; stop(): Promise<void> };

/**
 * Serves `/healthz` (the process is alive) and `/readyz` (200 when every force that can be is on the mesh,
 * else 503 with the reasons) on the loopback address. Port 0 takes any free port.
 */
export const serveHealth = async (port: number, health: () => Health): Promise<HealthServer> => {
  const server = createServer((request, response) => {
    const known = request.url === '/healthz' || request.url === '/readyz';
    const state: Record<string, unknown> = known ? health() : { because: 'use /healthz or /readyz' };
    const status = !known ? 404 : request.url === '/readyz' && state.ready !== true ? 503 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(state)}\n`);
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
