import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freePort } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const BULK = '/-/npm/v1/security/advisories/bulk';
/** For how long one that never answers is waited for. */
const SHORT = { MUSTER_AUDIT_WAIT_MS: '3000' };

type Answer = (response: ServerResponse) => void;
let answer: Answer;
let asked: { path: string; packages: Record<string, string[]> }[] = [];
let registry: Server;
let url: string;

/** A registry as far as it answers for advisories; of the packages themselves it has none. */
const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (request.url !== BULK) {
    response.writeHead(404).end('{}');
    return;
  }
  let text = '';
  for await (const chunk of request) text += String(chunk);
  asked.push({ path: `${request.method} ${request.url}`, packages: JSON.parse(text) });
  answer(response);
};

beforeAll(async () => {
  registry = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
});
afterAll(() => {
  registry?.close();
  registry?.closeAllConnections();
});

type Ran = { code: number; said: string[] };

const audit = (env: Record<string, string> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    asked = [];
    const all = { ...process.env, MUSTER_AUDIT_REGISTRY: url, ...env };
    execFile(process.execPath, [MAIN], { env: all }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout.trimEnd().split('\n') }),
    );
  });

const advisory = (severity: string) => ({
  ...{ id: 1, url: 'https://example.org/GHSA-1', title: 'Reads too much', severity },
  ...{ vulnerable_versions: '<99.0.0', cwe: ['CWE-1'], cvss: { score: 0, vectorString: null } },
});
const json =
  (body: object): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const REMEDY = expect.stringContaining('MUSTER_AUDIT_REGISTRY names a registry that answers');

describe('the audit of dependencies asks a registry', () => {
  it('about each package that runs, and passes when there is nothing', async () => {
    answer = json({});
    expect(await audit()).toEqual({
      ...{ code: 0, said: ['audit: no advisory of high or critical severity about what runs'] },
    });
    expect(asked.map(({ path }) => path)).toEqual([`POST ${BULK}`]);
    expect(asked[0]?.packages.fastify).toEqual([expect.stringMatching(/^\d+\./)]);
  });

  it('and fails when it knows of something grave, which it names with who uses it', async () => {
    answer = json({ fastify: [advisory('high')] });
    expect(await audit()).toEqual({
      code: 1,
      said: [
        expect.stringMatching(
          /^audit: high: fastify \d\S+: Reads too much \(https:\/\/example.org\/GHSA-1\), used by services__gateway>fastify; patched: >=99.0.0$/,
        ),
        expect.stringContaining('1 of high or critical severity: update what holds them'),
      ],
    });
  });

  it('and tells what is less than grave without failing, also where an answer is required', async () => {
    answer = json({ fastify: [advisory('moderate')] });
    const { code, said } = await audit({ MUSTER_AUDIT_REQUIRED: '1' });
    expect([code, said]).toEqual([
      0,
      [expect.stringContaining('moderate: fastify'), expect.stringContaining('no advisory of high')],
    ]);
  });
});

describe('of a registry that tells nothing, it says why and what to do', () => {
  const refused: Answer = (response) => response.writeHead(405).end('no');
  const silent: Answer = () => undefined;
  const page: Answer = (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>');
  it.each([
    ['refuses the question', refused, {}, 'the registry gives no advisories: it answered 405'],
    ['never answers', silent, SHORT, 'the registry did not answer in time'],
    ['gives a page of somebody else', page, {}, "the registry's answer is none"],
    ['is not there', undefined, {}, 'the registry cannot be reached'],
  ] as const)('when it %s', async (_, how, over, because) => {
    const env: Record<string, string> = { ...over };
    if (how) answer = how;
    else env.MUSTER_AUDIT_REGISTRY = `http://127.0.0.1:${await freePort()}/`;
    const said = [expect.stringContaining(`audit: nothing is known: ${because}`), REMEDY];
    const [open, required] = await Promise.all([audit(env), audit({ ...env, MUSTER_AUDIT_REQUIRED: '1' })]);
    expect(open).toEqual({ code: 0, said });
    expect(required).toEqual({
      code: 1,
      said: [...said, expect.stringContaining('this counts as a failure')],
    });
  });
});
