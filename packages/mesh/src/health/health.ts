import { createServer, type ServerResponse } from 'node:http';
import { createMetrics } from '../metrics/metrics.ts';

/** What a service says of itself. `reason` tells what a service that is not ready waits for. */
export type Health = { ready: boolean; reason?: string; [fact: string]: unknown };

export type HealthServer = { port: number; stop(): Promise<void> };

const answer = (response: ServerResponse, path: string | undefined, state: Health): void => {
  const isReadiness = path === '/readyz';
  const isKnown = isReadiness || path === '/healthz';
  const status = !isKnown ? 404 : isReadiness && !state.ready ? 503 : 200;
  const body = isKnown ? state : { because: 'use /healthz, /readyz or /metrics' };
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
};

/**
 * Serves `/healthz` (the process is alive), `/readyz` (200 when it does its work, else 503 with the reason) and
 * `/metrics` (the same as numbers, for Prometheus) on the loopback address. Port 0 takes any free port.
 */
export const serveHealth = async (port: number, health: () => Health): Promise<HealthServer> => {
  const metrics = createMetrics(health);
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      answer(response, request.url, health());
      return;
    }
    metrics.read().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
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
