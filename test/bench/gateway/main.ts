import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventually } from '@muster/testkit';
import { newKey } from '../../gateway/browser.ts';
import { help, MODE, type Stack, startStack } from '../../gateway/stack.ts';
import { median, quantile } from '../measure.ts';
import { startReaders } from './readerProcess.ts';
import { createWriter, type Writer } from './write.ts';

const ROUNDS = 4;
const COMMANDS = 50;
const EVENTS = 400;
const READERS = 1_000;
const EVENTS_PER_SECOND = 200;
const SECONDS = 8;
/** Share of the wanted rate that counts as reached. */
const RATE_SHARE = 0.95;
/** An API command takes at most so many times the bare one; an event at most so many hops and milliseconds. */
const BARS = { command: 2, hops: 3, hopsMs: 10 };

const timeOf = async (job: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await job();
  return performance.now() - begun;
};

/** Milliseconds of a command sent to the broker, and of the same sent through the API; in turns. */
const benchCommands = async (stack: Stack): Promise<{ bare: number; api: number }> => {
  const caller = await stack.world.callerOf('kent');
  const kent = await stack.as('kent-requester');
  const bareOne = async (): Promise<void> => {
    const body = { ...help(), commandId: newKey('bare'), actor: { role: 'requester', id: 'duty-desk' } };
    const outcome = await caller.command(MODE, 'kent', 'request-create', body as never);
    if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
  };
  const apiOne = async (): Promise<void> => {
    const answer = await kent.command('request-create', help());
    if (answer.status !== 200) throw new Error(await answer.text());
    await answer.arrayBuffer();
  };
  const times = { bare: [] as number[], api: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (let n = 0; n < COMMANDS; n += 1) {
      const [bare, api] = [await timeOf(bareOne), await timeOf(apiOne)];
      // The first round only warms both up.
      if (round > 0) {
        times.bare.push(bare);
        times.api.push(api);
      }
    }
  }
  return { bare: median(times.bare), api: median(times.api) };
};

/** Milliseconds of one core NATS message from one connection to another, p95. */
const benchHop = async (stack: Stack): Promise<number> => {
  const [from, to] = [await stack.world.connectAs('hub-admin'), await stack.world.connectAs('hub-admin')];
  let came = (): void => undefined;
  to.nc.subscribe('bench.hop', { callback: () => came() });
  await to.nc.flush();
  const times: number[] = [];
  for (let n = 0; n < EVENTS; n += 1) {
    times.push(
      await timeOf(
        () =>
          new Promise<void>((resolve) => {
            came = resolve;
            from.nc.publish('bench.hop', 'x'.repeat(800));
          }),
      ),
    );
  }
  return quantile(times, 0.95);
};

const cookieOf = async (stack: Stack): Promise<string> => {
  const { browser } = await stack.as('kent-requester');
  return [...browser.cookies(new URL(stack.base).host)].map(([name, value]) => `${name}=${value}`).join('; ');
};

type Flow = { p95: number; late: number; ended: number; bytesLeast: number; bytesMost: number };

/** Writes at a rate with so many readers; how long events took to the first of them, from before they were stored. */
const benchFlow = async (
  stack: Stack,
  writer: Writer,
  url: string,
  readers: number,
  events: number,
  rate: number,
) => {
  const reading = await startReaders(url, await cookieOf(stack), readers);
  const loaded = residentMiB(stack);
  const written: { seq: number; begunAt: number }[] = [];
  const begun = performance.now();
  for (let n = 0; n < events; n += 1) {
    const waitMs = begun + (n * 1_000) / rate - performance.now();
    if (waitMs > 1) await delay(waitMs);
    written.push(await writer.write());
  }
  const seconds = (performance.now() - begun) / 1_000;
  const last = written.at(-1)?.seq ?? 0;
  const look = { deadlineMs: 30_000, everyMs: 100 };
  await eventually(async () => (await reading.state()).cameAt.some(([seq]) => seq === last), look);
  const isEven = async (): Promise<boolean> => new Set((await reading.state()).bytes).size === 1;
  await eventually(isEven, look).catch(() => undefined);
  const peak = residentMiB(stack);
  const { bytes, ended, cameAt } = await reading.state();
  const came = new Map(cameAt);
  const times = written.map(({ seq, begunAt }) => (came.get(seq) ?? Number.NaN) - begunAt);
  const flow: Flow = {
    p95: quantile(times, 0.95),
    late: times.filter((time) => Number.isNaN(time)).length,
    ended,
    bytesLeast: Math.min(...bytes),
    bytesMost: Math.max(...bytes),
  };
  await reading.stop();
  return { flow, loaded, peak, rate: events / seconds };
};

const residentMiB = (stack: Stack): number => {
  const status = readFileSync(`/proc/${stack.gateway.pid()}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
};

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const mark = (holds: boolean): string => (holds ? 'yes' : '**no**');

const loadBefore = loadavg()[0] ?? 0;
await using stack = await startStack({
  MUSTER_REQUESTS_PER_MINUTE: '1000000',
  MUSTER_STREAMS_PER_SESSION: String(READERS + 10),
});
const writer = createWriter(await stack.world.connectAs('hub-broker'));
const commands = await benchCommands(stack);
const hop = await benchHop(stack);
const url = `${stack.base}/v1/${MODE}/stream?snapshot=none`;
const one = await benchFlow(stack, writer, url, 1, EVENTS, EVENTS_PER_SECOND);
const alone = residentMiB(stack);
const many = await benchFlow(stack, writer, url, READERS, EVENTS_PER_SECOND * SECONDS, EVENTS_PER_SECOND);
const limit = BARS.hops * hop + BARS.hopsMs;
const perReaderKiB = ((many.peak - alone) * 1_024) / READERS;
const text = `# Bench of the gateway

${new Date().toISOString().slice(0, 10)}. ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}. All services, the server with
\`sync_interval: always\`, and the readers (in a process of their own) share them. Load of the machine before it began: ${loadBefore.toFixed(1)}; above 1 other work was
in the way, and the figures say less.

| What | Baseline | Ours | Bar | Holds |
|---|--:|--:|--:|---|
| a command through the API, against the bare broker command (medians, in turns) | ${ms(commands.bare)} | ${ms(commands.api)} | ${ms(commands.bare * BARS.command)} | ${mark(commands.api <= commands.bare * BARS.command)} |
| an event to a reader, p95 from before it is stored, against a core NATS hop | ${ms(hop)} | ${ms(one.flow.p95)} | ${ms(limit)} | ${mark(one.flow.p95 <= limit)} |

A command through the API may take ${BARS.command} times as long as the bare one, an event to a reader ${BARS.hops} hops and ${BARS.hopsMs} ms.

${READERS} readers of one filter: ${EVENTS_PER_SECOND} events/s wanted for ${SECONDS} s, ${many.rate.toFixed(0)} reached (${mark(many.rate >= EVENTS_PER_SECOND * RATE_SHARE)}); p95 ${ms(many.flow.p95)}; ${many.flow.ended} were let go; each got
${many.flow.bytesLeast === many.flow.bytesMost ? `the same ${many.flow.bytesMost}` : `${many.flow.bytesLeast} to ${many.flow.bytesMost}`} bytes. Resident memory of the gateway: ${alone.toFixed(0)} MiB with no reader after the first, ${many.loaded.toFixed(0)} MiB with all connected,
${many.peak.toFixed(0)} MiB at the end, which is ${perReaderKiB.toFixed(0)} KiB a reader.
`;
process.stdout.write(text);
if (process.argv.includes('--write')) {
  writeFileSync(fileURLToPath(new URL('./RESULTS.md', import.meta.url)), text);
}
