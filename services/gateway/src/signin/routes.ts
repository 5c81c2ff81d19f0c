import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Guard, noStore } from '../http/guard.ts';
import { outputSchema } from '../http/parameters.ts';
import { Problem } from '../http/problems.ts';
import { problemAnswer } from '../http/schemas.ts';
import { SIGN_INS_PER_WINDOW_MAX } from '../limits.ts';
import type { Cookies } from '../session/cookies.ts';
import { personOf } from '../session/person.ts';
import type { Sessions } from '../session/sessions.ts';
import type { SignInClient } from './client.ts';
import { returnPath } from './returnTo.ts';

export type SignInParts = {
  cookies: Cookies;
  sessions: Sessions;
  guard: Guard;
  publicUrl: () => string;
  signIn: () => SignInClient;
  signInsMax?: number | undefined;
};

const parameter = (request: FastifyRequest, name: string): unknown =>
  (request.query as Record<string, unknown>)[name];

const failed = (request: FastifyRequest, error: unknown): Problem => {
  request.log.warn({ err: error }, 'a sign-in failed');
  return new Problem('sign-in-failed', 'the sign-in could not be completed; begin again at /auth/login');
};

const sentOn = (description: string) => ({
  303: { description, type: 'null', headers: { location: { type: 'string', description: 'Where to.' } } },
  '4xx': problemAnswer,
});

const LOGIN = {
  tags: ['sign-in'],
  summary: 'Go and sign in',
  operationId: 'sign-in',
  querystring: {
    type: 'object',
    properties: { return: { type: 'string', description: 'Page of ours to come back to.' } },
  },
  response: { ...sentOn('On to the identity server.'), 503: problemAnswer },
};
const CALLBACK = {
  tags: ['sign-in'],
  summary: 'Come back signed in',
  operationId: 'sign-in-callback',
  response: sentOn('Back to the page, with a session.'),
};
const signedOut = z.object({
  signedOut: z.literal(true),
  /** Where the person signs out of the identity server too. */
  endSessionUrl: z.string().optional(),
});
const LOGOUT = {
  tags: ['sign-in'],
  summary: 'Sign out',
  operationId: 'sign-out',
  response: {
    200: { description: 'The session has ended.', ...outputSchema(signedOut) },
    '4xx': problemAnswer,
  },
};

/** Signing in and out. */
export const signInRoutes = (app: FastifyInstance, parts: SignInParts): void => {
  const { cookies, sessions, guard } = parts;
  const limited = { config: { rateLimit: { max: parts.signInsMax ?? SIGN_INS_PER_WINDOW_MAX } } };

  app.get('/auth/login', { ...limited, schema: LOGIN }, async (request, reply) => {
    const { location, ticket } = await parts
      .signIn()
      .begin(returnPath(parameter(request, 'return')))
      .catch((error: unknown) => {
        request.log.error({ err: error }, 'the identity server cannot be reached');
        throw new Problem('unavailable', 'the identity server cannot be reached; try again');
      });
    return noStore(reply)
      .setCookie(cookies.ticket.name, ticket, cookies.ticket.options)
      .redirect(location, 303);
  });

  app.get('/auth/callback', { ...limited, schema: CALLBACK }, async (request, reply) => {
    const ticket = request.cookies[cookies.ticket.name] ?? '';
    const { claims, idToken, returnTo } = await parts
      .signIn()
      .finish(ticket, new URL(request.url, parts.publicUrl()))
      .catch((error: unknown) => {
        throw failed(request, error);
      });
    const person = personOf(claims);
    if (!person) {
      throw new Problem(
        'sign-in-failed',
        'the identity server gives you no duty on the mesh; ask those who run it for one (its claim muster_duties)',
      );
    }
    // A new id for every sign-in: one that was set in the browser before is worth nothing.
    sessions.end(request.cookies[cookies.session.name]);
    const { id } = sessions.begin(person, idToken);
    request.log.info({ duties: person.duties }, 'signed in');
    return noStore(reply)
      .clearCookie(cookies.ticket.name, cookies.ticket.options)
      .setCookie(cookies.session.name, id, cookies.session.options)
      .redirect(returnTo, 303);
  });

  app.post('/auth/logout', { schema: LOGOUT }, async (request, reply) => {
    const { idToken } = guard.sessionOf(request);
    sessions.end(request.cookies[cookies.session.name]);
    const endSessionUrl = await parts
      .signIn()
      .endSessionUrl(idToken)
      .catch(() => undefined);
    return noStore(reply)
      .clearCookie(cookies.session.name, cookies.session.options)
      .send({ signedOut: true, ...(endSessionUrl === undefined ? {} : { endSessionUrl }) });
  });
};
