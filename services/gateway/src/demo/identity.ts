import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import { DUTIES_CLAIM, type Person } from '../session/person.ts';
import { choicePage, STYLE } from './page.ts';

const HOST = '127.0.0.1';
const CLIENT_ID = 'muster-gateway';
const SECRET_BYTES = 32;
/** Bytes of the form that names the person. */
const FORM_BYTES_MAX = 1_024;

export type DemoIdentity = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop(): Promise<void>;
};

const secret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

const signingKey = () => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid: 'demo',
  use: 'sig',
  alg: 'ES256',
});

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_BYTES_MAX) break;
  }
  return new URLSearchParams(text);
};

const providerOf = (issuer: string, publicUrl: string, clientSecret: string, people: readonly Person[]) =>
  new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/auth/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [signingKey()] },
    cookies: { keys: [secret()] },
    claims: { openid: ['sub'], profile: ['name', DUTIES_CLAIM] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => {
      const person = people.find((each) => each.id === id);
      return person && { accountId: id, claims: () => claimsOf(person) };
    },
    // The people are asked who they are, and not what the gateway may know of them.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: CLIENT_ID,
        ...(oidc.session?.accountId === undefined ? {} : { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    interactions: { url: (_, interaction) => `/sign-in/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
  });

const claimsOf = ({ id, name, duties }: Person) => ({ sub: id, name, [DUTIES_CLAIM]: duties });

/** Chrome holds a form to its page's policy through every redirect, so the gateway is named too. */
const pageHeaders = (publicUrl: string): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${new URL(publicUrl).origin}; frame-ancestors 'none'; base-uri 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
});

const answerSignIn = async (
  provider: Provider,
  people: readonly Person[],
  publicUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'POST') {
    const chosen = (await readForm(request)).get('person');
    const person = people.find(({ id }) => id === chosen);
    if (person) {
      await provider.interactionFinished(request, response, { login: { accountId: person.id } });
      return;
    }
  }
  response.writeHead(200, pageHeaders(publicUrl)).end(choicePage(uid, people));
};

/**
 * An identity server for demos and tests, on the loopback address only: everyone may be any of the people,
 * without a password. Keys and sessions are made anew at every start.
 * @param publicUrl where browsers find the gateway that it signs people in to.
 */
export const startDemoIdentity = async (
  publicUrl: string,
  people: readonly Person[],
  port = 0,
): Promise<DemoIdentity> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  const issuer = `http://${HOST}:${typeof address === 'object' && address !== null ? address.port : port}`;
  const clientSecret = secret();
  const provider = providerOf(issuer, publicUrl, clientSecret, people);
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (request.url === '/style.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(STYLE);
    } else if (request.url?.startsWith('/sign-in/')) {
      answerSignIn(provider, people, publicUrl, request, response).catch(() => {
        if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain' });
        response.end('This sign-in is over. Go back to the console and begin again.\n');
      });
    } else {
      void callback(request, response);
    }
  });
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
