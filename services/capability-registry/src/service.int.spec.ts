import type { AskQuery, CapabilityAdvertised, MusterEvent } from '@muster/contracts';
import { type Appender, createAppender, createCaller, type Mesh, resetExercise } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Registry, startRegistry } from './service.ts';
import { advert, booking, homeRecord, reserved } from './testing/samples.ts';

const ORGS = ['kent', 'essex', 'durham', 'npocc'];
const DAY_MS = 86_400_000;
const from = new Date(Date.now() + DAY_MS).toISOString();
const to = new Date(Date.now() + 2 * DAY_MS).toISOString();

let muster: Muster & AsyncDisposable;
let registryMesh: Mesh;
let registry: Registry;

const live = (change: Partial<CapabilityAdvertised> = {}): CapabilityAdvertised =>
  advert({ expiresAt: new Date(Date.now() + DAY_MS).toISOString(), ...change });

let commands = 0;
const writerOf = (org: string) => {
  commands += 1;
  return {
    org,
    commandId: `c-${commands}`,
    source: '/muster/test',
    actor: `${org}/adapter/test`,
    time: new Date().toISOString(),
    classification: 'OFFICIAL' as const,
  };
};

const publish = async (appender: Appender, event: MusterEvent<'muster.capability.advertised.v1'>) =>
  expect(await appender.publishState('exercise', event, writerOf(event.data.force), 3_600)).toMatchObject({
    kind: 'stored',
  });

const advertise = async (org: string, data: CapabilityAdvertised) =>
  publish(createAppender(await muster.connect(`${org}.exercise`)), {
    type: 'muster.capability.advertised.v1',
    data,
  });

const ask = async (org: string, query: AskQuery<'capability-search'>) => {
  const caller = createCaller(await muster.connect(`${org}.exercise`));
  return caller.ask('exercise', org, 'capability-search', query);
};

const idsFor = async (org: string, query: AskQuery<'capability-search'> = {}): Promise<string[]> => {
  const outcome = await ask(org, query);
  if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
  return outcome.answer.items.map((view) => view.capabilityId);
};

const start = async (): Promise<void> => {
  registryMesh = await muster.connect('hub-registry');
  registry = startRegistry(registryMesh, 'exercise');
  await registry.ready;
};

beforeAll(async () => {
  muster = await startMuster({ orgs: ORGS, modes: ['exercise'] });
  await advertise('kent', live({ capabilityId: 'national' }));
  await advertise('kent', live({ capabilityId: 'regional', releasableTo: { kind: 'region' } }));
  await start();
});

afterAll(async () => {
  await registry?.stop();
  await muster?.[Symbol.asyncDispose]();
});

describe('the registry on a real broker', () => {
  it('knows at its start what was advertised before, and shows each force what it may see', async () => {
    expect(registry.health()).toMatchObject({ ready: true, capabilities: 2, alarms: [] });
    expect(await idsFor('essex')).toEqual(['national', 'regional']);
    expect(await idsFor('durham')).toEqual(['national']);
    expect(await idsFor('npocc')).toEqual(['national', 'regional']);
  });

  it('takes in adverts, bookings and local use as they are stored', async () => {
    await advertise('kent', live({ capabilityId: 'cy-fccu-1' }));
    const broker = createAppender(await muster.connect('hub-broker'));
    const genesis = { donor: 'kent', capabilityId: 'cy-fccu-1' };
    const opened = await broker.append({
      mode: 'exercise',
      stream: 'ASSISTANCE',
      writer: writerOf('hub'),
      events: [{ type: 'muster.booking.opened.v1', data: { ...genesis, bookingVersion: 0 } }],
      expect: [{ aggregate: { kind: 'booking', owner: 'kent', id: 'cy-fccu-1' }, lastSeq: 0 }],
    });
    if (opened.kind !== 'stored') throw new Error(JSON.stringify(opened));
    await broker.append({
      mode: 'exercise',
      stream: 'ASSISTANCE',
      writer: writerOf('hub'),
      events: [booking(1, [reserved({ from, to })])],
      expect: [{ aggregate: { kind: 'booking', owner: 'kent', id: 'cy-fccu-1' }, lastSeq: opened.seq }],
    });
    const home = createAppender(await muster.connect('kent.exercise'));
    const used = { kind: 'used', useId: 'u-1', quantity: 1, gross: 4, from, to } as const;
    await home.append({
      mode: 'exercise',
      stream: 'HOME',
      writer: writerOf('kent'),
      events: [{ type: 'muster.home.recorded.v1', data: homeRecord(1, [used]) }],
      expect: [{ aggregate: { kind: 'home', owner: 'kent', id: 'cy-fccu-1' }, lastSeq: 0 }],
    });
    const free = await eventually(
      async () => {
        const outcome = await ask('essex', { force: 'kent', code: 'CY', from, to });
        if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
        return outcome.answer.items.find((view) => view.capabilityId === 'cy-fccu-1' && view.free === 1);
      },
      { what: 'two of four are booked and one is in local use' },
    );
    expect(free).toMatchObject({ quantity: 4, free: 1 });
  });

  it('names the field at fault of a query that does not fit', async () => {
    expect(await ask('essex', { code: 'XX' })).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'invalid', fields: [{ path: 'code' }] },
    });
    expect(await ask('essex', { limit: 0 })).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'invalid', fields: [{ path: 'limit' }] },
    });
  });

  it('answers nobody once it is stopped, and knows everything again when it starts', async () => {
    await registry.stop();
    expect(registry.health()).toMatchObject({ ready: false, reason: 'stopping' });
    expect(await ask('essex', {})).toMatchObject({ kind: 'no-service' });
    await start();
    expect(await idsFor('essex')).toEqual(['cy-fccu-1', 'national', 'regional']);
  });

  it('forgets everything when the exercise begins anew', async () => {
    await resetExercise(muster.admin);
    await eventually(async () => (await idsFor('essex')).length === 0, { what: 'nothing is advertised' });
    await advertise('kent', live({ capabilityId: 'again' }));
    await eventually(async () => (await idsFor('essex')).includes('again'), {
      what: 'the new advert is known',
    });
  });
});
