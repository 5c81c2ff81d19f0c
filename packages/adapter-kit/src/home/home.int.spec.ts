import type { EventData, HomeEntry } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkOf, startKent, startTestMesh, type TestMesh } from '../testing/kent.ts';
import { createTestLedger, NEED, reserved, type TestLedger, TRACE_ID } from '../testing/ledger.ts';
import { tempRoster } from '../testing/roster.ts';
import { changeHome, showHome } from './local.ts';

let mesh: TestMesh;
let ledger: TestLedger;
beforeAll(async () => {
  mesh = await startTestMesh();
  ledger = createTestLedger(await mesh.muster.connect('hub-broker'));
});
afterAll(() => mesh[Symbol.asyncDispose]());

type Recorded = EventData<'muster.home.recorded.v1'>;

const records = (id: string): Recorded[] =>
  mesh.hub.home.flatMap(({ event }) =>
    event.type === 'muster.home.recorded.v1' && event.data.capabilityId === id ? [event.data] : [],
  );
const entries = (id: string): HomeEntry[] => records(id).flatMap((record) => record.entries);
const kinds = (id: string): string[] =>
  entries(id).map((entry) => ('bookingId' in entry ? `${entry.kind} ${entry.bookingId}` : entry.kind));
const desk = { role: 'donor-desk', id: 'duty-desk' } as const;

describe("a force's own ledger", () => {
  it('records what the hub reserved and confirms it in the same record while there is room', async () => {
    using roster = tempRoster({ capability_id: 'h-1' });
    await using kent = await startKent(mesh.muster, roster.folder);
    await kent.ready;
    await ledger.book('h-1', reserved('b-1', 3));
    await ledger.book('h-1', reserved('b-2', 2));
    await eventually(() => records('h-1').length === 2);
    expect(kinds('h-1')).toEqual(['seen', 'confirmed b-1', 'seen', 'refused b-2']);
    expect(records('h-1').map((record) => record.homeVersion)).toEqual([1, 2]);
    const traces = mesh.hub.home.flatMap(({ event, envelope }) =>
      event.type === 'muster.home.recorded.v1' && event.data.capabilityId === 'h-1'
        ? [envelope.traceparent]
        : [],
    );
    expect(traces).toEqual(Array(2).fill(expect.stringContaining(TRACE_ID)));
    expect(entries('h-1')[3]).toMatchObject({ reasonCode: 'no-capacity' });
  });

  it('voids what lapsed before it was confirmed, and waits for a person where that is the policy', async () => {
    using roster = tempRoster({ capability_id: 'h-2' });
    await using kent = await startKent(mesh.muster, roster.folder, {
      confirm: 'person',
      withdrawShareMax: 1,
    });
    await kent.ready;
    await ledger.book('h-2', reserved('b-3', 1), reserved('b-4', 1), reserved('b-5', 1));
    await ledger.book('h-2', {
      kind: 'lapsing',
      bookingId: 'b-3',
      token: 1,
      reasonCode: 'request-cancelled',
    });
    await eventually(() => kinds('h-2').includes('void b-3'));
    expect(kinds('h-2')).toEqual(['seen', 'seen', 'void b-3']);

    const link = await linkOf(mesh.muster);
    const confirm = (commandId: string) =>
      changeHome(link, {
        capabilityId: 'h-2',
        commandId,
        actor: desk,
        input: { kind: 'confirm', bookingId: 'b-4' },
      });
    expect(await confirm('c-1')).toMatchObject({ kind: 'stored' });
    expect(await confirm('c-1')).toEqual({ kind: 'nothing' });
    expect(
      await changeHome(link, {
        capabilityId: 'h-2',
        commandId: 'c-2',
        actor: desk,
        input: { kind: 'refuse', bookingId: 'b-4', reasonCode: 'own-demand' },
      }),
    ).toMatchObject({ kind: 'refused', refusal: { refused: 'wrong-status' } });
    await eventually(() => kinds('h-2').includes('confirmed b-4'));
    const shown = await showHome(link, 'h-2');
    expect(shown.kind === 'home' && shown.states.get('h-2')?.verdicts.get('b-4')).toMatchObject({
      verdict: 'confirmed',
    });
  });

  it('never gives more than the force has, however the desk and the adapter race for it', async () => {
    using roster = tempRoster({ capability_id: 'h-3', quantity: '6' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    const links = await Promise.all(Array.from({ length: 4 }, () => linkOf(mesh.muster)));
    const uses = links.flatMap((link, desks) =>
      [1, 2, 3].map(async (n) => {
        const id = `use-${desks}-${n}`;
        return changeHome(link, {
          capabilityId: 'h-3',
          commandId: id,
          actor: desk,
          input: { kind: 'use', useId: id, quantity: 1, ...NEED },
        });
      }),
    );
    const bookings = ['p-1', 'p-2', 'p-3', 'p-4'].reduce(
      (before, id) => before.then(() => ledger.book('h-3', reserved(id, 1))),
      Promise.resolve(),
    );
    const outcomes = await Promise.all(uses);
    await bookings;
    await eventually(() => kinds('h-3').filter((kind) => kind === 'seen').length === 4);
    const given = entries('h-3').filter(({ kind }) => kind === 'used' || kind === 'confirmed');
    expect(given).toHaveLength(6);
    expect(records('h-3').map(({ homeVersion }) => homeVersion)).toEqual(records('h-3').map((_, n) => n + 1));
    const stored = outcomes.filter(({ kind }) => kind === 'stored').length;
    expect(entries('h-3').filter(({ kind }) => kind === 'used')).toHaveLength(stored);
    expect(outcomes.every(({ kind }) => kind === 'stored' || kind === 'refused')).toBe(true);
  });

  it('says that nothing was recorded when the capability is unknown', async () => {
    const link = await linkOf(mesh.muster);
    const outcome = await changeHome(link, {
      capabilityId: 'never-heard-of',
      commandId: 'c-9',
      actor: desk,
      input: { kind: 'use', useId: 'u-9', quantity: 1, ...NEED },
    });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { refused: 'not-found' } });
  });
});
