import { type HomeEntry, refuse } from '@muster/contracts';
import { createLedger } from '@muster/domain';
import type { StoredEvent } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Internal } from '../command/internal.ts';
import { noFaults } from '../faults.ts';
import { keepHome } from './keeper.ts';
import { trackUndecided } from './undecided.ts';

let muster: Muster;

beforeAll(async () => {
  muster = await startMuster({ orgs: ['essex'], modes: ['actual'], syncAlways: false });
});

afterAll(() => muster[Symbol.asyncDispose]());

/** A record in which a force decides on a booking that the hub never made. */
const ghost = (homeVersion: number): StoredEvent => {
  const entry: HomeEntry = {
    ...{ kind: 'void', bookingId: `ghost-${homeVersion}`, token: 1, host: 'kent', requestId: 'r1' },
  };
  return {
    seq: homeVersion,
    subject: 'actual.home.essex.unit',
    storedAt: 0,
    envelope: {
      id: `essex.c-${homeVersion}.1`,
      source: '/muster/essex/test',
      type: 'muster.home.recorded.v1',
      time: '2026-12-07T08:00:00.000Z',
      commandId: `c-${homeVersion}`,
      actor: 'essex/adapter/test',
      classification: 'OFFICIAL',
    },
    event: {
      type: 'muster.home.recorded.v1',
      data: { donor: 'essex', capabilityId: 'unit', homeVersion, entries: [entry] },
    },
  };
};

it('forgets decisions on bookings that there are not, however many a force writes', async () => {
  const mesh = await muster.connect('hub-broker');
  const classificationOf = () => 'OFFICIAL' as const;
  const undecided = trackUndecided(() => createLedger().view, classificationOf);
  for (let version = 1; version <= 100; version += 1) undecided.applyHome(ghost(version));
  expect([...undecided.open()]).toHaveLength(100);
  const refused = refuse('not-found', 'the ledger has no such booking');
  const internal: Internal = {
    hasEffect: () => true,
    run: async () => ({ kind: 'refused', refusal: refused }),
  };
  const common = { mesh, mode: 'actual', internal, fault: noFaults, classificationOf } as const;
  const keeper = keepHome({ ...common, undecided });
  await eventually(() => [...undecided.open()].length === 0);
  await keeper.stop();
});

it('keeps a decision while it may still have an effect', async () => {
  const mesh = await muster.connect('hub-broker');
  const classificationOf = () => 'OFFICIAL' as const;
  const undecided = trackUndecided(() => createLedger().view, classificationOf);
  undecided.applyHome(ghost(1));
  let tries = 0;
  const internal: Internal = {
    hasEffect: () => true,
    run: async () => {
      tries += 1;
      return { kind: 'unknown', because: 'the server does not answer' };
    },
  };
  const common = { mesh, mode: 'actual', internal, fault: noFaults, classificationOf } as const;
  const keeper = keepHome({ ...common, undecided });
  await eventually(() => tries > 0);
  await keeper.stop();
  expect([...undecided.open()]).toHaveLength(1);
});
