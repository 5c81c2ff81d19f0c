import type { NatsConnection, Status } from '@nats-io/nats-core';
import type { Logger } from 'pino';

const logStatus = (status: Status, log: Logger): void => {
  switch (status.type) {
    case 'disconnect':
      log.warn({ server: status.server }, 'connection lost');
      return;
    case 'reconnect':
      log.info({ server: status.server }, 'connected again');
      return;
    case 'staleConnection':
      log.warn('the server does not answer pings');
      return;
    case 'slowConsumer':
      log.warn({ subject: status.sub.getSubject(), pending: status.pending }, 'slow consumer');
      return;
    case 'error':
      log.error({ err: status.error }, 'the server refused something');
      return;
    case 'ldm':
      log.info({ server: status.server }, 'the server is about to shut down');
      return;
    case 'reconnecting':
    case 'update':
    case 'ping':
    case 'forceReconnect':
    case 'close':
      log.debug({ status: status.type }, 'connection status');
      return;
    default: {
      const never: never = status;
      throw new Error(`unknown status ${JSON.stringify(never)}`);
    }
  }
};

/** Logs what happens to a connection until it ends. */
export const followStatus = (nc: NatsConnection, log: Logger): void => {
  const follow = async (): Promise<void> => {
    for await (const status of nc.status()) logStatus(status, log);
  };
  follow().catch((err: unknown) => log.error({ err }, 'connection status is no longer followed'));
  nc.closed().then((err) => {
    if (err) log.fatal({ err }, 'the server refuses this connection: check the key, then start again');
  });
};
