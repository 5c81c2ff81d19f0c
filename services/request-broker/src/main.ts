import { connect, createAppender, readSeed, serveHealth, stopOnSignal, systemClock } from '@muster/mesh';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { dieAt, noFaults } from './faults.ts';
import { SERVICE, startBroker } from './service.ts';
import { osrmTravel } from './travel/osrm.ts';

/** Name of the broker's credentials in the keys folder. */
const USER = 'hub-broker';

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  const mode = config.MUSTER_MODE;
  const log = pino({ level: config.LOG_LEVEL }).child({ service: SERVICE, mode });
  const mesh = await connect({
    servers: config.NATS_URL,
    seed: readSeed(config.MUSTER_KEYS_DIR, USER),
    name: `${SERVICE}-${mode}`,
    clock: systemClock,
    log,
  });
  if (config.MUSTER_UNSAFE_NO_CAS) {
    log.fatal(
      'compare-and-set is switched OFF: units will be booked twice. For a control run of a test only',
    );
  }
  const broker = startBroker({
    mesh,
    mode,
    appender: createAppender(mesh, { unsafeWithoutGuards: config.MUSTER_UNSAFE_NO_CAS }),
    fault: config.MUSTER_FAULT ? dieAt(config.MUSTER_FAULT) : noFaults,
    random: Math.random,
    ...(config.MUSTER_OSRM_URL && {
      travel: osrmTravel({ url: config.MUSTER_OSRM_URL, clock: systemClock, log: mesh.log }),
    }),
  });
  const health = await serveHealth(config.MUSTER_HEALTH_PORT, broker.health);
  log.info({ healthPort: health.port }, 'reading the streams');

  stopOnSignal(log, async () => {
    await broker.stop();
    await health.stop();
    await mesh.close();
  });
  void broker.failed.then((error) => {
    log.fatal({ err: error }, 'cannot go on; start the broker again');
    process.exit(1);
  });
  await broker.ready;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
