import { faultsOf, mode, orgId } from '@muster/contracts';
import { z } from 'zod';
import { HEARTBEAT_MS, HEARTBEAT_MS_MAX, HEARTBEAT_MS_MIN } from './limits.ts';

const PORT_MAX = 65_535;
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

const isLoopback = (text: string): boolean =>
  LOOPBACK.includes(new URL(text).hostname.replace(/^\[|\]$/g, ''));

const environment = z
  .object({
    NATS_URL: z.string().min(1),
    /** Folder that holds `hub-gateway.nk`. */
    MUSTER_KEYS_DIR: z.string().min(1),
    MUSTER_MODES: list.default(['actual', 'exercise']).pipe(z.array(mode).min(1)),
    MUSTER_HTTP_HOST: z.string().default('127.0.0.1'),
    MUSTER_HTTP_PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(8080),
    /** Where browsers find the gateway; default: where it listens. */
    MUSTER_PUBLIC_URL: url.optional(),
    MUSTER_OIDC_ISSUER: url.optional(),
    MUSTER_OIDC_CLIENT_ID: z.string().min(1).optional(),
    MUSTER_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    /** Organisations with demo people; only without an issuer. */
    MUSTER_DEMO_ORGS: list,
    /** Port of the demo's identity server. */
    MUSTER_DEMO_PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(0),
    MUSTER_STATIC_DIR: z.string().optional(),
    /** Addresses of proxies in front, so that each browser's own address is known. */
    MUSTER_TRUST_PROXY: list,
    /** Requests of one session in a minute; see limits.ts for the default. */
    MUSTER_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
    /** Milliseconds in which a request must have arrived whole. */
    MUSTER_REQUEST_ARRIVES_MS: z.coerce.number().int().min(100).optional(),
    /** Event streams of one session. */
    MUSTER_STREAMS_PER_SESSION: z.coerce.number().int().min(1).optional(),
    /** Milliseconds between two signs of life of an event stream. */
    MUSTER_HEARTBEAT_MS: z.coerce
      .number()
      .int()
      .min(HEARTBEAT_MS_MIN)
      .max(HEARTBEAT_MS_MAX)
      .default(HEARTBEAT_MS),
    /** Folder for printable pictures; none: none are made. */
    MUSTER_PRINT_DIR: z.string().min(1).optional(),
    MUSTER_PRINT_EVERY_SECONDS: z.coerce.number().int().min(1).default(300),
    /** Organisations whose pictures are made; default: all. */
    MUSTER_PRINT_ORGS: list.pipe(z.array(orgId)),
    MUSTER_HEALTH_PORT: z.coerce.number().int().min(0).max(PORT_MAX).default(0),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    const isDemo = env.MUSTER_OIDC_ISSUER === undefined;
    if (isDemo && !LOOPBACK.includes(env.MUSTER_HTTP_HOST)) {
      refuse(
        'MUSTER_HTTP_HOST',
        'without MUSTER_OIDC_ISSUER anyone may sign in as anyone, so it must stay on the loopback address',
      );
    }
    if (env.MUSTER_PUBLIC_URL !== undefined && !isLoopback(env.MUSTER_PUBLIC_URL)) {
      if (isDemo) refuse('MUSTER_PUBLIC_URL', 'the demo sign-in is for the loopback address only');
      if (env.MUSTER_PUBLIC_URL.startsWith('http:')) refuse('MUSTER_PUBLIC_URL', 'use https');
    }
    if (!isDemo && env.MUSTER_PUBLIC_URL === undefined && !LOOPBACK.includes(env.MUSTER_HTTP_HOST)) {
      refuse('MUSTER_PUBLIC_URL', 'is needed: browsers must find the way back from the identity server');
    }
    if (env.MUSTER_OIDC_ISSUER?.startsWith('http:') && !isLoopback(env.MUSTER_OIDC_ISSUER)) {
      refuse('MUSTER_OIDC_ISSUER', 'use https');
    }
    for (const name of ['MUSTER_OIDC_CLIENT_ID', 'MUSTER_OIDC_CLIENT_SECRET'] as const) {
      if (!isDemo && env[name] === undefined) refuse(name, 'is needed with MUSTER_OIDC_ISSUER');
    }
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
  throw new Error(`gateway cannot start, its environment is not right:\n${faults.join('\n')}`);
};
