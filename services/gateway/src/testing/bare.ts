import type { Caller } from '@muster/mesh';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { pino } from 'pino';
import { createApp, type HttpLimits } from '../http/app.ts';
import { createGuard } from '../http/guard.ts';
import type { Parts } from '../http/parts.ts';
import { Problem } from '../http/problems.ts';
import { addRoutes } from '../http/routes.ts';
import { openStreams } from '../http/stream.ts';
import { createPolicy, type Policy, readPolicySources } from '../policy/policy.ts';
import { cookiesFor } from '../session/cookies.ts';
import type { Person } from '../session/person.ts';
import { createSessions } from '../session/sessions.ts';

export const BASE = 'http://127.0.0.1:8080';

/** One address of the gateway as it was declared. */
export type Route = { method: string; url: string; operationId: string | undefined };

/** The gateway's own addresses, guard, policy and sessions, with no mesh behind them. */
export type Bare = {
  app: FastifyInstance;
  routes: readonly Route[];
  policy: Policy;
  /** How often something was asked of the mesh, or looked for in what was read from it. */
  reached(): number;
  /** A session of somebody, as the headers that their browser sends. */
  headersOf(person: Person): { cookie: string; 'x-muster-csrf': string };
  close(): Promise<void>;
};

export const bareGateway = async (limits: HttpLimits = {}): Promise<Bare> => {
  const clock = { now: () => Date.parse('2026-12-01T10:00:00.000Z') };
  const sessions = createSessions(clock);
  const cookies = cookiesFor(BASE);
  const policy = createPolicy(readPolicySources());
  const guard = createGuard({ sessions, cookies, policy, publicUrl: () => BASE });
  let reached = 0;
  const away = async () => {
    reached += 1;
    return { kind: 'no-service', because: 'there is no mesh here' } as const;
  };
  const caller: Caller = { command: away, ask: away, alert: away, decideAtHome: away };
  const parts: Parts = {
    ...{ guard, policy, caller, clock, modes: ['actual', 'exercise'] as const },
    marksOf: () => {
      reached += 1;
      throw new Problem('unavailable', 'there is no mesh here');
    },
    resetExercise: away,
    viewOf: () => {
      reached += 1;
      throw new Problem('unavailable', 'there is no mesh here');
    },
  };
  const app = await createApp({
    log: pino({ level: 'silent' }),
    ...{ sessions, cookies, guard, trustProxy: [] },
    limits: { requestsPerWindowMax: 1_000_000, ...limits },
  });
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url, schema }: RouteOptions) => {
    const { operationId } = (schema ?? {}) as { operationId?: string };
    routes.push(...[method].flat().map((each) => ({ method: each, url, operationId })));
  });
  const streams = openStreams({ views: new Map(), policy, clock });
  await addRoutes(app, {
    ...{ parts, streams, keeper: undefined, isDemo: true, staticDir: undefined },
    signIn: {
      ...{ cookies, sessions, guard, publicUrl: () => BASE },
      signIn: () => {
        throw new Problem('unavailable', 'nobody can sign in here');
      },
    },
  });
  await app.ready();
  return {
    ...{ app, routes, policy },
    reached: () => reached,
    headersOf: (person) => {
      const { id, session } = sessions.begin(person);
      return { cookie: `${cookies.session.name}=${id}`, 'x-muster-csrf': session.csrf };
    },
    close: async () => {
      streams.end('the test is over');
      await app.close();
    },
  };
};
