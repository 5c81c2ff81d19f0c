import { faultsOf, mode } from '@muster/contracts';
import { z } from 'zod';
import { FAULT_POINTS } from './faults.ts';

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

const environment = z
  .object({
    /** Where the broker's server listens, such as `nats://127.0.0.1:4222`. */
    NATS_URL: z.string().min(1),
    /** Folder that holds `hub-broker.nk`. */
    MUSTER_KEYS_DIR: z.string().min(1),
    MUSTER_MODE: mode.default('actual'),
    /** Port of the health page on 127.0.0.1; 0 takes any free one. */
    MUSTER_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    /** Address of an OSRM server that knows the roads, such as `http://127.0.0.1:5000`; none: the straight line. */
    MUSTER_OSRM_URL: z.url({ protocol: /^https?$/ }).optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    /** Switches compare-and-set off, for the control run of the race tests. Exercise only. */
    MUSTER_UNSAFE_NO_CAS: flag,
    /** Where to die once, for tests. Exercise only, unless MUSTER_ALLOW_FAULTS=1. */
    MUSTER_FAULT: z.enum(FAULT_POINTS).optional(),
    MUSTER_ALLOW_FAULTS: flag,
  })
  .refine((env) => !(env.MUSTER_UNSAFE_NO_CAS && env.MUSTER_MODE === 'actual'), {
    message:
      'may not be set in actual mode: it allows double bookings. Unset it, or use MUSTER_MODE=exercise',
    path: ['MUSTER_UNSAFE_NO_CAS'],
  })
  .refine(
    (env) => env.MUSTER_FAULT === undefined || env.MUSTER_MODE === 'exercise' || env.MUSTER_ALLOW_FAULTS,
    {
      message: 'may not be set in actual mode. Unset it, or set MUSTER_ALLOW_FAULTS=1 in a test',
      path: ['MUSTER_FAULT'],
    },
  );

export type Config = z.infer<typeof environment>;

/**
 * Reads the configuration from the environment.
 * @throws Error that names every variable at fault.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error).map((fault) => `  ${fault.path}: ${fault.because}`);
  throw new Error(`request-broker cannot start, its environment is not right:\n${faults.join('\n')}`);
};
