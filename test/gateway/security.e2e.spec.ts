import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, openBrowser, signIn, signInAt } from './browser.ts';
import { help, MODE, offer, type Stack, startStack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.[Symbol.asyncDispose]());

const code = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { code?: unknown }).code;

type Route = { method: string; path: string };

/** Every address that the description names under /v1, with something in place of each parameter. */
const routes = async (): Promise<Route[]> => {
  const description = (await (await fetch(`${stack.base}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    path.startsWith('/v1')
      ? Object.keys(methods).map((method) => ({
          method: method.toUpperCase(),
          path: path.replace('{mode}', MODE).replaceAll(/\{\w+\}/g, 'kent'),
        }))
      : [],
  );
};

/** Sends bytes as they are and gives what comes back until the other side closes. */
const raw = (text: string, onOpen?: (socket: Socket) => void): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(stack.base).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
    socket.write(text);
    onOpen?.(socket);
  });

describe('what nobody may do', () => {
  it('answers nothing without a session, on any route', async () => {
    const all = await routes();
    expect(all.length).toBeGreaterThan(45);
    for (const { method, path } of all) {
      const response = await fetch(`${stack.base}${path}`, {
        method,
        ...(method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}),
      });
      expect([path, response.status, await code(response)]).toEqual([path, 401, 'no-session']);
    }
  });

  it('lets no role send a command that is not its own, and no command pass without its policy', async () => {
    const finance = await stack.as('kent-finance');
    const auditor = await stack.as('kent-auditor');
    const commands = (await routes()).filter(({ method }) => method === 'POST');
    for (const { path } of commands) {
      const key = { 'idempotency-key': newKey('no') };
      expect([path, await code(await auditor.post(path, {}, key))]).toEqual([path, 'policy']);
      // What costs are settled with is theirs, and stops at what an empty body lacks.
      const due = path.includes('/commands/claim-') ? 'invalid' : 'policy';
      expect([path, await code(await finance.post(path, {}, key))]).toEqual([path, due]);
    }
    const requester = await stack.as('kent-requester');
    const posing = await requester.command('request-approve', {}, newKey('no'), {
      'muster-role': 'approver',
    });
    expect(await code(posing)).toBe('policy');
    expect(await code(await requester.get(`/v1/${MODE}/home?afterSeq=0`))).toBe('policy');
  });

  it('lets nobody act or look for an organisation in which they hold no duty', async () => {
    const kent = await stack.as('kent-requester');
    for (const { method, path } of await routes()) {
      if (!path.startsWith(`/v1/${MODE}`)) continue;
      const at = `${path}?as=essex`;
      const answer =
        method === 'POST'
          ? await kent.post(at, help(), { 'idempotency-key': newKey('no') })
          : await kent.get(at);
      expect([path, await code(answer)]).toEqual([path, 'not-permitted']);
    }
  });

  it('shows nothing of what other forces do among themselves', async () => {
    const kent = await stack.as('kent-requester');
    const id = newKey('request');
    await kent.command('request-create', help({ recipients: { kind: 'forces', forces: ['essex'] } }), id);
    await (await stack.as('essex-donor-desk')).command('offer-make', offer(id));
    const surrey = await stack.as('surrey-requester');
    expect((await surrey.get(`/v1/${MODE}/requests/kent/${id}`)).status).toBe(404);
    for (const path of ['requests', 'deployments', 'events?afterSeq=0', 'board', 'handover']) {
      const answer = await surrey.get(`/v1/${MODE}/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(await answer.text()).not.toContain(id);
    }
  });

  it('takes no change from another site, and none without the token of the session', async () => {
    const kent = await stack.as('kent-requester');
    const send = (headers: Record<string, string>) =>
      kent.browser.visit(`${stack.base}/v1/${MODE}/commands/request-create`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': newKey('no'), ...headers },
        body: JSON.stringify(help()),
      });
    const token = { 'x-muster-csrf': kent.csrf };
    const other = (await stack.as('essex-requester')).csrf;
    for (const headers of [
      {},
      { 'x-muster-csrf': '' },
      { 'x-muster-csrf': other },
      { ...token, origin: 'https://evil.example' },
      { ...token, origin: 'null' },
      { ...token, 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await send(headers as Record<string, string>);
      expect([headers, answer.status, await code(answer)]).toEqual([headers, 403, 'csrf']);
    }
    expect((await send({ ...token, origin: stack.base, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    const form = await kent.browser.visit(`${stack.base}/auth/logout`, { method: 'POST' });
    expect(await code(form)).toBe('csrf');
  });

  it('takes bodies of one kind only, and refuses what hides in them', async () => {
    const kent = await stack.as('kent-requester');
    const path = `/v1/${MODE}/commands/request-create`;
    const send = (type: string, body: string) =>
      kent.browser.visit(`${stack.base}${path}`, {
        method: 'POST',
        headers: { 'content-type': type, 'x-muster-csrf': kent.csrf, 'idempotency-key': newKey('no') },
        body,
      });
    expect((await send('text/plain', '{}')).status).toBe(415);
    expect((await send('application/x-www-form-urlencoded', 'a=1')).status).toBe(415);
    expect((await send('application/json', '{')).status).toBe(400);
    expect((await send('application/json', '{"__proto__": {"a": 1}}')).status).toBe(400);
    expect((await send('application/json', '[]')).status).toBe(422);
    expect((await send('application/json', `"${'x'.repeat(300_000)}"`)).status).toBe(413);
    const posing = await send(
      'application/json',
      JSON.stringify({ ...help(), actor: { role: 'broker', id: 'x' } }),
    );
    expect([posing.status, await code(posing)]).toEqual([422, 'invalid']);
    for (const key of ['', 'a b', '../x', 'x'.repeat(65)]) {
      const answer = await kent.command('request-create', help(), key);
      expect([key, answer.status]).toEqual([key, 422]);
    }
  });

  it('is not led astray by paths, headers or long addresses', async () => {
    const kent = await stack.as('kent-requester');
    for (const path of [
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/docs/static/%2e%2e/%2e%2e/package.json',
      '/docs/static/..%2f..%2fpackage.json',
      '/V1/exercise/requests',
      '/v1/play/requests',
      '/v1//requests',
      '/v1/exercise/requests/kent/%00',
      '/.env',
    ]) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect([path, answer.split('\r\n')[0]]).toEqual([path, expect.stringMatching(/ 40[0-4] /)]);
      expect(answer).not.toMatch(/root:|"dependencies"/);
    }
    const subject = await kent.get(`/v1/${MODE}/requests/kent.%3E/x`);
    expect([subject.status, await code(subject)]).toEqual([422, 'invalid']);
    expect((await kent.get(`/v1/${MODE}/requests?cursor=${'x'.repeat(5_000)}`)).status).toBe(413);
    const headers = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(headers).toContain(' 431 ');
    const smuggled = await raw(
      'POST /auth/logout HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expect(smuggled).toContain(' 400 ');
    for (const [abuse, due] of [
      ['GET / HTTP/1.1\r\n\r\n', / 400 /],
      ['POST /auth/logout HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}', / 400 /],
      ['POST /auth/logout HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n', / 400 /],
      ['GET / HTTP/1.1\r\nhost: x\r\nx-a: a\u0000b\r\n\r\n', / 400 /],
      ['GET / HTTP/1.1\r\nhost: x\r\n x-folded: y\r\n\r\n', / 400 /],
      ['TRACE /v1/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', / 40[0145] /],
      ['GET http://evil.example/v1/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', / 40[0-4] /],
      [
        'GET /auth/logout HTTP/1.1\r\nhost: x\r\nx-http-method-override: POST\r\nconnection: close\r\n\r\n',
        / 404 /,
      ],
    ] as const) {
      expect([abuse, (await raw(abuse)).split('\r\n')[0]]).toEqual([abuse, expect.stringMatching(due)]);
    }
  });

  it('gives an id of its own to who signs in, and that of nobody else is worth anything', async () => {
    const browser = openBrowser();
    const { host } = new URL(stack.base);
    browser.setCookie(host, 'muster', 'set-by-an-attacker');
    await signInAt(browser, stack.base, 'kent-requester');
    const id = browser.cookies(host).get('muster');
    expect(id).not.toBe('set-by-an-attacker');
    await signInAt(browser, stack.base, 'kent-requester');
    expect(browser.cookies(host).get('muster')).not.toBe(id);
    const old = await fetch(`${stack.base}/v1/me`, { headers: { cookie: `muster=${id}` } });
    expect(old.status).toBe(401);
  });

  it('ends a session at once when its person signs out', async () => {
    const person = await signIn(stack.base, MODE, 'essex-auditor');
    const cookie = `muster=${person.browser.cookies(new URL(stack.base).host).get('muster')}`;
    expect((await fetch(`${stack.base}/v1/me`, { headers: { cookie } })).status).toBe(200);
    expect((await person.post('/auth/logout')).status).toBe(200);
    expect((await fetch(`${stack.base}/v1/me`, { headers: { cookie } })).status).toBe(401);
  });

  it('does not send people elsewhere, and takes no answer that it did not ask for', async () => {
    for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/%09/evil.example']) {
      const browser = openBrowser();
      const { url } = await signInAt(browser, stack.base, 'kent-requester', to);
      expect(new URL(url).host).toBe(new URL(stack.base).host);
    }
    const forged = await fetch(`${stack.base}/auth/callback?code=x&state=y`);
    expect([forged.status, await code(forged)]).toEqual([403, 'sign-in-failed']);
  });

  it('tells browsers to run nothing but its own, and to keep its cookies from scripts', async () => {
    const login = await fetch(`${stack.base}/auth/login`, { redirect: 'manual' });
    expect(login.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
    const page = await fetch(`${stack.base}/docs/`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('server')).toBeNull();
  });
});

describe('who asks too much', () => {
  it('cuts off who sends too slowly, and answers who waits', async () => {
    await using small = await startStack({
      MUSTER_REQUEST_ARRIVES_MS: '1000',
      MUSTER_REQUESTS_PER_MINUTE: '40',
    });
    const before = stack;
    stack = small;
    try {
      const answer = await raw('POST /auth/logout HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
      expect(answer).toMatch(/ 40[138] /);
      expect(await raw('GET /v1/me HTTP/1.1\r\nhost: x\r\nx-slow: ')).toMatch(/ 408 /);
      const kent = await small.as('kent-requester');
      let refused: Response | undefined;
      for (let n = 0; n < 60 && refused === undefined; n += 1) {
        const response = await kent.get('/v1/me');
        if (response.status === 429) refused = response;
      }
      expect(refused?.headers.get('retry-after')).not.toBeNull();
      expect(refused && (await code(refused))).toBe('too-many');
      // Who has no session counts by address, and no header makes it another.
      let last = 0;
      for (let n = 0; n < 60 && last !== 429; n += 1) {
        const from = `10.0.0.${n}`;
        const headers = { 'x-forwarded-for': from, 'x-real-ip': from, forwarded: `for=${from}` };
        last = (await fetch(`${small.base}/v1/me`, { headers })).status;
      }
      expect(last).toBe(429);
    } finally {
      stack = before;
    }
  }, 120_000);
});
