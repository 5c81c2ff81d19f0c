import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ASKS } from '@muster/contracts';
import { createCaller, type Mesh } from '@muster/mesh';
import { ServiceBroker } from 'moleculer';
import { type Comparison, compare, quantile, type Sample } from '../measure.ts';
import { QUERY } from './answer.ts';

const CALLS = 20_000;
const IN_FLIGHT = 64;

export type RegistryResult = {
  rate: Comparison;
  /** Median and 99th percentile of one call at 64 in flight, in milliseconds. */
  latency: { ours: { p50: number; p99: number }; moleculer: { p50: number; p99: number } };
};

const run = async (call: () => Promise<void>, latencies: number[]): Promise<Sample> => {
  let left = CALLS;
  const started = performance.now();
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const from = performance.now();
      await call();
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
  return { count: CALLS, seconds: (performance.now() - started) / 1_000 };
};

const startServer = async (url: string, keysDir: string, plainUrl: string) => {
  const main = fileURLToPath(new URL('./server.ts', import.meta.url));
  const child = spawn(process.execPath, [main, url, keysDir, plainUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};

/**
 * A registry query over the mesh beside a moleculer action call: same server, same processes, same payload,
 * validated at both ends of both.
 * @param plainUrl a server without accounts, since moleculer cannot sign in with an nkey.
 */
export const benchRegistry = async (
  mesh: Mesh,
  url: string,
  keysDir: string,
  plainUrl: string,
): Promise<RegistryResult> => {
  const server = await startServer(url, keysDir, plainUrl);
  const broker = new ServiceBroker({
    nodeID: 'bench-client',
    transporter: { type: 'NATS', options: { url: plainUrl } },
    logger: false,
  });
  await broker.start();
  await broker.waitForServices('registry');
  const caller = createCaller(mesh);
  const { query, answer } = ASKS['capability-search'];
  const latencies = { ours: [] as number[], moleculer: [] as number[] };
  const rate = await compare(
    `registry query, ${IN_FLIGHT} in flight, beside a moleculer action`,
    1,
    () =>
      run(async () => {
        query.parse(QUERY);
        answer.parse(await broker.call('registry.search', QUERY));
      }, latencies.moleculer),
    () =>
      run(async () => {
        const outcome = await caller.ask('exercise', 'kent', 'capability-search', QUERY);
        if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
      }, latencies.ours),
  );
  await broker.stop();
  await server.stop();
  const of = (values: number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) });
  return { rate, latency: { ours: of(latencies.ours), moleculer: of(latencies.moleculer) } };
};
