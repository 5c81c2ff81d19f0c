import { type ActorRole, MODES, type Mode } from '@muster/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusedTo } from '../policy/denial.ts';
import type { Policy } from '../policy/policy.ts';
import type { Cookies } from '../session/cookies.ts';
import type { Duty, PersonRole } from '../session/person.ts';
import { isSameSecret, type Session, type Sessions } from '../session/sessions.ts';
import { Problem } from './problems.ts';

export const CSRF_HEADER = 'x-muster-csrf';
export const ROLE_HEADER = 'muster-role';

/** Who acts at this request, for whom, and in which role. */
export type Acting = { session: Session; duty: Duty; role: PersonRole };

/** What every request passes before anything is done for it. */
export type Guard = {
  hasSession(request: FastifyRequest): boolean;
  /** @throws Problem `no-session`. */
  sessionOf(request: FastifyRequest): Session;
  /** @throws Problem when nobody has signed in, or the action is not permitted to this person. */
  acting(request: FastifyRequest, action: string): Acting;
  /** @throws Problem `csrf` for a change that does not come from a page of ours. */
  checkOrigin(request: FastifyRequest): void;
};

export type GuardParts = { sessions: Sessions; cookies: Cookies; policy: Policy; publicUrl: () => string };

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The duty for which a person acts at this request: the first one unless `as` names another. */
const dutyOf = ({ person }: Session, as: unknown): Duty => {
  const duty = as === undefined ? person.duties[0] : person.duties.find(({ org }) => org === as);
  if (!duty) {
    const own = person.duties.map(({ org }) => org).join(', ');
    throw new Problem('not-permitted', `you hold no duty for "${String(as)}"; yours are for ${own}`);
  }
  return duty;
};

const roleOf = (policy: Policy, asked: string | undefined, action: string, duty: Duty): PersonRole => {
  const roles = policy.rolesFor(duty, action);
  const role = asked === undefined ? roles[0] : roles.find((each) => each === asked);
  if (role !== undefined) return role;
  const held = (asked === undefined ? duty.roles : [asked]).join(', ');
  throw new Problem('policy', refusedTo(policy, duty, action, held));
};

export const createGuard = ({ sessions, cookies, policy, publicUrl }: GuardParts): Guard => {
  const found = (request: FastifyRequest): Session | undefined =>
    sessions.find(request.cookies[cookies.session.name]);
  const sessionOf = (request: FastifyRequest): Session => {
    const session = found(request);
    if (!session) throw new Problem('no-session', 'sign in at /auth/login');
    return session;
  };
  return {
    hasSession: (request) => found(request) !== undefined,
    sessionOf,
    acting: (request, action) => {
      const session = sessionOf(request);
      const duty = dutyOf(session, (request.query as Record<string, unknown>).as);
      const asked = header(request, ROLE_HEADER);
      return { session, duty, role: roleOf(policy, asked, action, duty) };
    },
    checkOrigin: (request) => {
      if (SAFE.includes(request.method)) return;
      const session = sessionOf(request);
      const origin = header(request, 'origin');
      const site = header(request, 'sec-fetch-site');
      const isForeign =
        (origin !== undefined && origin !== new URL(publicUrl()).origin) ||
        (site !== undefined && site !== 'same-origin');
      if (isForeign) throw new Problem('csrf', 'this change was asked for by another site');
      if (!isSameSecret(header(request, CSRF_HEADER), session.csrf)) {
        throw new Problem('csrf', `send the token of /v1/me in the header ${CSRF_HEADER}`);
      }
    },
  };
};

/** The mode that the address names. @throws Problem when there is no such mode. */
export const modeOf = (request: FastifyRequest): Mode => {
  const named = (request.params as Record<string, string>).mode;
  const mode = MODES.find((each) => each === named);
  if (!mode) throw new Problem('no-such-route', `there is no mode "${named}": use ${MODES.join(' or ')}`);
  return mode;
};

/** The acting person as the mesh records one: a role and a post, and no name. */
export const actorOf = ({ duty, role }: Acting): { role: ActorRole; id: string } => ({ role, id: duty.post });

export const noStore = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'no-store');
