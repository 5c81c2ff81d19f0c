import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { isRefusal } from '@muster/contracts';
import { type PlanFacts, type Proposal, planFactsOf, problemOf } from '@muster/domain';
import { median, ROUNDS } from '../measure.ts';
import { type Achieved, achieved, nearestFirst } from './compare.ts';
import { ledgerOf, NOW } from './instance.ts';
import { CAPABILITIES, LINES, UNITS } from './surge.ts';

/** Each is one national surge. */
const SEEDS = [1, 2, 3];
/** The aim for stating and solving one, in milliseconds. */
const AIM_MS = 1_000;
const TIME_LIMIT_MS = 60_000;

/** What the broker's thread answers. */
type Made = { proposal: Proposal; statedInMs: number; solvedInMs: number };

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

// The very thread in which a broker makes its plans.
const thread = new Worker(new URL('../../../services/request-broker/src/optimum/thread.ts', import.meta.url));

const make = async (facts: PlanFacts): Promise<Made> => {
  thread.postMessage({ facts, now: NOW, org: 'npocc', timeLimitMs: TIME_LIMIT_MS, leftOutLimit: 5 });
  const [made] = await once(thread, 'message');
  return made;
};

type Row = { seed: number; pairs: number; made: Made[]; optimum: Achieved; greedy: Achieved };

const bench = async (seed: number): Promise<Row> => {
  const ledger = ledgerOf(seed);
  const requests = [...ledger.requests()];
  const facts = planFactsOf(ledger, requests, NOW);
  if (isRefusal(facts)) throw new Error(facts.because);
  const made: Made[] = [];
  // The first round only warms the thread up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const each = await make(facts);
    if (round > 0) made.push(each);
  }
  const problem = problemOf(ledger.view, requests, { now: NOW });
  const assigned = new Map(
    made[0]?.proposal.assignments.map((one) => [
      [one.host, one.requestId, one.lineId, one.donor, one.capabilityId].join('/'),
      one.quantity,
    ]),
  );
  const values = problem.columns.map(({ line: { host, requestId, line }, source: { advert } }) => {
    const { force, capabilityId } = advert.data;
    return assigned.get([host, requestId, line.lineId, force, capabilityId].join('/')) ?? 0;
  });
  return {
    ...{ seed, pairs: problem.columns.length, made },
    optimum: achieved(problem, values, NOW),
    greedy: achieved(problem, nearestFirst(problem, NOW), NOW),
  };
};

const ms = (value: number): string => `${Math.round(value)} ms`;
const mark = (holds: boolean): string => (holds ? 'yes' : '**no**');
const whole = ({ statedInMs, solvedInMs }: Made): number => statedInMs + solvedInMs;

const timeRow = ({ seed, pairs, made }: Row): string => {
  const total = median(made.map(whole));
  const isProven = made.every(({ proposal }) => proposal.isOptimal);
  const stated = ms(median(made.map(({ statedInMs }) => statedInMs)));
  const solved = ms(median(made.map(({ solvedInMs }) => solvedInMs)));
  return `| ${seed} | ${pairs.toLocaleString('en-GB')} | ${stated} | ${solved} | ${ms(total)} | ${ms(AIM_MS)} | ${mark(total <= AIM_MS)} | ${isProven ? 'every objective' : '**not proven**'} |`;
};

const achievedRow = (seed: number, way: string, of: Achieved): string =>
  `| ${seed} | ${way} | ${of.units} | ${Math.round(of.meanArrivalMinutes)} min | ${of.lateMinutes} | ${Math.round(of.worstStrain * 100)} % |`;

const loadBefore = loadavg()[0] ?? 0;
const rows: Row[] = [];
for (const seed of SEEDS) {
  say(`surge ${seed}`);
  rows.push(await bench(seed));
}
await thread.terminate();

const text = `# Bench of plans

${new Date().toISOString().slice(0, 10)}. ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}. A national surge: 49 forces, ${CAPABILITIES.toLocaleString('en-GB')} capabilities,
${LINES} lines for ${UNITS} units over three tiers and urgencies; less what nobody lends. Medians of ${ROUNDS} rounds in the thread of the
broker. Load of the machine before it began: ${loadBefore.toFixed(1)}; above 1 other work was in the way, and the figures say less.

| Surge | Pairs | Stated in | Solved in | Both | Aim | Holds | Proven |
|--:|--:|--:|--:|--:|--:|---|---|
${rows.map(timeRow).join('\n')}

Beside it nearest-first: line after line, the most urgent first, from the nearest that is left.

| Surge | Way | Units assigned | Mean arrival after the call | Unit minutes late | Most that a donor lends of a code |
|--:|---|--:|--:|--:|--:|
${rows.flatMap(({ seed, optimum, greedy }) => [achievedRow(seed, 'plan', optimum), achievedRow(seed, 'nearest-first', greedy)]).join('\n')}
`;
process.stdout.write(text);
if (process.argv.includes('--write')) {
  writeFileSync(fileURLToPath(new URL('./RESULTS.md', import.meta.url)), text);
}
