import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually, freePort } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from './gateway.ts';
import { SESSION_IDLE_MS, SESSION_MS_MAX, SIGN_IN_MS_MAX } from './limits.ts';
import { openVisitor, type Visitor } from './testing/visitor.ts';

/** A proxy with TLS is thought to be before the gateway. */
const PUBLIC = 'https://muster.example';
const ME = '/v1/me';
const SESSION = 'muster.example __Host-muster';
const TICKET = 'muster.example __Host-muster-sign-in';
const HEARTBEAT_MS = 50;

const clock = { at: Date.now(), now: () => clock.at };
let muster: Muster;
let gateway: Gateway;
let listening: string;
beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent', 'essex'], modes: ['exercise'] });
  const port = await freePort();
  listening = `http://127.0.0.1:${port}`;
  gateway = await startGateway({
    mesh: await muster.connect('hub-gateway', { clock }),
    ...{ modes: ['exercise'], listen: { host: '127.0.0.1', port }, publicUrl: PUBLIC },
    limits: { heartbeatMs: HEARTBEAT_MS, signInsPerWindowMax: 60 },
  });
  await gateway.ready;
});
afterAll(async () => {
  await gateway?.stop();
  await muster?.[Symbol.asyncDispose]();
});

const visitor = (): Visitor => openVisitor(PUBLIC, listening);
const signedIn = async (person = 'kent-requester'): Promise<Visitor> => {
  const one = visitor();
  const { status } = await one.signIn(person);
  if (status !== 303) throw new Error(`${person} could not sign in: ${status}`);
  return one;
};
const told = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as { code?: string }).code,
];

/** Reads a stream until what came satisfies, or it ends. */
const readUntil = async (response: Response, enough: (text: string) => boolean): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (enough(text)) break;
  }
  return text;
};
const positions = (text: string): string[] => text.match(/event: position\nid: .*\ndata: .*\n\n/g) ?? [];

describe('cookies behind https', () => {
  it('belong to this host alone, come back over TLS alone, and are read by no script', async () => {
    const one = await signedIn();
    expect([...one.jar.keys()].filter((key) => key.startsWith('muster.example '))).toEqual([SESSION]);
    const cookie = one.jar.get(SESSION) ?? '';
    expect(cookie.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      `Max-Age=${SESSION_MS_MAX / 1_000}`,
      ...['Path=/', 'SameSite=Lax', 'Secure'],
    ]);
    const other = visitor();
    const login = await other.get('/auth/login');
    expect((other.jar.get(TICKET) ?? '').split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      `Max-Age=${SIGN_IN_MS_MAX / 1_000}`,
      ...['Path=/', 'SameSite=Lax', 'Secure'],
    ]);
    expect(login.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
    expect(await one.get(ME).then((me) => me.status)).toBe(200);
  });
});

describe('the way back from the identity server', () => {
  it('is good once, for the browser that went, with its own state, and within a time', async () => {
    const one = visitor();
    const back = await one.choose('kent-requester');
    expect(await told(await visitor().get(back))).toEqual([403, 'sign-in-failed']);
    const other = visitor();
    await other.choose('kent-approver');
    expect(await told(await other.get(back))).toEqual([403, 'sign-in-failed']);
    expect(other.jar.get(SESSION)).toBeUndefined();

    const ticket = one.jar.get(TICKET)?.split(';')[0] ?? '';
    expect((await one.get(back)).status).toBe(303);
    expect(await told(await visitor().get(back, { cookie: ticket }))).toEqual([403, 'sign-in-failed']);

    const late = visitor();
    const lateBack = await late.choose('kent-requester');
    clock.at += SIGN_IN_MS_MAX;
    expect(await told(await late.get(lateBack))).toEqual([403, 'sign-in-failed']);
  });

  it('leads to the public address, whatever the request says of itself', async () => {
    const headers = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      origin: 'https://evil.example',
    };
    const login = await visitor().get('/auth/login', headers);
    const to = new URL(login.headers.get('location') ?? '');
    expect([login.status, to.hostname, to.searchParams.get('redirect_uri')]).toEqual([
      ...[303, '127.0.0.1', `${PUBLIC}/auth/callback`],
    ]);
  });
});

describe('a session', () => {
  it('ends when nobody uses it, with its streams, and says so', async () => {
    const [idle, used] = [await signedIn(), await signedIn('essex-auditor')];
    const stream = await idle.get('/v1/exercise/stream');
    expect(stream.status).toBe(200);
    clock.at += SESSION_IDLE_MS - 1;
    expect((await used.get(ME)).status).toBe(200);
    clock.at += 1;
    const text = await readUntil(stream, () => false);
    expect(text).toMatch(/event: end\ndata: \{"because":"the session has ended: sign in again"\}\n\n$/);
    expect(await told(await idle.get(ME))).toEqual([401, 'no-session']);
    expect((await used.get(ME)).status).toBe(200);
  });

  it('ends after a long duty however much it is used, with its streams', async () => {
    const one = await signedIn();
    const { expiresAt } = (await (await one.get(ME)).json()) as { expiresAt: string };
    expect(Date.parse(expiresAt)).toBe(clock.at + SESSION_MS_MAX);
    const stream = await one.get('/v1/exercise/stream');
    for (; clock.at < Date.parse(expiresAt); clock.at += SESSION_IDLE_MS / 2) {
      expect((await one.get(ME)).status).toBe(200);
    }
    expect(await told(await one.get(ME))).toEqual([401, 'no-session']);
    expect(await readUntil(stream, () => false)).toContain('event: end');
    expect(await told(await one.post('/auth/logout'))).toEqual([401, 'no-session']);
    expect(gateway.health().readers).toBe(0);
  });
});

describe('a stream on which nothing happens', () => {
  it('gives signs of life that say where its reader is, as often as is set', async () => {
    const one = await signedIn();
    const from = performance.now();
    const stream = await one.get('/v1/exercise/stream?snapshot=none&force=essex');
    const text = await readUntil(stream, (all) => positions(all).length >= 4);
    expect(new Set(positions(text))).toEqual(new Set(['event: position\nid: 0\ndata: {"seq":0}\n\n']));
    expect(performance.now() - from).toBeGreaterThanOrEqual(3 * HEARTBEAT_MS - 5);
    await eventually(() => gateway.health().readers === 0, { what: 'the reader is known to have gone' });
  });

  it('is none for who asks for its headers alone', async () => {
    const one = await signedIn();
    const cookie = one.jar.get(SESSION)?.split(';')[0] ?? '';
    const head = await fetch(`${listening}/v1/exercise/stream`, { method: 'HEAD', headers: { cookie } });
    expect(head.status).toBe(404);
    expect(gateway.health().readers).toBe(0);
  });
});

describe('who begins to sign in too often', () => {
  it('is told to wait, and for how long', async () => {
    let refused: Response | undefined;
    for (let n = 0; n <= 60 && refused === undefined; n += 1) {
      const answer = await visitor().get('/auth/login');
      if (answer.status === 429) refused = answer;
    }
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused && (await told(refused))).toEqual([429, 'too-many']);
  });
});
