import { serveHealth, stopOnSignal, systemClock } from '@muster/mesh';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import { readEnvironment } from './environment.ts';
import { SERVICE, startHost } from './host.ts';

const main = async (): Promise<void> => {
  const { natsUrl, keysDir, mode, healthPort, configFile, logLevel, fault } = readEnvironment(
    process.env,
    process.argv.slice(2),
  );
  const config = readConfig(configFile);
  const log = pino({ level: logLevel }).child({ service: SERVICE, mode });
  const host = startHost({ natsUrl, keysDir, mode, clock: systemClock, log, fault }, config);
  const health = await serveHealth(healthPort, host.health);
  log.info({ healthPort: health.port, forces: config.forces.length }, 'putting the forces on the mesh');

  stopOnSignal(log, async () => {
    await host.stop();
    await health.stop();
  });
  await host.settled;
  const { onMesh, failed, adverts, rosterProblems } = host.health();
  log.info({ onMesh, failed, adverts, rosterProblems }, 'the forces are on the mesh');
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
