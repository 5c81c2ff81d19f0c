import { randomBytes } from 'node:crypto';
import type { Clock } from '@muster/mesh';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { SIGN_IN_MS_MAX, SIGN_INS_MAX } from '../limits.ts';

/** Random bytes of the ticket that ties the way back to the browser that went. */
const TICKET_BYTES = 32;

/** The identity server, as the gateway is registered there. */
export type Issuer = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Asks who it is every time, also when the identity server knows the browser: demo people change often. */
  alwaysAsk: boolean;
};

type SignedIn = { claims: Readonly<Record<string, unknown>>; idToken: string | undefined; returnTo: string };

export type SignInClient = {
  /** Where to send the browser, and the ticket that it has to bring back. */
  begin(returnTo: string): Promise<{ location: string; ticket: string }>;
  /** @throws when the answer is not one to the ticket's question, or cannot be proved. */
  finish(ticket: string, currentUrl: URL): Promise<SignedIn>;
  endSessionUrl(idToken: string | undefined): Promise<string | undefined>;
};

type Pending = { verifier: string; state: string; nonce: string; returnTo: string; begunAt: number };

const configure = ({ issuer, clientId, clientSecret }: Issuer): Promise<Configuration> => {
  const server = new URL(issuer);
  return discovery(
    server,
    clientId,
    clientSecret,
    undefined,
    // Only the loopback address is reached without TLS; see the configuration.
    server.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {},
  );
};

/** Signs people in by the authorization code flow with PKCE, state and nonce. */
export const createSignIn = (of: Issuer, publicUrl: string, clock: Clock): SignInClient => {
  const pending = new Map<string, Pending>();
  let configuration: Promise<Configuration> | undefined;

  /** Asked for when first needed, and again after a failure: the identity server may come later than we. */
  const configured = (): Promise<Configuration> => {
    configuration ??= configure(of).catch((error: unknown) => {
      configuration = undefined;
      throw error;
    });
    return configuration;
  };
  const keep = (one: Pending): string => {
    const [oldest] = pending.size >= SIGN_INS_MAX ? pending.keys() : [];
    if (oldest !== undefined) pending.delete(oldest);
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    pending.set(ticket, one);
    return ticket;
  };
  /** A ticket is good once. */
  const take = (ticket: string): Pending | undefined => {
    const one = pending.get(ticket);
    pending.delete(ticket);
    return one && clock.now() - one.begunAt < SIGN_IN_MS_MAX ? one : undefined;
  };

  return {
    begin: async (returnTo) => {
      const config = await configured();
      const verifier = randomPKCECodeVerifier();
      const one = { verifier, state: randomState(), nonce: randomNonce(), returnTo, begunAt: clock.now() };
      const location = buildAuthorizationUrl(config, {
        redirect_uri: `${publicUrl}/auth/callback`,
        scope: 'openid profile',
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: one.state,
        nonce: one.nonce,
        ...(of.alwaysAsk ? { prompt: 'login' } : {}),
      });
      return { location: location.href, ticket: keep(one) };
    },
    finish: async (ticket, currentUrl) => {
      const one = take(ticket);
      if (one === undefined) throw new Error('there is no such sign-in under way');
      const tokens = await authorizationCodeGrant(await configured(), currentUrl, {
        pkceCodeVerifier: one.verifier,
        expectedState: one.state,
        expectedNonce: one.nonce,
        idTokenExpected: true,
      });
      return { claims: tokens.claims() ?? {}, idToken: tokens.id_token, returnTo: one.returnTo };
    },
    endSessionUrl: async (idToken) => {
      const config = await configured();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      return buildEndSessionUrl(config, {
        post_logout_redirect_uri: `${publicUrl}/`,
        ...(idToken === undefined ? {} : { id_token_hint: idToken }),
      }).href;
    },
  };
};
