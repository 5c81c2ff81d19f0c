import { connect, createServer, type Socket } from 'node:net';
import { LOOPBACK } from '../broker/types.ts';

/** A TCP proxy on loopback that stands between a client and a server and can spoil the link. */
export type Proxy = AsyncDisposable & {
  readonly port: number;
  readonly url: string;
  /** Resets every connection and refuses new ones until healed. */
  cut(): void;
  /** Swallows everything, or only what the server says, without closing a connection, until healed. */
  blackHole(what?: 'everything' | 'answers'): void;
  /** Holds every chunk back by this time, in milliseconds, keeping the order. */
  delay(ms: number): void;
  /** Passes everything on again. Connections that lost bytes in a black hole are reset, as they would be broken. */
  heal(): void;
};

type Fault =
  | { kind: 'none' }
  | { kind: 'cut' }
  | { kind: 'black-hole'; what: 'everything' | 'answers' }
  | { kind: 'delay'; ms: number };
type Link = { client: Socket; server: Socket; lossy: boolean };

const reset = (link: Link): void => {
  link.client.resetAndDestroy();
  link.server.resetAndDestroy();
};

/** Passes chunks one way, as the fault of the moment has it. */
const pipe = (from: Socket, to: Socket, link: Link, faultNow: () => Fault): void => {
  const isAnswer = from === link.server;
  let free = 0;
  from.on('data', (chunk) => {
    const fault = faultNow();
    if (fault.kind === 'black-hole' && (isAnswer || fault.what === 'everything')) {
      link.lossy = true;
      return;
    }
    const now = performance.now();
    // A chunk never overtakes one that was held back before it.
    free = Math.max(free, now + (fault.kind === 'delay' ? fault.ms : 0));
    if (free <= now) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), free - now);
  });
};

/** Starts a proxy in front of a loopback port. */
export const startProxy = async (target: { port: number }): Promise<Proxy> => {
  let fault: Fault = { kind: 'none' };
  const links = new Set<Link>();
  const server = createServer((client) => {
    if (fault.kind === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const link: Link = { client, server: connect({ host: LOOPBACK, port: target.port }), lossy: false };
    links.add(link);
    const end = () => {
      links.delete(link);
      link.client.destroy();
      link.server.destroy();
    };
    for (const socket of [link.client, link.server]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    pipe(link.client, link.server, link, () => fault);
    pipe(link.server, link.client, link, () => fault);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    url: `nats://${LOOPBACK}:${address.port}`,
    cut: () => {
      fault = { kind: 'cut' };
      for (const link of links) reset(link);
    },
    blackHole: (what = 'everything') => {
      fault = { kind: 'black-hole', what };
    },
    delay: (ms) => {
      fault = { kind: 'delay', ms };
    },
    heal: () => {
      fault = { kind: 'none' };
      for (const link of links) if (link.lossy) reset(link);
    },
    [Symbol.asyncDispose]: async () => {
      for (const link of links) reset(link);
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
