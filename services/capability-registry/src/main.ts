import { connect, readSeed, serveHealth, stopOnSignal, systemClock } from '@muster/mesh';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { SERVICE, startRegistry } from './service.ts';

/** Name of the registry's credentials in the keys folder. */
const USER = 'hub-registry';

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel }).child({ service: SERVICE, mode: config.mode });
  const mesh = await connect({
    servers: config.natsUrl,
    seed: readSeed(config.keysDir, USER),
    name: `${SERVICE}-${config.mode}`,
    clock: systemClock,
    log,
  });
  const registry = startRegistry(mesh, config.mode);
  const health = await serveHealth(config.healthPort, registry.health);
  log.info({ healthPort: health.port }, 'reading the streams');

  const isStopping = stopOnSignal(log, async () => {
    await registry.stop();
    await health.stop();
    await mesh.close();
  });
  void mesh.nc.closed().then((error) => {
    if (isStopping()) return;
    log.fatal({ err: error }, 'the broker ended the connection for good; check the key of hub-registry');
    process.exit(1);
  });
  await registry.ready;
  log.info(registry.health(), 'answering');
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
