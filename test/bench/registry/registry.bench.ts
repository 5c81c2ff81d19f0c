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

/** Median and 99th percentile of one call at 64 in flight, in milliseconds. */
export type Latency = { p50: number; p99: number };

export type RegistryResult = {
  /** As a service of the hub asks, within one account, which is what moleculer does. */
  within: Comparison;
  /** As a force asks, from its own account through the imports of design D7. */
  across: Comparison;
  latency: { within: Latency; across: Latency; moleculer: Latency };
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
 * A registry query over the mesh beside a moleculer action call: same machine, same processes, same payload,
 * validated at both ends of both.
 * @param of.plainUrl a server without accounts, since moleculer cannot sign in with an nkey.
 */
export const benchRegistry = async (of: {
  hub: Mesh;
  force: Mesh;
  url: string;
  keysDir: string;
  plainUrl: string;
}): Promise<RegistryResult> => {
  const server = await startServer(of.url, of.keysDir, of.plainUrl);
  const broker = new ServiceBroker({
    nodeID: 'bench-client',
    transporter: { type: 'NATS', options: { url: of.plainUrl } },
    logger: false,
  });
  await broker.start();
  await broker.waitForServices('registry');
  const { query, answer } = ASKS['capability-search'];
  const latencies = { within: [] as number[], across: [] as number[], moleculer: [] as number[] };
  const moleculer = () =>
    run(async () => {
      query.parse(QUERY);
      answer.parse(await broker.call('registry.search', QUERY));
    }, latencies.moleculer);
  const ours = (mesh: Mesh, into: number[]) => {
    const caller = createCaller(mesh);
    return () =>
      run(async () => {
        const outcome = await caller.ask('exercise', 'kent', 'capability-search', QUERY);
        if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
      }, into);
  };
  const name = `registry query, ${IN_FLIGHT} in flight, beside a moleculer action`;
  const within = await compare(`${name}, within one account`, 1, moleculer, ours(of.hub, latencies.within));
  const across = await compare(
    `${name}, from a force's account`,
    1,
    moleculer,
    ours(of.force, latencies.across),
  );
  await broker.stop();
  await server.stop();
  const latency = (values: number[]): Latency => ({
    p50: quantile(values, 0.5),
    p99: quantile(values, 0.99),
  });
  return {
    within,
    across,
    latency: {
      within: latency(latencies.within),
      across: latency(latencies.across),
      moleculer: latency(latencies.moleculer),
    },
  };
};
