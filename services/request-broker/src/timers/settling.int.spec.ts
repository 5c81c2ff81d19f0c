import type { Aggregate, MusterEvent } from '@muster/contracts';
import { createAppender } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { homeDesk } from '../testing/home.ts';
import { acceptOf, createOf, offerOf } from '../testing/samples.ts';
import { startWorld, type World } from '../testing/world.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
/** Time in which the first unit is confirmed, and after which the others lapse, in minutes. */
const CONFIRM_WITHIN_MINUTES = 1.5 / 60;

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await world.replica();
});

afterAll(() => world[Symbol.asyncDispose]());

/** Stores what another replica decided on a lapsing booking without seeing what this one knows. */
const voidBeside = async (donor: string, capabilityId: string, bookingId: string): Promise<void> => {
  const mesh = await world.muster.connect('hub-broker');
  const subject = `${world.mode}.booking.${donor}.${capabilityId}`;
  const last = await mesh.jsm.streams.getMessage('ASSISTANCE_ACTUAL', { last_by_subj: subject });
  const aggregate: Aggregate = { kind: 'booking', owner: donor, id: capabilityId };
  const event: MusterEvent<'muster.booking.changed.v1'> = {
    type: 'muster.booking.changed.v1',
    data: {
      donor,
      capabilityId,
      bookingVersion: 3,
      changes: [{ kind: 'void', bookingId, token: 1, homeVersion: 1 }],
    },
  };
  const outcome = await createAppender(mesh).append({
    mode: world.mode,
    stream: 'ASSISTANCE',
    writer: {
      org: donor,
      commandId: `void-${capabilityId}`,
      source: '/muster/hub/request-broker',
      actor: `${donor}/adapter/test`,
      time: new Date().toISOString(),
      classification: 'OFFICIAL',
      traceparent: TRACE,
    },
    events: [event],
    expect: [{ aggregate, lastSeq: last?.seq ?? 0 }],
  });
  expect(outcome).toMatchObject({ kind: 'stored' });
};

it('sends home what is left of a line when the rest was lost by decisions made side by side', async () => {
  const kent = await world.as('kent');
  const units = [
    ['essex', 'first'],
    ['essex', 'second'],
    ['surrey', 'third'],
  ] as const;
  for (const [force, capabilityId] of units) await world.advertise(force, capabilityId);
  const [line] = createOf('min-1', []).lines;
  if (!line) throw new Error('a request has a line');
  await kent.stored(
    'request-create',
    createOf('min-1', ['essex', 'surrey'], {
      lines: [{ ...line, quantity: 3, minimumQuantity: 2 }],
      confirmWithinMinutes: CONFIRM_WITHIN_MINUTES,
    }),
  );
  for (const [force, capabilityId] of units) {
    const org = await world.as(force);
    await org.stored('offer-make', offerOf(`min-${capabilityId}`, 'kent', 'min-1', capabilityId));
  }
  const accept = units.map(([, capabilityId]) => ({ offerId: `min-${capabilityId}`, quantity: 1 }));
  await kent.stored('offer-accept', { ...acceptOf('min-accept', 'min-1', 'min-first'), accept });
  await homeDesk(await world.as('essex'), world.mode, 'essex', 'first').read();

  const statuses = async (): Promise<string> => {
    const { offers } = await kent.answer('request-show', { host: 'kent', requestId: 'min-1' });
    return offers
      .map(({ offerId, status }) => `${offerId} ${status}`)
      .sort()
      .join();
  };
  const lapsed = 'min-first committed,min-second lapsing,min-third lapsing';
  await eventually(async () => (await statuses()) === lapsed);
  await voidBeside('essex', 'second', 'min-second');
  await voidBeside('surrey', 'third', 'min-third');

  const released = await eventually(async () => {
    const { events } = await kent.answer('events', { afterSeq: 0, limit: 1_000 });
    return events.find(({ envelope }) => envelope.type === 'muster.resource.released.v1');
  });
  expect(released.data).toMatchObject({ deploymentId: 'min-first', reasonCode: 'minimum-not-met' });
  expect(released.envelope).toMatchObject({
    actor: 'hub/broker/request-broker',
    causationId: 'surrey.void-third.1',
    correlationId: 'min-1',
    traceparent: TRACE,
  });
});
