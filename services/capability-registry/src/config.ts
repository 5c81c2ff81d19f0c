import { mode } from '@muster/contracts';
import { z } from 'zod';

const PORT_MAX = 65_535;

const environment = z.object({
  NATS_URL: z.string().min(1, 'set it to the broker, such as nats://127.0.0.1:4222'),
  MUSTER_KEYS_DIR: z.string().min(1, 'set it to the folder that holds hub-registry.nk'),
  MUSTER_MODE: mode.default('actual'),
  MUSTER_HEALTH_PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What the registry needs to know to run. Port 0 takes any free port. */
export type Config = {
  natsUrl: string;
  keysDir: string;
  mode: z.infer<typeof mode>;
  healthPort: number;
  logLevel: string;
};

/**
 * Reads the configuration from environment variables.
 * @throws Error that names every variable at fault and what it should be.
 */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) =>
        `${path.join('.')}: ${env[String(path[0])] === undefined ? 'is not set' : message}`,
    );
    throw new Error(
      `The registry cannot start. ${faults.join('; ')}. NATS_URL and MUSTER_KEYS_DIR are required; see services/capability-registry/README.md.`,
    );
  }
  return {
    natsUrl: parsed.data.NATS_URL,
    keysDir: parsed.data.MUSTER_KEYS_DIR,
    mode: parsed.data.MUSTER_MODE,
    healthPort: parsed.data.MUSTER_HEALTH_PORT,
    logLevel: parsed.data.LOG_LEVEL,
  };
};
