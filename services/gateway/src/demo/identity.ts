import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { Person } from '../session/person.ts';
import { CLIENT_ID, secret } from './client.ts';
import { choicePage, STYLE } from './page.ts';

const HOST = '127.0.0.1';
/** Bytes of the form that names the person. */
const FORM_BYTES_MAX = 1_024;

export type DemoIdentity = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop(): Promise<void>;
};

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_BYTES_MAX) break;
  }
  return new URLSearchParams(text);
};

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
  const load = async () => {
    const { providerOf } = await import('./provider.ts');
    const provider = providerOf(issuer, publicUrl, clientSecret, people);
    return { provider, callback: provider.callback() };
  };
  let loading: ReturnType<typeof load> | undefined;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // It is large, and nobody needs it before somebody signs in.
    loading ??= load();
    const { provider, callback } = await loading;
    if (request.url === '/style.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(STYLE);
    } else if (request.url?.startsWith('/sign-in/')) {
      await answerSignIn(provider, people, publicUrl, request, response).catch(() => {
        if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain' });
        response.end('This sign-in is over. Go back to the console and begin again.\n');
      });
    } else {
      await callback(request, response);
    }
  };
  server.on('request', (request, response) => void serve(request, response));
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
