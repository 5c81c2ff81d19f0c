import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startBroker } from '@muster/testkit';
import { startWorld } from '../world/world.ts';
import { benchAppend } from './append.bench.ts';
import { benchCandidates } from './candidates.bench.ts';
import { benchCommand } from './command.bench.ts';
import { benchProjection } from './projection.bench.ts';
import { benchRegistry } from './registry/registry.bench.ts';
import { reportText } from './report.ts';
import { benchStart } from './start.bench.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const loadBefore = loadavg()[0] ?? 0;
say('cold start of the whole mesh');
const start = await benchStart();
say('candidates');
const candidates = benchCandidates();
await using world = await startWorld({ mode: 'exercise', forces: [] });
const broker = await world.connectAs('hub-broker');
say('append');
const append = await benchAppend(broker);
say('projection');
const projection = await benchProjection(broker);
say('command');
const command = await benchCommand(await world.connectAs('hub-admin'), await world.connectAs('hub-admin'));
say('registry query and moleculer');
await using plain = await startBroker();
const registry = await benchRegistry({
  hub: await world.connectAs('hub-admin'),
  force: await world.connectAs('kent.exercise'),
  url: world.url,
  keysDir: world.keysDir,
  plainUrl: plain.url,
});

const text = reportText(
  { loadBefore, comparisons: [...append, projection, command], registry, start, candidates },
  new Date().toISOString().slice(0, 10),
  broker.nc.info?.version ?? 'unknown',
);
process.stdout.write(text);
if (process.argv.includes('--write')) {
  const file = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
  writeFileSync(file, text);
  say(`wrote ${file}`);
}
