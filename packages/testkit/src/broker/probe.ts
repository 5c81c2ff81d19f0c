import { connect } from 'node:net';
import { LOOPBACK } from './types.ts';

/** Longest wait for a server's greeting, in milliseconds. */
const GREETING_WAIT_MS = 1_000;

/** True when a nats-server greets on this loopback port. */
export const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK, port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(GREETING_WAIT_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('data', (chunk) => end(chunk.subarray(0, 5).toString() === 'INFO '));
  });
