import { cpus, release, totalmem, type } from 'node:os';
import { ADVERTS, type CandidatesResult } from './candidates.bench.ts';
import { type Comparison, ROUNDS } from './measure.ts';
import type { RegistryResult } from './registry/registry.bench.ts';
import { FORCES_ADVERTISED, type StartResult } from './start.bench.ts';

export type Results = {
  comparisons: Comparison[];
  registry: RegistryResult;
  start: StartResult;
  candidates: CandidatesResult;
};

/** Aims of the design for a machine of two cores. */
const START_SECONDS_AIM = 5;
const MEMORY_MIB_AIM = 600;
const CANDIDATES_MS_AIM = 5;

const perSecond = (value: number): string => Math.round(value).toLocaleString('en-GB');
const ms = (value: number): string => `${value.toFixed(2)} ms`;
const mark = (holds: boolean): string => (holds ? 'yes' : '**no**');

const machine = (server: string): string => {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'}), ${memory} GiB, ${type()} ${release()}, Node ${process.version}, nats-server ${server}`;
};

/** The results as Markdown, for the screen and for RESULTS.md. */
export const reportText = (results: Results, date: string, server: string): string => {
  const { comparisons, registry, start, candidates } = results;
  const rows = [...comparisons, registry.within, registry.across].map(
    (each) =>
      `| ${each.name} | ${perSecond(each.baseline)} | ${perSecond(each.ours)} | ${each.ratio.toFixed(2)} | ${each.bar.toFixed(2)} | ${mark(each.holds)} |`,
  );
  const { within, across, moleculer } = registry.latency;
  return `# Bench results

${date}. ${machine(server)}. One server, \`sync_interval: always\`, medians of ${ROUNDS} rounds; baseline and ours
take turns in the same run, with the same JSON, headers and guards.

| What | Baseline /s | Ours /s | Ratio | Bar | Holds |
|---|--:|--:|--:|--:|---|
${rows.join('\n')}

The baseline of the first five is the raw client, of the last two a moleculer 0.15 action over NATS on a server
without accounts. A query from a force's own account costs the server about twice as much as one within an
account: that is the price of the imports that keep forces apart (design D7), and moleculer has no such thing.
Registry query: p50 ${ms(within.p50)} within one account (p99 ${ms(within.p99)}), ${ms(across.p50)} from a force's
account (p99 ${ms(across.p99)}); moleculer p50 ${ms(moleculer.p50)} (p99 ${ms(moleculer.p99)}).

| Whole mesh | Measured | Aim | Holds |
|---|--:|--:|---|
| cold start after installation until all ${FORCES_ADVERTISED} forces are advertised | ${start.seconds.toFixed(1)} s | ${START_SECONDS_AIM} s | ${mark(start.seconds <= START_SECONDS_AIM)} |
| proportional memory of all our processes | ${Math.round(start.memoryMiB)} MiB | ${MEMORY_MIB_AIM} MiB | ${mark(start.memoryMiB <= MEMORY_MIB_AIM)} |

| Matching | p50 | p99 | Aim for p99 | Holds |
|---|--:|--:|--:|---|
| first ranked candidates of a line, ${ADVERTS.toLocaleString('en-GB')} adverts in the projection | ${ms(candidates.p50)} | ${ms(candidates.p99)} | ${CANDIDATES_MS_AIM} ms | ${mark(candidates.p99 <= CANDIDATES_MS_AIM)} |

Memory by process: ${start.processes.map(({ name, mib }) => `${name} ${Math.round(mib)}`).join(', ')} (MiB).
`;
};
