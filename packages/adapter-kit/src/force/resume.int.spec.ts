import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { resetExercise } from '@muster/mesh';
import { startMuster } from '@muster/mesh/testing';
import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import { CONFIRMATION_FILE } from '../diff/confirmation.ts';
import { startTestHub } from '../testing/hub.ts';
import { startKent, startTestMesh } from '../testing/kent.ts';
import { tempRoster } from '../testing/roster.ts';

describe('an adapter that starts', () => {
  it('says what it waits for while the hub does not answer, and goes on when it does', async () => {
    using roster = tempRoster({ capability_id: 's-1' });
    await using muster = await startMuster({ orgs: ['kent', 'essex'], modes: ['actual'] });
    await using kent = await startKent(muster, roster.folder);
    const waiting = await eventually(() => kent.health().because);
    expect(waiting).toMatch(/request-broker|capability-registry/);
    expect(kent.health()).toMatchObject({ state: 'resuming', adverts: 0 });
    const broker = await muster.connect('hub-broker');
    await using hub = await startTestHub(broker, await muster.connect('hub-registry'));
    await kent.ready;
    await eventually(() => hub.adverts.has('kent/s-1'));
    expect(kent.health()).toMatchObject({ state: 'ready', adverts: 1, because: undefined });
  });

  it('publishes a roster that is put into its folder later', async () => {
    using roster = tempRoster({ capability_id: 'w-1' });
    const later = `${roster.folder}-later`;
    await using mesh = await startTestMesh();
    await using kent = await startKent(mesh.muster, later);
    await kent.ready;
    expect(kent.health()).toMatchObject({ state: 'ready', adverts: 0, rosterProblems: 1 });
    renameSync(roster.folder, later);
    await eventually(() => mesh.hub.adverts.has('kent/w-1'));
    expect(kent.health()).toMatchObject({ adverts: 1, rosterProblems: 0 });
  });
});

describe('an adapter that cannot read its folder at its start', () => {
  it('says why, and is ready once it can', async () => {
    using roster = tempRoster({ capability_id: 'f-1' });
    const inTheWay = join(roster.folder, CONFIRMATION_FILE);
    mkdirSync(inTheWay);
    await using mesh = await startTestMesh();
    await using kent = await startKent(mesh.muster, roster.folder, { ttlSeconds: 5 });
    await kent.ready;
    expect(kent.health()).toMatchObject({ state: 'resuming', because: expect.stringContaining('EISDIR') });
    rmdirSync(inTheWay);
    await eventually(() => kent.health().state === 'ready');
    expect(kent.health()).toMatchObject({ adverts: 1, because: undefined, remedy: undefined });
  });
});

describe('an exercise that is made anew', () => {
  it('gets the whole roster and every home record again', async () => {
    using roster = tempRoster({ capability_id: 'x-1' }, { capability_id: 'x-2' });
    await using mesh = await startTestMesh('exercise');
    await using kent = await startKent(mesh.muster, roster.folder, { ttlSeconds: 5 }, 'exercise');
    await kent.ready;
    await eventually(() => mesh.hub.adverts.size === 2);
    await resetExercise(mesh.muster.admin, { forces: ['kent', 'essex'] });
    const { jsm } = mesh.muster.admin;
    const stored = async (stream: string) => (await jsm.streams.info(stream)).state.num_subjects;
    await eventually(
      async () => (await stored('CAPABILITY_EXERCISE')) === 2 && (await stored('HOME_EXERCISE')) === 2,
      { deadlineMs: 20_000 },
    );
    expect(kent.health()).toMatchObject({ adverts: 2, homeRecords: 2 });
  });
});
