import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTestLedger,
  issued,
  reserved,
  startTestMesh,
  type TestLedger,
  type TestMesh,
  tempRoster,
} from '@muster/adapter-kit/testing';
import { type Command, isForce, ORGS } from '@muster/contracts';
import { adapterDurable, type Server, serveCommands } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { nanos } from '@nats-io/nats-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnAdapter } from './testing/adapter.ts';

const ACK_WAIT_MS = 2_000;
/** Bookings under way when an adapter is told to end. */
const BOOKINGS = 100;

let mesh: TestMesh;
let ledger: TestLedger;
let server: Server;
const sent: Command[] = [];

beforeAll(async () => {
  mesh = await startTestMesh();
  const broker = await mesh.muster.connect('hub-broker');
  ledger = createTestLedger(broker);
  server = serveCommands(broker, 'actual', {
    queue: 'request-broker',
    handle: async (command) => {
      sent.push(command);
      return { ok: true, commandId: command.body.commandId, seq: 1, repeated: false, events: [] };
    },
  });
});
afterAll(async () => {
  await server.stop();
  await mesh[Symbol.asyncDispose]();
});

const verdicts = (id: string, of: TestMesh = mesh): string[] =>
  of.hub.home.flatMap(({ event }) =>
    event.type === 'muster.home.recorded.v1' && event.data.capabilityId === id
      ? event.data.entries.flatMap((entry) =>
          entry.kind === 'confirmed' || entry.kind === 'refused' ? [`${entry.kind} ${entry.bookingId}`] : [],
        )
      : [],
  );

const bookTen = async (): Promise<void> => {
  for (let n = 1; n <= 10; n += 1) await ledger.book('k-2', reserved(`k-b-${n}`, 1));
};

/** What a dead process had taken with it comes again after the durable's wait, in earnest 30 s. */
const waitLess = (of: TestMesh = mesh) =>
  of.muster.admin.jsm.consumers.update('ASSISTANCE_ACTUAL', adapterDurable('kent'), {
    ack_wait: nanos(ACK_WAIT_MS),
  });

describe('the adapter process', () => {
  it('goes on after kill -9 where it was: nothing twice, nothing lost', async () => {
    using roster = tempRoster({ capability_id: 'k-1' }, { capability_id: 'k-2', quantity: '100' });
    const config = { forces: [{ force: 'kent', roster: roster.folder }] };
    await waitLess();
    {
      await using first = await spawnAdapter(mesh.muster, config);
      expect(await first.ready()).toMatchObject({ onMesh: 1, adverts: 2 });
      await ledger.book('k-2', reserved('k-b-0', 1));
      await eventually(() => verdicts('k-2').length === 1);
      const booked = bookTen();
      await eventually(() => verdicts('k-2').length > 1);
      expect(await first.end('SIGKILL')).toBe('SIGKILL');
      await booked;
    }
    const published = mesh.hub.published.length;
    await ledger.write('k-q', issued('k-q', 2));
    await using second = await spawnAdapter(mesh.muster, config);
    expect(await second.ready()).toMatchObject({ onMesh: 1, adverts: 2 });
    await eventually(() => verdicts('k-2').length === 11, { deadlineMs: 20_000 });
    expect(verdicts('k-2')).toEqual(Array.from({ length: 11 }, (_, n) => `confirmed k-b-${n}`));
    const idsOf = (name: Command['name']): Set<string> =>
      new Set(sent.filter((one) => one.name === name).map(({ body }) => body.commandId));
    await eventually(() => idsOf('offer-make').size > 0);
    expect(new Set(sent.map(({ name }) => name))).toEqual(new Set(['request-acknowledge', 'offer-make']));
    for (const name of ['request-acknowledge', 'offer-make'] as const) expect(idsOf(name).size).toBe(1);
    expect(mesh.hub.published.length).toBe(published);
  });

  it('ends on SIGTERM with exit code 0, finishes what it has in hand and leaves the rest for the next', async () => {
    using roster = tempRoster({ capability_id: 't-1', quantity: '100' });
    // A mesh of its own: what an adapter killed by another spec had fetched would still count as in hand.
    await using own = await startTestMesh();
    await waitLess(own);
    const hub = createTestLedger(await own.muster.connect('hub-broker'));
    await using adapter = await spawnAdapter(own.muster, {
      forces: [{ force: 'kent', roster: roster.folder }],
      withdrawShareMax: 1,
    });
    await adapter.ready();
    const booked = (async () => {
      for (let n = 1; n <= BOOKINGS; n += 1) await hub.book('t-1', reserved(`t-b-${n}`, 1));
    })();
    await eventually(() => verdicts('t-1', own).length > 1);
    expect(await adapter.end('SIGTERM')).toBe(0);
    await booked;
    const done = verdicts('t-1', own).length;
    expect(done).toBeLessThan(BOOKINGS);
    await using next = await spawnAdapter(own.muster, {
      forces: [{ force: 'kent', roster: roster.folder }],
      withdrawShareMax: 1,
    });
    await next.ready();
    await eventually(() => verdicts('t-1', own).length === BOOKINGS, { deadlineMs: 20_000 });
    expect(verdicts('t-1', own)).toEqual(
      Array.from({ length: BOOKINGS }, (_, n) => `confirmed t-b-${n + 1}`),
    );
  });

  it('keeps the good forces on the mesh beside the bad ones, and says what is wrong with those', async () => {
    using kent = tempRoster({ capability_id: 'g-1' });
    const others = ORGS.filter((org) => isForce(org) && org !== 'kent' && org !== 'essex').slice(0, 2);
    await using adapter = await spawnAdapter(mesh.muster, {
      withdrawShareMax: 1,
      forces: [
        { force: 'kent', roster: kent.folder },
        { force: 'essex', roster: join(kent.folder, 'nowhere') },
        ...others.map((force) => ({ force, roster: kent.folder })),
      ],
    });
    const ready = await adapter.ready();
    expect(ready).toMatchObject({ onMesh: 2, failed: 2, rosterProblems: 1 });
    for (const force of others) {
      const health = ready.forces.find((one) => one.force === force);
      expect(health).toMatchObject({ state: 'failed' });
      expect(health?.because).toContain(`${force}.actual`);
    }
    expect(ready.forces.find(({ force }) => force === 'essex')).toMatchObject({ state: 'ready', adverts: 0 });
  });

  it('refuses a bad configuration with the field and exits 1', async () => {
    await using adapter = await spawnAdapter(mesh.muster, { forces: [{ force: 'atlantis', roster: 'x' }] });
    expect(await adapter.exited).toBe(1);
    expect(adapter.log()).toContain('forces[0].force: is not a force in the reference data');
  });

  it('ends on SIGTERM also when the broker is out of reach', async () => {
    using roster = tempRoster({ capability_id: 'o-1' });
    await using own = await startTestMesh();
    await using adapter = await spawnAdapter(own.muster, {
      forces: [{ force: 'kent', roster: roster.folder }],
    });
    await adapter.ready();
    await own.muster[Symbol.asyncDispose]();
    rmSync(join(roster.folder, 'capabilities.csv'));
    expect(await adapter.end('SIGTERM')).toBe(0);
  });
});
