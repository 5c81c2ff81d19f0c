import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../demo/people.ts';
import { BASE, type Bare, bareGateway, type Route } from '../testing/bare.ts';

/** What anyone may have: the way in, the reference, and what a page of ours is made of. */
const PUBLIC: Readonly<Record<string, readonly number[]>> = {
  '/': [303],
  '/alerts/:mode/:alertId': [303],
  '/alerts/acknowledge.js': [200],
  '/alerts/alert.css': [200],
  // No identity server is behind these here.
  '/auth/callback': [503],
  '/auth/login': [503],
  '/docs': [200, 302],
  '/docs/': [200],
  '/docs/json': [200],
  '/docs/yaml': [200],
  '/docs/static/*': [404],
  '/docs/static/index.html': [200, 302],
  '/docs/static/swagger-initializer.js': [200],
  '/openapi.json': [200],
  '/problems': [200],
  // Of no such code.
  '/problems/:code': [404],
};

/** What everyone who has signed in may have, whatever they do. */
const FOR_ALL: readonly string[] = ['/v1/me', '/v1/reference', '/auth/logout'];

/** Actions whose name is not the name of their operation. */
const ACTIONS: Readonly<Record<string, string>> = {
  '/alerts/:mode/:alertId': 'alerts',
  'claim-actions': 'actions',
  'deployment-actions': 'actions',
  'general-actions': 'actions',
  'handover-mark-set': 'handover-mark',
  'request-actions': 'actions',
  result: 'results',
};

const actionOf = ({ url, operationId = url }: Route): string => ACTIONS[operationId] ?? operationId;

const FILLED: Readonly<Record<string, string>> = { mode: 'exercise', '*': 'nothing' };
const addressOf = ({ url }: Route, query = ''): string =>
  `${url.replaceAll(/:(\w+)|\*/g, (whole, name = '*') => FILLED[name] ?? (whole ? 'kent' : ''))}${query}`;

let bare: Bare;
let guarded: Route[];
beforeAll(async () => {
  bare = await bareGateway();
  guarded = bare.routes.filter(({ url }) => !(url in PUBLIC) && !FOR_ALL.includes(url));
  guarded.push(...bare.routes.filter(({ url }) => url === '/alerts/:mode/:alertId'));
});
afterAll(() => bare?.close());

type Told = { status: number; code: string | undefined };

const send = async (
  route: Route,
  { headers = {}, query }: { headers?: Record<string, string>; query?: string } = {},
): Promise<Told> => {
  const response = await bare.app.inject({
    method: route.method as 'GET',
    url: addressOf(route, query),
    headers: { 'idempotency-key': 'k-1', ...headers },
    ...(route.method === 'POST' ? { payload: {} } : {}),
  });
  const text = response.headers['content-type']?.toString().includes('json') ? response.body : '';
  return { status: response.statusCode, code: text === '' ? undefined : JSON.parse(text).code };
};

/** What a HEAD request was answered, whose body is not sent. */
const isSame = ({ method }: Route, told: Told, status: number, code: string): boolean =>
  told.status === status && (method === 'HEAD' ? told.code === undefined : told.code === code);

const people = demoPeople(['kent', 'ricc-south-east', 'npocc']);

describe('every address of the gateway', () => {
  it('is one that anyone may have, or answers nobody who has not signed in', async () => {
    const before = bare.reached();
    const open = new Set<string>();
    for (const route of bare.routes) {
      const told = await send(route);
      if (route.url in PUBLIC) {
        open.add(route.url);
        expect([route, PUBLIC[route.url]]).toEqual([route, expect.arrayContaining([told.status])]);
      } else {
        expect([route, told, isSame(route, told, 401, 'no-session')]).toEqual([route, told, true]);
      }
    }
    expect([...open].sort()).toEqual(Object.keys(PUBLIC).sort());
    expect(guarded.length).toBeGreaterThan(100);
    expect(bare.reached()).toBe(before);
  });

  it('serves each role what the policy grants it, and refuses it everything else before the mesh is asked', async () => {
    for (const person of people) {
      const headers = bare.headersOf(person);
      for (const route of guarded) {
        const granted = person.duties.some((duty) => bare.policy.rolesFor(duty, actionOf(route)).length > 0);
        const before = bare.reached();
        const told = await send(route, { headers });
        const refused = isSame(route, told, 403, 'policy');
        expect([person.id, route, told, refused]).toEqual([person.id, route, told, !granted]);
        if (refused) expect([person.id, route, bare.reached()]).toEqual([person.id, route, before]);
        else expect([401, 403]).not.toContain(told.status);
      }
    }
  });

  it('lets no role be put on that the person does not hold', async () => {
    const [auditor] = people.filter(({ id }) => id === 'kent-auditor');
    if (!auditor) throw new Error('there is no auditor of kent');
    const headers = { ...bare.headersOf(auditor), 'muster-role': 'national-centre' };
    for (const route of guarded) {
      const told = await send(route, { headers });
      expect([route, told, isSame(route, told, 403, 'policy')]).toEqual([route, told, true]);
    }
  });

  it('lets nobody act or look for an organisation in which they hold no duty, be it none at all', async () => {
    const before = bare.reached();
    for (const person of people.filter(({ id }) => /requester|national/.test(id))) {
      const headers = bare.headersOf(person);
      for (const route of guarded) {
        for (const query of ['?as=essex', '?as=', '?as=hub', '?as=kent&as=essex']) {
          const told = await send(route, { headers, query });
          expect([route, query, told, isSame(route, told, 403, 'not-permitted')]).toEqual([
            ...[route, query, told, true],
          ]);
        }
      }
    }
    expect(bare.reached()).toBe(before);
  });

  it('takes no change without the token of the session, or from a page of somebody else', async () => {
    const [person, other] = people;
    if (!person || !other) throw new Error('there is nobody to try it');
    const changes = bare.routes.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
    expect(changes.length).toBeGreaterThan(50);
    for (const route of changes) {
      const own = bare.headersOf(person);
      for (const headers of [
        { ...own, 'x-muster-csrf': '' },
        { ...own, 'x-muster-csrf': bare.headersOf(other)['x-muster-csrf'] },
        { ...own, origin: 'https://evil.example' },
        { ...own, origin: 'null' },
        { ...own, 'sec-fetch-site': 'cross-site' },
        { ...own, 'sec-fetch-site': 'same-site' },
      ]) {
        const told = await send(route, { headers });
        expect([route, headers, told]).toEqual([route, headers, { status: 403, code: 'csrf' }]);
      }
      const fine = await send(route, { headers: { ...own, origin: BASE, 'sec-fetch-site': 'same-origin' } });
      expect([route, fine.code]).not.toEqual([route, 'csrf']);
    }
  });
});
