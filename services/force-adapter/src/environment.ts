import { mode } from '@muster/contracts';
import { z } from 'zod';
import { FAULT_POINTS, type FaultName } from './faults.ts';

const PORT_MAX = 65_535;

const environment = z
  .object({
    NATS_URL: z.string().min(1),
    MUSTER_KEYS_DIR: z.string().min(1),
    MUSTER_MODE: mode.default('actual'),
    MUSTER_HEALTH_PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(0),
    MUSTER_ADAPTER_CONFIG: z.string().optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Where to die once, for tests. Exercise only. */
    MUSTER_FAULT: z.enum(FAULT_POINTS).optional(),
  })
  .refine((env) => env.MUSTER_FAULT === undefined || env.MUSTER_MODE === 'exercise', {
    path: ['MUSTER_FAULT'],
  });

/** What the process is told from outside. Port 0 takes any free port. */
export type Environment = {
  natsUrl: string;
  keysDir: string;
  mode: z.infer<typeof mode>;
  healthPort: number;
  configFile: string;
  logLevel: string;
  fault: FaultName | undefined;
};

const HINTS: Record<string, string> = {
  NATS_URL: 'set it to the broker, such as nats://127.0.0.1:4222',
  MUSTER_KEYS_DIR: 'set it to the folder that holds <force>.<mode>.nk',
  MUSTER_MODE: 'use actual or exercise',
  MUSTER_HEALTH_PORT: 'use a port from 0 to 65535',
  LOG_LEVEL: 'use fatal, error, warn, info, debug, trace or silent',
  MUSTER_FAULT: 'unset it; it is for tests, in exercise mode',
};

/**
 * Reads environment and arguments; the first argument that is no option is the configuration file.
 * @throws Error naming every variable at fault and what it should be.
 */
export const readEnvironment = (
  env: Record<string, string | undefined>,
  args: readonly string[],
): Environment => {
  const read = environment.safeParse(env);
  if (!read.success) {
    const faults = read.error.issues.map(({ path }) => `${path.join('.')}: ${HINTS[String(path[0])] ?? ''}`);
    throw new Error(`The force adapter cannot start:\n  ${faults.join('\n  ')}`);
  }
  const configFile = args.find((arg) => !arg.startsWith('-')) ?? read.data.MUSTER_ADAPTER_CONFIG;
  if (configFile === undefined) {
    throw new Error(
      'The force adapter cannot start: give its configuration file as the first argument or in MUSTER_ADAPTER_CONFIG; services/force-adapter/example.yaml shows one.',
    );
  }
  return {
    natsUrl: read.data.NATS_URL,
    keysDir: read.data.MUSTER_KEYS_DIR,
    mode: read.data.MUSTER_MODE,
    healthPort: read.data.MUSTER_HEALTH_PORT,
    configFile,
    logLevel: read.data.LOG_LEVEL,
    fault: read.data.MUSTER_FAULT,
  };
};
