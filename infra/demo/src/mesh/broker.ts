import { writeFileSync } from 'node:fs';
import { ORGS } from '@muster/contracts';
import { publicKeys, serverConfig } from '@muster/mesh';
import { StartError } from '../errors.ts';
import type { Child } from './children.ts';
import { BROKER, type Crew } from './crew.ts';
import type { DataDir } from './data-dir.ts';
import { freePort } from './health.ts';

/** How long the broker may take to open its store, in milliseconds. */
const BROKER_START_MS = 30_000;
/** Time between two looks at a broker that is starting, in milliseconds. */
const LOOK_EVERY_MS = 25;

/**
 * How much garbage the broker lets gather, in percent of what it uses: half of Go's own. Measured over a start and a
 * play: 67 MiB instead of 92, for an eighth more of its processor time, which is a twenty-fifth of that of all.
 */
const GARBAGE_PERCENT = 50;

export type BrokerChild = {
  child: Child;
  /** Writes the configuration anew, from the keys that there are now, and has the broker read it. */
  reload(): void;
};

export const startBroker = async (
  dir: DataDir,
  crew: Crew,
  port: number,
  stopped: AbortSignal,
): Promise<BrokerChild> => {
  const monitorPort = await freePort();
  const webSocketPort = await freePort();
  const conf = dir.file('server.conf');
  const writeConfig = (): void => {
    const text = serverConfig({
      serverName: 'muster',
      listen: { host: '127.0.0.1', port },
      storeDir: dir.store,
      publicKeys: publicKeys(dir.keys),
      orgs: ORGS,
      monitorPort,
      webSocketPort,
      syncAlways: true,
    });
    writeFileSync(conf, text, { mode: 0o600 });
  };
  writeConfig();
  const child = crew.launch({
    name: BROKER,
    command: process.env.NATS_SERVER_BIN ?? 'nats-server',
    args: ['-c', conf],
    mark: conf,
    env: { GOGC: process.env.GOGC ?? String(GARBAGE_PERCENT) },
  });
  const healthy = await untilHealthy(monitorPort, child, stopped);
  stopped.throwIfAborted();
  if (!healthy) {
    throw new StartError(
      `The broker could not open its store in ${dir.store}. Its last words:\n${child.logTail()}\nThe folder is left as it is. Restore it from a backup, or begin again with --fresh.`,
    );
  }
  const reload = (): void => {
    writeConfig();
    child.signal('SIGHUP');
  };
  return { child, reload };
};

/** What a broker says of a store that more time does not mend. */
const LOST = /could not be recovered/;

const untilHealthy = async (monitorPort: number, child: Child, stopped: AbortSignal): Promise<boolean> => {
  const deadline = Date.now() + BROKER_START_MS;
  while (child.running() && !stopped.aborted && Date.now() < deadline) {
    const said = await fetch(`http://127.0.0.1:${monitorPort}/healthz`).then(
      async (answer) => (answer.ok ? 'ok' : await answer.text()),
      () => 'nothing yet',
    );
    if (said === 'ok') return true;
    if (LOST.test(said)) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
};
