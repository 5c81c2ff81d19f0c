import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ORGS } from '@muster/contracts';
import { connect, readSeed, serveHealth, stopOnSignal, systemClock } from '@muster/mesh';
import { pino } from 'pino';
import { type Config, readConfig } from './config.ts';
import { DEMO_ORGS, demoPeople, demoPeopleOfTwoDesks } from './demo/people.ts';
import { type Gateway, SERVICE, startGateway } from './gateway.ts';
import type { PrintOptions } from './print/keeper.ts';
import type { Issuer } from './signin/client.ts';

/** Name of the gateway's credentials in the keys folder. */
const USER = 'hub-gateway';
/** Where the console is when it has been built. */
const CONSOLE = fileURLToPath(new URL('../../console/dist', import.meta.url));

const issuerOf = (config: Config): Issuer | undefined =>
  config.MUSTER_OIDC_ISSUER === undefined
    ? undefined
    : {
        issuer: config.MUSTER_OIDC_ISSUER,
        clientId: config.MUSTER_OIDC_CLIENT_ID ?? '',
        clientSecret: config.MUSTER_OIDC_CLIENT_SECRET ?? '',
        alwaysAsk: false,
      };

const staticDirOf = (config: Config): string | undefined =>
  config.MUSTER_STATIC_DIR ?? (existsSync(CONSOLE) ? CONSOLE : undefined);

const peopleOf = ({ MUSTER_DEMO_ORGS: more }: Config) => {
  const orgs = [...new Set([...DEMO_ORGS, ...more])];
  return [...demoPeople(orgs), ...demoPeopleOfTwoDesks(orgs)];
};

const SECOND_MS = 1_000;

const printOf = (config: Config): PrintOptions | undefined => {
  const { MUSTER_PRINT_DIR: dir, MUSTER_PRINT_ORGS: orgs, MUSTER_PRINT_EVERY_SECONDS: seconds } = config;
  return dir === undefined
    ? undefined
    : { dir: resolve(dir), everyMs: seconds * SECOND_MS, orgs: orgs.length > 0 ? orgs : ORGS };
};

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL, redact: ['req.headers.cookie'] }).child({ service: SERVICE });
  const mesh = await connect({
    servers: config.NATS_URL,
    seed: readSeed(config.MUSTER_KEYS_DIR, USER),
    name: SERVICE,
    clock: systemClock,
    log,
  });
  const gateway: Gateway = await startGateway({
    mesh,
    modes: config.MUSTER_MODES,
    listen: { host: config.MUSTER_HTTP_HOST, port: config.MUSTER_HTTP_PORT },
    publicUrl: config.MUSTER_PUBLIC_URL,
    issuer: issuerOf(config),
    demo: { people: peopleOf(config), port: config.MUSTER_DEMO_PORT },
    staticDir: staticDirOf(config),
    print: printOf(config),
    trustProxy: config.MUSTER_TRUST_PROXY,
    limits: {
      requestsPerWindowMax: config.MUSTER_REQUESTS_PER_MINUTE,
      requestArrivesMsMax: config.MUSTER_REQUEST_ARRIVES_MS,
      streamsPerSessionMax: config.MUSTER_STREAMS_PER_SESSION,
      heartbeatMs: config.MUSTER_HEARTBEAT_MS,
    },
  });
  const health = await serveHealth(config.MUSTER_HEALTH_PORT, gateway.health);
  log.info({ healthPort: health.port, url: gateway.url }, 'reading the streams');
  if (gateway.demoPeople.length > 0) log.warn('DEMO sign-in: anyone may be anyone, on this machine only');

  const isStopping = stopOnSignal(log, async () => {
    await gateway.stop();
    await health.stop();
    await mesh.close();
  });
  void mesh.nc.closed().then((error) => {
    if (isStopping()) return;
    log.fatal({ err: error }, 'the broker ended the connection for good; check the key of hub-gateway');
    process.exit(1);
  });
  await gateway.ready;
  log.info({ url: gateway.url }, 'answering');
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
