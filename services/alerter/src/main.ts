import { connect, readSeed, serveHealth, stopOnSignal, systemClock } from '@muster/mesh';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { readDesks } from './desks/schema.ts';
import { SERVICE, startAlerter } from './service.ts';

/** Name of the alerter's credentials in the keys folder. */
const USER = 'hub-alerter';

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  const mode = config.MUSTER_MODE;
  const log = pino({ level: config.LOG_LEVEL }).child({ service: SERVICE, mode });
  const desks = readDesks(config.MUSTER_DESKS_FILE);
  const mesh = await connect({
    servers: config.NATS_URL,
    seed: readSeed(config.MUSTER_KEYS_DIR, USER),
    name: `${SERVICE}-${mode}`,
    clock: systemClock,
    log,
  });
  const alerter = startAlerter({
    ...{ mesh, mode, desks, publicUrl: config.MUSTER_PUBLIC_URL },
    lookEveryMs: config.MUSTER_LOOK_EVERY_MS,
    againAfterMs: config.MUSTER_AGAIN_AFTER_MS,
    triesMax: config.MUSTER_TRIES_MAX,
  });
  const health = await serveHealth(config.MUSTER_HEALTH_PORT, alerter.health);
  log.info({ healthPort: health.port, organisations: Object.keys(desks.desks) }, 'reading the streams');

  const isStopping = stopOnSignal(log, async () => {
    await alerter.stop();
    await health.stop();
    await mesh.close();
  });
  void mesh.nc.closed().then((error) => {
    if (isStopping()) return;
    log.fatal({ err: error }, 'the broker ended the connection for good; check the key of hub-alerter');
    process.exit(1);
  });
  await alerter.ready;
  log.info('watching');
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
