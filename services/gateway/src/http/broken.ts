import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { detailsOf, headersFor, Problem } from './problems.ts';

const problemOf = ({ code }: ConnectionError): Problem => {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('too-slow', 'the request did not arrive whole in time');
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('too-large', 'the headers are too long');
    default:
      return new Problem('bad-request', 'that cannot be read as an HTTP request');
  }
};

/** Headers are refused with a status of their own. */
const HEADERS_TOO_LARGE = 431;

/** Answers what never became a request with a problem like any other, and lets go of the connection. */
export const answerBroken = (error: ConnectionError, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error);
  const details = detailsOf(problem);
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? HEADERS_TOO_LARGE : details.status;
  const body = JSON.stringify({ ...details, status });
  const headers = {
    ...headersFor(problem.code),
    connection: 'close',
    'content-length': Buffer.byteLength(body),
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, '', body].join('\r\n'), () =>
    socket.destroy(),
  );
};
