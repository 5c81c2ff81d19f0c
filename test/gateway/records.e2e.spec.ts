import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../world/children.ts';
import { startAlerter } from './alerter.ts';
import { bodyOf } from './bodies.ts';
import { newKey } from './browser.ts';
import { type Read, readDescription } from './described.ts';
import { listen } from './events.ts';
import { help, inHours, MODE, offer, type Stack, startStack } from './stack.ts';

const printed = mkdtempSync(join(tmpdir(), 'muster-print-'));
let stack: Stack;
let services: Service[];
beforeAll(async () => {
  stack = await startStack({
    MUSTER_PRINT_DIR: printed,
    MUSTER_PRINT_EVERY_SECONDS: '1',
    MUSTER_PRINT_ORGS: 'npocc,kent,surrey',
    MUSTER_HEARTBEAT_MS: '1000',
  });
  services = [...stack.services, await startAlerter(stack)];
}, 120_000);
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  rmSync(printed, { recursive: true });
});

const path = (query: string): string => `/v1/${MODE}/export?from=${inHours(-1)}&to=${inHours(1)}${query}`;

describe('the record of a period', () => {
  it('is the same in every format, and holds what the organisation may see', async () => {
    const id = newKey('request');
    await (await stack.as('kent-requester')).command('request-create', help(), id);
    await (await stack.as('essex-donor-desk')).command('offer-make', offer(id));
    const kent = await stack.as('kent-auditor');
    const answer = await kent.get(`/v1/${MODE}/events?afterSeq=0&limit=1000`);
    const { events } = (await answer.json()) as { events: { seq: number }[] };
    const due = events.map(({ seq }) => String(seq));

    const lines = (await (await kent.get(path(''))).text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).sequence)).toEqual(due);
    const csv = (await (await kent.get(path('&format=csv'))).text()).trimEnd().split('\n');
    expect(csv[0]).toMatch(/^sequence,time,type,/);
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(due);
    const file = await (await kent.get(path('&format=parquet'))).arrayBuffer();
    const rows = await parquetReadObjects({ file });
    expect(rows.map(({ sequence }) => sequence)).toEqual(due);
    expect(JSON.parse(String(rows[0]?.data))).toEqual(JSON.parse(lines[0] ?? '').data);

    const surrey = await (await (await stack.as('surrey-auditor')).get(path(`&request=${id}`))).text();
    expect(surrey).not.toContain('offer.made');
    expect((await (await stack.as('kent-requester')).get(path(''))).status).toBe(403);
    expect((await kent.get(path('&to=x'))).status).toBe(422);
  });

  it('is told to Prometheus by every service, and the dashboard asks for nothing that there is not', async () => {
    const told = (await Promise.all(services.map((service) => service.metrics()))).join('\n');
    const dashboard = readFileSync(new URL('../../infra/grafana/muster.json', import.meta.url), 'utf8');
    const asked = new Set(dashboard.match(/\b(?:muster|process|nodejs)_[a-z0-9_]+/g));
    expect(asked.size).toBeGreaterThan(8);
    expect([...asked].filter((metric) => !told.includes(`# TYPE ${metric} `))).toEqual([]);
    for (const service of services) expect(await service.metrics()).toMatch(/^muster_ready\{.*\} 1$/m);
  });

  it('has a health port of every service beside it, for this machine alone and with no secret on it', async () => {
    const seeds = seedsOf(stack);
    expect(seeds.length).toBeGreaterThan(100);
    for (const service of services) {
      for (const [page, status] of [
        ['/healthz', 200],
        ['/readyz', 200],
        ['/metrics', 200],
        ['/', 404],
        ['/metrics/../healthz/x', 404],
      ] as const) {
        const answer = await service.page(page);
        expect([service.name, page, answer.status]).toEqual([service.name, page, status]);
        const text = await answer.text();
        expect(seeds.filter((seed) => text.includes(seed))).toEqual([]);
        expect(text).not.toContain(stack.world.dir);
      }
      await expect(service.page('/healthz', '127.0.0.2')).rejects.toThrow('fetch failed');
    }
  });
});

/** Every secret of the mesh. */
const seedsOf = ({ world }: Stack): string[] =>
  readdirSync(world.keysDir)
    .filter((file) => file.endsWith('.nk'))
    .map((file) => readFileSync(join(world.keysDir, file), 'utf8').trim());

/** Who may read what not every role may. */
const READERS: Readonly<Record<string, string>> = {
  '/v1/{mode}/home': 'essex-auditor',
  '/v1/{mode}/forecast': 'npocc-national-centre',
  '/v1/{mode}/claims': 'essex-finance',
  '/v1/{mode}/claims/{donor}/{claimId}': 'essex-finance',
  '/v1/{mode}/claims/{donor}/{claimId}/pack': 'essex-finance',
  '/v1/{mode}/claims/{owner}/{id}/actions': 'essex-finance',
};

type Ids = Readonly<Record<string, string>>;
const inQuery: Ids = { afterSeq: '0', from: inHours(-1), to: inHours(1), month: inHours(0).slice(0, 7) };

/** An address that is read, about a request of kent's with an offer of essex's, which its deployment and claim are named after. */
const addressOf = (read: Read, requestId: string, offerId: string): string => {
  const { path, ...given } = read;
  const owned = /\/(deployments|claims)\//.test(path)
    ? { owner: 'essex', id: offerId }
    : { owner: 'kent', id: requestId };
  const ids: Ids = {
    ...{ mode: MODE, host: 'kent', requestId, lineId: 'a', commandId: requestId, ...owned },
    ...{ donor: 'essex', deploymentId: offerId, claimId: offerId, force: 'essex', capabilityId: 'cyber' },
  };
  expect([path, given.inPath.filter((name) => ids[name] === undefined)]).toEqual([path, []]);
  const query = given.inQuery.map((name) => `${name}=${inQuery[name]}`).join('&');
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name] ?? '')}?${query}`;
};

/** Kent asks essex alone for units, and gets them. */
const lend = async (over: object = {}): Promise<{ requestId: string; offerId: string }> => {
  const [requestId, offerId] = [newKey('request'), newKey('offer')];
  const kent = await stack.as('kent-approver');
  const created = await kent.command('request-create', help(over), requestId);
  if (!created.ok) throw new Error(await created.text());
  await (await stack.as('essex-donor-desk')).command('offer-make', offer(requestId), offerId);
  await kent.command('offer-accept', { requestId, accept: [{ offerId, quantity: 1 }] });
  const deployment = `/v1/${MODE}/deployments/essex/${offerId}`;
  await eventually(async () => (await kent.get(deployment)).ok, { what: 'the units are on their way' });
  return { requestId, offerId };
};

describe('the description of the API', () => {
  it('says of every answer what it is, of those of every address that is read', async () => {
    const described = await readDescription(stack.base);
    const kent = await stack.as('kent-approver');
    const command = (name: string): string => `/v1/{mode}/commands/${name}`;
    const created = await kent.command('request-create', help());
    expect(await described.faultsOf('POST', command('request-create'), created)).toEqual([]);
    const { requestId, offerId } = await lend();
    const lines = [{ lineId: 'pay', category: 'pay', hours: 8, amountPence: 40_001 }];
    const finance = await stack.as('essex-finance');
    const claimed = await finance.command('claim-estimate', { donor: 'essex', claimId: offerId, lines });
    expect(await described.faultsOf('POST', command('claim-estimate'), claimed)).toEqual([]);

    expect(described.reads.length).toBeGreaterThan(25);
    for (const read of described.reads) {
      const { path } = read;
      // Never ends.
      if (path.endsWith('/stream')) continue;
      const address = addressOf(read, requestId, offerId);
      const reader = await stack.as(READERS[path] ?? 'kent-approver');
      const answer = await eventually(async () => {
        const response = await reader.get(address);
        // The first picture may still be in the making.
        return path.endsWith('/picture') && response.status === 503 ? undefined : response;
      });
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, await described.faultsOf('GET', path, answer)]).toEqual([path, []]);
    }
  });

  it('is held against what is answered: something else than what it says is a fault', async () => {
    const described = await readDescription(stack.base);
    const path = '/v1/{mode}/board';
    const answer = (status: number, body: unknown) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
    expect(await described.faultsOf('GET', path, answer(200, { items: 1 }))).not.toEqual([]);
    expect(await described.faultsOf('GET', path, answer(418, {}))).toEqual([
      '418 is not described as "application/json"',
    ]);
    expect(await described.faultsOf('GET', path, answer(302, {}))).toEqual(['302 is not described']);
  });
});

describe('whatever is read', () => {
  it('holds nothing of what others do among themselves, and no secret', async () => {
    const { reads } = await readDescription(stack.base);
    const marker = newKey('known-to-kent-and-essex-alone');
    const terms = { ...help().terms, specialDemandReason: marker, contactDesk: marker };
    const between = { terms, recipients: { kind: 'forces', forces: ['essex'] } };
    const named = await lend(between);
    const hidden = await lend(between);
    const seeds = seedsOf(stack);
    const all: string[] = [];
    for (const role of ['approver', 'donor-desk', 'donor-approver', 'finance', 'auditor', 'force-ict']) {
      const surrey = await stack.as(`surrey-${role}`);
      for (const read of reads) {
        if (read.path.endsWith('/stream')) continue;
        const address = addressOf(read, named.requestId, named.offerId);
        const text = await (await surrey.get(address)).text();
        const found = [marker, hidden.requestId, hidden.offerId].filter((word) => text.includes(word));
        expect([role, address, found]).toEqual([role, address, []]);
        all.push(text);
      }
      await using stream = await listen(surrey, stack.base, `/v1/${MODE}/stream?notices=true`);
      await eventually(() => stream.got.some(({ event }) => event === 'live'));
      all.push(stream.got.map(({ data }) => data).join());
    }
    await using replay = await listen(
      await stack.as('surrey-auditor'),
      ...([stack.base, `/v1/${MODE}/stream?after=0`] as const),
    );
    await eventually(() => replay.got.some(({ event }) => event === 'position'));
    expect(replay.seqs().length).toBeGreaterThan(0);
    all.push(replay.got.map(({ data }) => data).join());
    const told = all.join('\n');
    expect([marker, hidden.requestId].filter((word) => told.includes(word))).toEqual([]);
    expect(seeds.filter((seed) => told.includes(seed))).toEqual([]);
    expect(
      [stack.world.dir, (await stack.as('kent-approver')).csrf].filter((one) => told.includes(one)),
    ).toEqual([]);
    // What is looked for is there for those whom it concerns.
    const own = await (await stack.as('kent-approver')).get(`/v1/${MODE}/requests/kent/${hidden.requestId}`);
    expect(await own.text()).toContain(marker);
  });
});

describe('whatever is sent', () => {
  it('is answered with nothing of what others do among themselves', async () => {
    const { sends } = await readDescription(stack.base);
    const marker = newKey('known-to-kent-and-essex-alone');
    const terms = { ...help().terms, specialDemandReason: marker, contactDesk: marker };
    const { requestId, offerId } = await lend({
      ...{ terms, recipients: { kind: 'forces', forces: ['essex'] } },
    });
    const named = {
      ...{ host: 'kent', requestId, lineId: 'a', donor: 'essex', offerId, deploymentId: offerId },
      ...{ claimId: offerId, bookingId: offerId, capabilityId: 'cyber', to: inHours(8), from: inHours(2) },
    };
    let unseen = 0;
    for (const role of ['approver', 'donor-approver', 'finance', 'unit-commander']) {
      const surrey = await stack.as(`surrey-${role}`);
      for (const { path, body } of sends) {
        const address = path.replace('{mode}', MODE).replace('{alertId}', requestId);
        const key = { 'idempotency-key': newKey('no') };
        const answer = await surrey.post(address, bodyOf(body, named, inHours(1)), key);
        const text = await answer.text();
        expect([role, path, text.includes(marker)]).toEqual([role, path, false]);
        if (text.includes('"code":"not-found"')) unseen += 1;
      }
    }
    // Bodies fit, so that it is what they name that nothing is told of.
    expect(unseen).toBeGreaterThan(30);
  });
});

const PICTURE = `/v1/${MODE}/picture`;
const onDisk = (org: string): string => readFileSync(join(printed, MODE, `${org}.html`), 'utf8');

describe('the printed picture', () => {
  it('is on the disk for each organisation, with what it may see, and is given to its own people', async () => {
    // Short enough to be printed whole.
    const id = newKey('p').slice(-8).replace(/^-+/, '');
    const only = help({ recipients: { kind: 'forces', forces: ['essex'] } });
    await (await stack.as('kent-requester')).command('request-create', only, id);
    const name = `kent ${id}`;
    await eventually(() => onDisk('npocc').includes(name) && onDisk('kent').includes(name), {
      what: 'the request is printed',
    });
    expect(onDisk('surrey')).not.toContain(name);
    expect(onDisk('npocc')).toContain('The national picture (EXERCISE)');
    expect(onDisk('npocc')).toMatch(/<td>CY.FCCU<\/td>/);
    expect(readdirSync(join(printed, MODE)).filter((file) => file.endsWith('.pdf'))).toHaveLength(3);

    const national = await (await stack.as('npocc-national-centre')).get(PICTURE);
    expect([national.status, national.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("default-src 'none'; style-src 'sha256-"),
    ]);
    const page = await national.text();
    expect(page).toContain(name);
    expect(page).toMatch(/role="status">0 min old\./);
    const kent = await stack.as('kent-auditor');
    const file = await (await kent.get(`${PICTURE}?format=pdf`)).arrayBuffer();
    expect(Buffer.from(file).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await kent.get(`${PICTURE}?as=npocc`)).status).toBe(403);
    expect((await kent.get(`${PICTURE}?format=doc`)).status).toBe(422);
    expect((await (await stack.as('essex-auditor')).get(PICTURE)).status).toBe(503);
  });

  it('stays when the mesh is away, and says how old it is', async () => {
    const kent = await stack.as('kent-requester');
    await stack.world.server?.kill9();
    const page = await eventually(async () => {
      const text = await (await kent.get(PICTURE)).text();
      return text.includes('OUT OF REACH') ? text : undefined;
    });
    expect(page).toMatch(/This is the last picture, \d+ min old\./);
    await stack.world.server?.start();
    await eventually(async () => /role="status">0 min old\./.test(await (await kent.get(PICTURE)).text()), {
      deadlineMs: 30_000,
      what: 'pictures are made again',
    });
  });
});
