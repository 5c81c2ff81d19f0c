import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { BODY_BYTES_MAX } from '@muster/contracts';
import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify';
import type { Logger } from 'pino';
import {
  CONNECTIONS_MAX,
  HEADER_BYTES_MAX,
  HEADERS_ARRIVE_MS_MAX,
  KEEP_ALIVE_MS,
  RATE_WINDOW_MS,
  REQUEST_ARRIVES_MS_MAX,
  REQUESTS_PER_WINDOW_MAX,
  SLOW_LOOK_EVERY_MS,
  URL_LENGTH_MAX,
} from '../limits.ts';
import type { Cookies } from '../session/cookies.ts';
import type { Sessions } from '../session/sessions.ts';
import { answerBroken } from './broken.ts';
import type { Guard } from './guard.ts';
import { detailsOf, headersFor, Problem, problemOf, statusOf } from './problems.ts';

/** Limits that a test or a drill may set lower or higher than they are by default. */
export type HttpLimits = {
  requestsPerWindowMax?: number | undefined;
  signInsPerWindowMax?: number | undefined;
  requestArrivesMsMax?: number | undefined;
  streamsPerSessionMax?: number | undefined;
  heartbeatMs?: number | undefined;
};

export type AppParts = {
  log: Logger;
  sessions: Sessions;
  cookies: Cookies;
  guard: Guard;
  /** Addresses of proxies whose word on where a request comes from is taken. */
  trustProxy: readonly string[];
  limits: HttpLimits;
};

/** Only what comes from here runs or is shown; no script and no style stands in a page. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
};

const addErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (statusOf(problem.code) >= 500)
      request.log.error({ err: error, code: problem.code }, 'a request failed');
    return reply
      .code(statusOf(problem.code))
      .headers(headersFor(problem.code))
      .send(JSON.stringify(detailsOf(problem)));
  });
};

/** One rate for a session wherever it comes from, and one for an address that has none. */
const addRateLimit = async (app: FastifyInstance, parts: AppParts): Promise<void> => {
  await app.register(rateLimit, {
    global: true,
    max: parts.limits.requestsPerWindowMax ?? REQUESTS_PER_WINDOW_MAX,
    timeWindow: RATE_WINDOW_MS,
    keyGenerator: (request) => {
      const id = request.cookies[parts.cookies.session.name];
      return parts.sessions.find(id) ? `session ${id}` : `address ${request.ip}`;
    },
    errorResponseBuilder: (_, { after }) =>
      new Problem('too-many', `too many requests; try again in ${after}`),
  });
};

/** The HTTP server with what holds for every route: limits, headers, errors, cookies, and where changes may come from. */
export const createApp = async (parts: AppParts): Promise<FastifyInstance> => {
  const app = fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    disableRequestLogging: true,
    clientErrorHandler: answerBroken,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: parts.limits.requestArrivesMsMax ?? REQUEST_ARRIVES_MS_MAX,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    trustProxy: parts.trustProxy.length > 0 ? [...parts.trustProxy] : false,
    routerOptions: { maxParamLength: 64, ignoreTrailingSlash: false, caseSensitive: true },
    http: {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: Math.min(
        HEADERS_ARRIVE_MS_MAX,
        parts.limits.requestArrivesMsMax ?? HEADERS_ARRIVE_MS_MAX,
      ),
      connectionsCheckingInterval: SLOW_LOOK_EVERY_MS,
      // Refused below, with a problem like any other.
      requireHostHeader: false,
    },
  });
  app.server.maxConnections = CONNECTIONS_MAX;
  // What comes in is checked by the contracts' own schemas, and what goes out was checked when it came.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  addErrors(app);
  app.removeContentTypeParser('text/plain');
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: parts.cookies.session.options.secure === true,
  });
  await addRateLimit(app, parts);
  app.addHook('onRequest', async (request, reply) => {
    if (!request.headers.host) {
      reply.header('connection', 'close');
      throw new Problem('bad-request', 'the header Host is missing');
    }
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw new Problem('unsupported-type', 'a body is not compressed here: send it as it is');
    if (request.url.length > URL_LENGTH_MAX) throw new Problem('too-large', 'the address is too long');
    parts.guard.checkOrigin(request);
  });
  return app;
};
