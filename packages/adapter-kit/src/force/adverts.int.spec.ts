import { listDead } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIRMATION_FILE } from '../diff/confirmation.ts';
import { startKent, startTestMesh, type TestMesh } from '../testing/kent.ts';
import { tempRoster } from '../testing/roster.ts';

let mesh: TestMesh;
beforeAll(async () => {
  mesh = await startTestMesh();
});
afterAll(() => mesh[Symbol.asyncDispose]());

const seen = (id: string) => mesh.hub.adverts.get(`kent/${id}`);
const count = (): number => mesh.hub.published.length;

describe('the adverts of a force', () => {
  it('go out with a home record each, once, and a restart publishes nothing again', async () => {
    using roster = tempRoster({ capability_id: 'a-1' }, { capability_id: 'a-2', quantity: '7' });
    {
      await using kent = await startKent(mesh.muster, roster.folder);
      await kent.ready;
      expect(kent.health()).toMatchObject({ state: 'ready', adverts: 2, homeRecords: 2, unsent: 0 });
    }
    await eventually(() => seen('a-2')?.advert.quantity === 7);
    expect(seen('a-1')?.advert.revision).toBe(1);
    expect(mesh.hub.home.map(({ event }) => event.type)).toEqual(Array(2).fill('muster.home.opened.v1'));
    const traces = new Set(
      [...mesh.hub.home, ...mesh.hub.published].map(({ envelope }) => envelope.traceparent?.split('-')[1]),
    );
    expect([...traces]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    const before = count();
    await using again = await startKent(mesh.muster, roster.folder);
    await again.ready;
    expect(again.health()).toMatchObject({ state: 'ready', adverts: 2, homeRecords: 2 });
    roster.write({ capability_id: 'a-1', quantity: '2' }, { capability_id: 'a-2', quantity: '7' });
    await eventually(() => seen('a-1')?.advert.revision === 2);
    expect(count()).toBe(before + 1);
    roster.write({ capability_id: 'a-1', quantity: '2' });
    await eventually(() => seen('a-2')?.withdrawn);
    expect(count()).toBe(before + 2);
    roster.write({ capability_id: 'a-1', quantity: '2' }, { capability_id: 'a-2', quantity: '7' });
    await eventually(() => seen('a-2')?.withdrawn === false);
    expect(seen('a-2')?.advert.revision).toBe(3);
  });

  it('survive a bad row, which is told once as a dead letter', async () => {
    using roster = tempRoster({ capability_id: 'b-1' }, { capability_id: 'b-2' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    roster.write({ capability_id: 'b-1', quantity: '9' }, { capability_id: 'b-2', quantity: '-2' });
    await eventually(() => seen('b-1')?.advert.quantity === 9);
    const letters = await eventually(async () => {
      const found = await listDead(mesh.muster.admin, { owner: 'kent', reason: 'bad-row' });
      return found.length > 0 ? found : undefined;
    });
    expect(letters.map((letter) => letter.because)).toEqual([
      expect.stringContaining('kent/capabilities.csv:3 quantity "-2"'),
    ]);
    expect(kent.health()).toMatchObject({ rosterProblems: 1, adverts: 2 });
    expect(seen('b-2')).toMatchObject({ withdrawn: false, advert: { quantity: 4 } });
    roster.put('notes.csv', 'not,a,roster');
    await eventually(() => kent.health().rosterProblems > 1);
  });

  it('are not withdrawn in numbers until a person has confirmed it, while other changes go out', async () => {
    const ids = ['c-1', 'c-2', 'c-3', 'c-4', 'c-5', 'c-6'];
    using roster = tempRoster(...ids.map((capability_id) => ({ capability_id })));
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    await using careful = await startKent(mesh.muster, roster.folder);
    await careful.ready;
    await kent.stop();

    roster.write({ capability_id: 'c-1', quantity: '2' }, { capability_id: 'c-new' });
    const held = await eventually(() => careful.health().held);
    await eventually(() => seen('c-new') && seen('c-1')?.advert.quantity === 2);
    expect(seen('c-6')?.withdrawn).toBe(false);
    expect(held).toContain('5 of ');
    const [, digest = ''] = /write the line (\w+) into/.exec(held) ?? [];
    roster.put(CONFIRMATION_FILE, `${digest}\n`);
    await eventually(() => ids.slice(1).every((id) => seen(id)?.withdrawn));
    await eventually(() => careful.health().held === undefined);
  });

  it('stand again as soon as a force is ready that was away for longer than their life', async () => {
    using roster = tempRoster({ capability_id: 'e-1' });
    {
      await using kent = await startKent(mesh.muster, roster.folder, { ttlSeconds: 1, withdrawShareMax: 1 });
      await kent.ready;
    }
    const over = await eventually(() => {
      const advert = seen('e-1')?.advert;
      return advert && advert.expiresAt <= new Date().toISOString() ? advert : undefined;
    });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    await eventually(() => (seen('e-1')?.advert.expiresAt ?? '') > over.expiresAt);
    expect(seen('e-1')?.advert.revision).toBe(over.revision);
    expect(kent.health()).toMatchObject({ state: 'ready', adverts: 1 });
  });

  it('are renewed about half-way, with the same revision', async () => {
    using roster = tempRoster({ capability_id: 'd-1' });
    await using kent = await startKent(mesh.muster, roster.folder, { ttlSeconds: 5, withdrawShareMax: 1 });
    await kent.ready;
    const first = await eventually(() => seen('d-1')?.advert);
    await eventually(() => (seen('d-1')?.advert.expiresAt ?? '') > first.expiresAt, { deadlineMs: 10_000 });
    expect(seen('d-1')?.advert.revision).toBe(first.revision);
  });
});
