import { readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from './browser.ts';
import { help, inHours, MODE, offer, type Stack, startStack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.[Symbol.asyncDispose]());

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
    const told = (await Promise.all(stack.services.map((service) => service.metrics()))).join('\n');
    const dashboard = readFileSync(new URL('../../infra/grafana/muster.json', import.meta.url), 'utf8');
    const asked = new Set(dashboard.match(/\b(?:muster|process|nodejs)_[a-z0-9_]+/g));
    expect(asked.size).toBeGreaterThan(8);
    expect([...asked].filter((metric) => !told.includes(`# TYPE ${metric} `))).toEqual([]);
    for (const service of stack.services) expect(await service.metrics()).toMatch(/^muster_ready\{.*\} 1$/m);
  });
});
