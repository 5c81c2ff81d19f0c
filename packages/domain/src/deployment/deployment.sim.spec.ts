import { isRefusal } from '@muster/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../ledger/decide.ts';
import { type Act, type Step, startWorld } from '../testing/world.ts';
import { COMMITTED_TO_ON_TASK } from './parties.ts';

const SEED = 20261208;
const RUNS = 120;

const numbers = { a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) };
const some = (act: Act, count: number, over: Partial<Step> = {}): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({ act: fc.constant(act), ...numbers }).map((each) => ({ ...each, ...over })),
    { minLength: count, maxLength: count },
  );

/** Several units are lent, and then both sides do with them what they like. */
const lent = fc
  .tuple(
    some('offer', 10, { a: 0 }),
    some('accept', 6),
    some('home-hub', 8, { b: 1 }),
    some('deliver', 8, { a: 1 }),
    fc.array(
      fc.record({
        act: fc.constantFrom<Act>(
          'lent',
          'lent',
          'lent',
          'home-hub',
          'home-hub',
          'deliver',
          'deploy',
          'deploy',
          'deploy',
          'deploy',
          'deploy',
          'timer',
          'advance',
          'release',
          'return',
        ),
        ...numbers,
      }),
      { minLength: 40, maxLength: 120 },
    ),
  )
  .map((phases) => [{ act: 'create', a: 0, b: 0, c: 3 } satisfies Step, ...phases.flat()]);

type World = ReturnType<typeof startWorld>;

const holds = (check: (world: World) => void): void =>
  fc.assert(
    fc.property(lent, (steps) => {
      const world = startWorld();
      for (const each of steps) world.run(each);
      check(world);
    }),
    { seed: SEED, numRuns: RUNS },
  );

const deploymentsOf = ({ scene }: World) => [...scene.ledger.deployments()];

test('these histories come to every status and every event of a deployment', () => {
  const statuses = new Set<string>();
  const types = new Set<string>();
  holds((world) => {
    for (const { status } of deploymentsOf(world)) statuses.add(status);
    for (const { event } of world.stored) {
      if (/^muster\.(deployment|return|extension)\./.test(event.type)) types.add(event.type);
    }
  });
  expect([...statuses]).toEqual(
    expect.arrayContaining(['RECALL_PENDING', 'RELEASED', 'RETURNED', 'ABORTED', 'CLOSED', 'ON_TASK']),
  );
  expect([...types]).toEqual(
    expect.arrayContaining([
      'muster.deployment.control_transferred.v1',
      'muster.return.answered.v1',
      'muster.return.withdrawn.v1',
      'muster.return.raised.v1',
      'muster.return.settled.v1',
      'muster.deployment.forfeited.v1',
      'muster.deployment.aborted.v1',
      'muster.deployment.debriefed.v1',
      'muster.deployment.closed.v1',
      'muster.deployment.handed_on.v1',
      'muster.deployment.welfare_answered.v1',
      'muster.extension.requested.v1',
      'muster.extension.answered.v1',
      'muster.extension.confirmed.v1',
      'muster.extension.ended.v1',
    ]),
  );
});

test('a donor may recall its units from wherever they are, until they are released', () => {
  holds((world) => {
    const { scene } = world;
    for (const { donor, deploymentId, status } of deploymentsOf(world)) {
      const recall = scene.commandOf('return-request', donor, {
        commandId: 'always',
        ...{ donor, deploymentId, by: scene.now(), reasonCode: 'own-demand', reason: 'Ours' },
      });
      const decision = decide(recall, scene.ledger.view, scene.now());
      expect(isRefusal(decision)).toBe(!COMMITTED_TO_ON_TASK.includes(status));
    }
  });
});

test('a booking is free exactly when its deployment says that the units are home, or have gone on', () => {
  holds((world) => {
    for (const { donor, capabilityId, bookingId, status } of deploymentsOf(world)) {
      const booking = world.scene.ledger.view.bookings(donor, capabilityId)?.bookings.get(bookingId);
      const isOver = booking?.status === 'returned' || booking?.status === 'handed-on';
      expect(isOver).toBe(status === 'RETURNED' || status === 'CLOSED');
    }
  });
});

test('the end of a deployment is that of its booking, and moves only by what its home ledger confirmed', () => {
  holds((world) => {
    const { scene, stored } = world;
    const confirmed = stored.flatMap(({ event }) =>
      event.type === 'muster.home.recorded.v1'
        ? event.data.entries.flatMap((entry) =>
            entry.kind === 'extension-confirmed' ? [`${entry.bookingId} ${entry.to}`] : [],
          )
        : [],
    );
    for (const { event } of stored) {
      if (event.type !== 'muster.extension.confirmed.v1') continue;
      expect(confirmed).toContain(`${event.data.deploymentId} ${event.data.to}`);
    }
    for (const { donor, capabilityId, bookingId, to } of deploymentsOf(world)) {
      const booking = scene.ledger.view.bookings(donor, capabilityId)?.bookings.get(bookingId);
      expect(booking?.to).toBe(to);
    }
  });
});

test('once the timers have run, every recall that still stands past its time was raised, and none twice', () => {
  holds((world) => {
    const { scene, stored } = world;
    scene.setNow(new Date(Date.parse(scene.now()) + 3 * 3_600_000).toISOString());
    for (let times = 0; times < 2; times += 1) {
      for (const { donor, deploymentId } of deploymentsOf(world)) {
        scene.internal({ name: 'recall-due', donor, deploymentId });
      }
    }
    const count = (type: string, id: string): number =>
      stored.filter(
        ({ event }) => event.type === type && 'deploymentId' in event.data && event.data.deploymentId === id,
      ).length;
    for (const { deploymentId, recall } of deploymentsOf(world)) {
      if (recall) expect(recall.raisedAt).toBeDefined();
      expect(count('muster.return.raised.v1', deploymentId)).toBeLessThanOrEqual(
        count('muster.return.requested.v1', deploymentId),
      );
    }
  });
});
