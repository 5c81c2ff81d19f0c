import { faultsOf, mode } from '@muster/contracts';
import { z } from 'zod';

const PORT_MAX = 65_535;

const environment = z.object({
  NATS_URL: z.string().min(1),
  /** Folder that holds `hub-alerter.nk`. */
  MUSTER_KEYS_DIR: z.string().min(1),
  MUSTER_MODE: mode.default('actual'),
  /** Whom to call for which desk; see the README. */
  MUSTER_DESKS_FILE: z.string().min(1),
  /** Where people find the gateway; links lead there. */
  MUSTER_PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')),
  /** How often what waits is looked at; see limits.ts for the default. */
  MUSTER_LOOK_EVERY_MS: z.coerce.number().int().min(50).optional(),
  /** Wait before the second try to tell somebody. */
  MUSTER_AGAIN_AFTER_MS: z.coerce.number().int().min(1).optional(),
  MUSTER_TRIES_MAX: z.coerce.number().int().min(1).optional(),
  MUSTER_HEALTH_PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Config = z.infer<typeof environment>;

/**
 * Reads the configuration from the environment.
 * @throws Error that names every variable at fault.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const parsed = environment.safeParse(env);
  if (parsed.success) return parsed.data;
  const faults = faultsOf(parsed.error).map((fault) => `  ${fault.path}: ${fault.because}`);
  throw new Error(`alerter cannot start, its environment is not right:\n${faults.join('\n')}`);
};
