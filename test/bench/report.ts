import { cpus, release, totalmem, type } from 'node:os';
import { ADVERTS, type CandidatesResult } from './candidates.bench.ts';
import { type Comparison, ROUNDS } from './measure.ts';
import { IN_FLIGHT, type RegistryResult } from './registry/registry.bench.ts';
import { FORCES_ADVERTISED, type StartResult } from './start.bench.ts';

export type Results = {
  /** Load of the machine before anything was measured: the average of one minute. */
  loadBefore: number;
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

const aimsOf = ({
  comparisons,
  registry,
  start,
  candidates,
}: Results): { name: string; holds: boolean }[] => {
  const { within, across, moleculer } = registry.latency;
  return [
    ...comparisons,
    registry.within,
    registry.across,
    { name: 'p50 of a registry query within one account', holds: within.p50 <= moleculer.p50 },
    { name: "p50 of a registry query from a force's account", holds: across.p50 <= moleculer.p50 },
    { name: 'cold start', holds: start.seconds <= START_SECONDS_AIM },
    { name: 'memory', holds: start.memoryMiB <= MEMORY_MIB_AIM },
    { name: 'first ranked candidates', holds: candidates.p99 <= CANDIDATES_MS_AIM },
  ];
};

const missedText = (results: Results): string => {
  const missed = aimsOf(results).filter(({ holds }) => !holds);
  if (missed.length === 0) return 'Every bar and every aim is met.';
  return `Not met: ${missed.map(({ name }) => name).join('; ')}. Everything else is met.`;
};

/** The results as Markdown, for the screen and for RESULTS.md. */
export const reportText = (results: Results, date: string, server: string): string => {
  const { comparisons, registry, start, candidates } = results;
  const rows = [...comparisons, registry.within, registry.across].map(
    (each) =>
      `| ${each.name} | ${perSecond(each.baseline)} | ${perSecond(each.ours)} | ${each.ratio.toFixed(2)} | ${each.bar.toFixed(2)} | ${mark(each.holds)} |`,
  );
  const { within, across, clientAcross, moleculer } = registry.latency;
  return `# Bench results

${date}. ${machine(server)}. One server, \`sync_interval: always\`, medians of ${ROUNDS} rounds; baseline and ours
take turns in the same run, with the same JSON, headers and guards. Load of the machine before it began: ${results.loadBefore.toFixed(1)}; above 1
other work was in the way, and the figures say less.

${missedText(results)}

| What | Baseline /s | Ours /s | Ratio | Bar | Holds |
|---|--:|--:|--:|--:|---|
${rows.join('\n')}

A bar is the least that ours ÷ baseline may be. The baseline of the first five is the raw client (a command may take
1.3 times as long as its raw request and append together, hence 0.77), of the last two a moleculer 0.15 action over
NATS on a server without accounts. Those two ask one process, which answers with a row of about 500 bytes; each side
validates the query where it arrives, and the answer where it leaves and where it arrives. They aim at moleculer's
p50 as well:

| Registry query | p50 | p99 | p50 at most moleculer's |
|---|--:|--:|---|
| moleculer action | ${ms(moleculer.p50)} | ${ms(moleculer.p99)} | |
| within one account | ${ms(within.p50)} | ${ms(within.p99)} | ${mark(within.p50 <= moleculer.p50)} |
| from a force's account | ${ms(across.p50)} | ${ms(across.p99)} | ${mark(across.p50 <= moleculer.p50)} |

The same query beside the client alone, through the same accounts, with the same JSON, header and validation, over one
shared reply subscription without a timer:

| Registry query, ${IN_FLIGHT} in flight | Client alone /s | Ours /s | Ratio |
|---|--:|--:|--:|
${[registry.raw.within, registry.raw.across].map((each) => `| ${each.name} | ${perSecond(each.baseline)} | ${perSecond(each.ours)} | ${each.ratio.toFixed(2)} |`).join('\n')}

From a force's account the client alone, without any code of ours, reaches ${registry.clientAcross.ratio.toFixed(2)} of moleculer's rate (p50 ${ms(clientAcross.p50)}).
That part is the server's: it takes each request through an import (design D7), writes into its header who asks, gives
it a reply subject of its own, and takes the answer back the same way. Moleculer has nothing that keeps forces apart.

| Whole mesh | Measured | Aim | Holds |
|---|--:|--:|---|
| cold start after installation until all ${FORCES_ADVERTISED} forces are advertised | ${start.seconds.toFixed(1)} s | ${START_SECONDS_AIM} s | ${mark(start.seconds <= START_SECONDS_AIM)} |
| proportional memory of all our processes | ${Math.round(start.memoryMiB)} MiB | ${MEMORY_MIB_AIM} MiB | ${mark(start.memoryMiB <= MEMORY_MIB_AIM)} |

| Matching | p50 | p99 | Aim for p99 | Holds |
|---|--:|--:|--:|---|
| first ranked candidates of a line, ${ADVERTS.toLocaleString('en-GB')} adverts in the projection | ${ms(candidates.p50)} | ${ms(candidates.p99)} | ${CANDIDATES_MS_AIM} ms | ${mark(candidates.p99 <= CANDIDATES_MS_AIM)} |

Memory by process: ${start.processes.map(({ name, mib }) => `${name} ${Math.round(mib)}`).join(', ')} (MiB).

Elsewhere: commands through the API and live events to browsers in [gateway](gateway/RESULTS.md), the optimum beside
nearest-first in [plan](plan/RESULTS.md); that a first visit to the console loads at most 250 KiB of compressed script
is checked whenever it is built.
`;
};
