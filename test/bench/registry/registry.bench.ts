import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ASKS } from '@muster/contracts';
import { createCaller, inboxPrefixOf, type Mesh, publicKeys } from '@muster/mesh';
import { ServiceBroker } from 'moleculer';
import { type Comparison, comparison, inTurns, type Job, quantile, type Sample } from '../measure.ts';
import { QUERY } from './answer.ts';
import { rawCaller } from './raw.ts';

const CALLS = 20_000;
/** Calls that wait for their answers at a time. */
export const IN_FLIGHT = 64;

/** Median and 99th percentile of one call at 64 in flight, in milliseconds. */
export type Latency = { p50: number; p99: number };

export type RegistryResult = {
  /** Beside moleculer: as a service of the hub asks, within one account, which is what moleculer does. */
  within: Comparison;
  /** Beside moleculer: as a force asks, from its own account through the imports of design D7. */
  across: Comparison;
  /** The client alone beside moleculer, as a force asks: what any code of ours could reach at best. */
  clientAcross: Comparison;
  /** The first two beside the client alone, through the same accounts: what our own code costs. */
  raw: { within: Comparison; across: Comparison };
  latency: { within: Latency; across: Latency; clientAcross: Latency; moleculer: Latency };
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
 * A registry query over the mesh beside a moleculer action call, and beside the client alone: same machine, same
 * processes, same payload, the query validated where it arrives and the answer where it leaves and where it arrives.
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
  const { answer } = ASKS['capability-search'];
  const latencies = {
    moleculer: [] as number[],
    within: [] as number[],
    across: [] as number[],
    clientAcross: [] as number[],
  };
  const ask = (mesh: Mesh) => {
    const caller = createCaller(mesh);
    return async (): Promise<void> => {
      const outcome = await caller.ask('exercise', 'kent', 'capability-search', QUERY);
      if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
    };
  };
  const job =
    (call: () => Promise<void>, into: number[] = []): Job =>
    (round) =>
      run(call, round === 0 ? [] : into);
  const keys = publicKeys(of.keysDir);
  const raw = (mesh: Mesh, user: string) => rawCaller(mesh, inboxPrefixOf(keys[user] ?? ''));
  const moleculer = async (): Promise<void> => {
    answer.parse(await broker.call('registry.search', QUERY));
  };
  const rates = await inTurns({
    moleculer: job(moleculer, latencies.moleculer),
    within: job(ask(of.hub), latencies.within),
    across: job(ask(of.force), latencies.across),
    clientWithin: job(raw(of.hub, 'hub-admin')),
    clientAcross: job(raw(of.force, 'kent.exercise'), latencies.clientAcross),
  });
  await broker.stop();
  await server.stop();
  const latency = (values: number[]): Latency => ({
    p50: quantile(values, 0.5),
    p99: quantile(values, 0.99),
  });
  const name = `registry query, ${IN_FLIGHT} in flight, beside a moleculer action`;
  const fromForce = "from a force's account";
  return {
    within: comparison(`${name}, within one account`, 1, rates.moleculer, rates.within),
    across: comparison(`${name}, ${fromForce}`, 1, rates.moleculer, rates.across),
    clientAcross: comparison(`client alone, ${fromForce}`, 1, rates.moleculer, rates.clientAcross),
    raw: {
      within: comparison('within one account', 1, rates.clientWithin, rates.within),
      across: comparison(fromForce, 1, rates.clientAcross, rates.across),
    },
    latency: {
      within: latency(latencies.within),
      across: latency(latencies.across),
      clientAcross: latency(latencies.clientAcross),
      moleculer: latency(latencies.moleculer),
    },
  };
};
