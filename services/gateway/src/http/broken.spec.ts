import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../demo/people.ts';
import { type Bare, bareGateway } from '../testing/bare.ts';

let bare: Bare;
let port: number;
beforeAll(async () => {
  bare = await bareGateway({ requestArrivesMsMax: 200 });
  port = Number(new URL(await bare.app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => bare?.close());

/** Sends bytes as they are and gives what comes back until the other side closes. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(text);
  });

/** A change that somebody may make, whose body is promised and never comes. */
const unfinished = (): string => {
  const [person] = demoPeople(['kent']);
  if (!person) throw new Error('nobody is there');
  const headers = {
    host: 'x',
    'content-type': 'application/json',
    'content-length': '100',
    ...bare.headersOf(person),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return ['POST /auth/logout HTTP/1.1', ...lines, '', ''].join('\r\n');
};

describe('a body that is compressed', () => {
  it('is refused as what it is, and not read as if it were not', async () => {
    const answer = await bare.app.inject({
      ...{ method: 'POST', url: '/auth/logout', payload: '{}' },
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect([answer.statusCode, answer.json()]).toEqual([
      415,
      expect.objectContaining({ code: 'unsupported-type' }),
    ]);
  });
});

describe('a request that is none', () => {
  it.each([
    ['without a host', 'GET /v1/me HTTP/1.1\r\n\r\n', 400, 'bad-request'],
    ['in no known language', 'HELLO\r\n\r\n', 400, 'bad-request'],
    [
      'with two lengths',
      'POST /auth/logout HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
      ...([400, 'bad-request'] as const),
    ],
    [
      'with too many bytes of headers',
      `GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'x'.repeat(20_000)}\r\n\r\n`,
      ...([431, 'too-large'] as const),
    ],
    ['whose headers never end', 'GET /v1/me HTTP/1.1\r\nhost: x\r\nx-slow: ', 408, 'too-slow'],
    ['whose body never comes', 'signed in', 408, 'too-slow'],
  ])('%s is answered with a problem like any other, and let go', async (_, given, status, code) => {
    const text = given === 'signed in' ? unfinished() : given;
    const [head = '', body = ''] = (await raw(text)).split('\r\n\r\n');
    const [first, ...headers] = head.toLowerCase().split('\r\n');
    expect(first).toMatch(new RegExp(`^http/1\\.1 ${status} `));
    expect(headers).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^content-type: application\/problem\+json(; charset=utf-8)?$/),
        'cache-control: no-store',
        'connection: close',
        `content-length: ${Buffer.byteLength(body)}`,
      ]),
    );
    expect(JSON.parse(body)).toEqual({
      ...{ type: `/problems/${code}`, title: code.replaceAll('-', ' '), status, code },
      detail: expect.stringMatching(/ /),
    });
  });
});
