import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export type Mail = { to: string[]; text: string };

/** A mail server that keeps what it is given. */
export type MailSink = AsyncDisposable & { port: number; got: readonly Mail[] };

export const startMailSink = async (): Promise<MailSink> => {
  const got: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, session, done) => {
      text(stream).then((body) => {
        // As one line each, whatever the encoding for the way made of it.
        const plain = body.replaceAll('=\r\n', '').replaceAll('=3D', '=');
        got.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: plain });
        done();
      }, done);
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    got,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

export type Hook = { path: string; headers: Record<string, string | string[] | undefined>; body: string };

/** What stands for a provider of pagers; it can be told to fail. */
export type HookSink = AsyncDisposable & { url: string; got: readonly Hook[]; status: number };

export const startHookSink = async (): Promise<HookSink> => {
  const got: Hook[] = [];
  const sink = { status: 200 };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(sink.status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(sink, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};
