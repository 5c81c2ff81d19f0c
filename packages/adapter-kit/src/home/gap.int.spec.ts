import { streamName } from '@muster/contracts';
import { adapterDurable, listDead, work } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADAPTER_SERVICE } from '../force/report.ts';
import { linkOf, startKent, startTestMesh, type TestMesh } from '../testing/kent.ts';
import { createTestLedger, issued, reserved, type TestLedger } from '../testing/ledger.ts';
import { tempRoster } from '../testing/roster.ts';

let mesh: TestMesh;
let ledger: TestLedger;
beforeAll(async () => {
  mesh = await startTestMesh();
  ledger = createTestLedger(await mesh.muster.connect('hub-broker'));
});
afterAll(() => mesh[Symbol.asyncDispose]());

const seenVersions = (id: string): number[] =>
  mesh.hub.home.flatMap(({ event }) =>
    event.type === 'muster.home.recorded.v1' && event.data.capabilityId === id
      ? event.data.entries.flatMap((entry) => (entry.kind === 'seen' ? [entry.bookingVersion] : []))
      : [],
  );

/** Takes one event out of kent's durable as a dead letter, as a person's or a broken adapter's doing would. */
const loseNext = async (): Promise<void> => {
  const link = await linkOf(mesh.muster);
  const worker = work(link.mesh, {
    stream: streamName('ASSISTANCE', 'actual'),
    durable: adapterDurable('kent'),
    mode: 'actual',
    owner: 'kent',
    service: ADAPTER_SERVICE,
    handle: async () => ({ do: 'dead', reason: 'handler-failed', because: 'as the test has it' }),
  });
  await eventually(() => worker.handled() === 1);
  await worker.stop();
  await link.mesh.close();
};

describe('a booking event that the force never handled', () => {
  it('is read from the ledger when the next one of its capability comes', async () => {
    using roster = tempRoster({ capability_id: 'g-1' });
    await ledger.book('g-1', reserved('b-1', 1));
    await loseNext();
    await using kent = await startKent(mesh.muster, roster.folder);
    await kent.ready;
    await ledger.book('g-1', reserved('b-2', 1));
    await eventually(() => seenVersions('g-1').length === 2);
    expect(seenVersions('g-1')).toEqual([1, 2]);
    await eventually(() => kent.health().blocked === undefined);
    expect(kent.health().parked).toEqual([]);
  });

  it('stops its own capability only when the ledger does not show it', async () => {
    using roster = tempRoster({ capability_id: 'g-2' }, { capability_id: 'g-3' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    const data = { donor: 'kent', capabilityId: 'g-2', bookingVersion: 2, changes: [reserved('b-4', 1)] };
    await ledger.write('r-1', { type: 'muster.booking.changed.v1', data });
    await ledger.book('g-3', reserved('b-5', 1));
    await eventually(() => seenVersions('g-3').length === 1);
    expect(seenVersions('g-2')).toEqual([]);
    expect(kent.health().parked).toEqual([
      expect.objectContaining({ capabilityId: 'g-2', because: expect.stringContaining('version 2') }),
    ]);
    const letters = await listDead(mesh.muster.admin, { owner: 'kent', reason: 'version-gap' });
    expect(letters).toHaveLength(1);
    // The missing one turns up: it is handled, and the one that waited for it is read with the next.
    await ledger.book('g-2', reserved('b-3', 1));
    await eventually(() => kent.health().parked.length === 0 && seenVersions('g-2').length > 0);
    expect(seenVersions('g-2')).toEqual([1]);
  });
});

describe('an event that cannot be handled yet', () => {
  it('shows in the health with the time since which the force waits for it', async () => {
    using roster = tempRoster({ capability_id: 'g-4' });
    await using kent = await startKent(mesh.muster, roster.folder, {
      withdrawShareMax: 1,
      answer: 'automatic',
    });
    await kent.ready;
    await ledger.write('q-1', issued('q-1', 1));
    // No service takes commands here, so the answer waits.
    const blocked = await eventually(() => kent.health().blocked);
    expect(blocked).toMatchObject({ because: expect.stringContaining('request-acknowledge') });
    expect(Date.parse(blocked.since)).toBeLessThanOrEqual(Date.now());
  });
});
