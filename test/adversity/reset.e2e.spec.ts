import { resetExercise } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roster } from '../world/roster.ts';
import { startWorld, type World } from '../world/world.ts';
import {
  acceptOf,
  askForOne,
  bookingOf,
  DRILL_MS_MAX,
  type Drill,
  openDrill,
  openOffers,
  requestOf,
} from './drill.ts';

/** Life of an advert, in seconds: an adapter looks at the epoch every twentieth of it. */
const ADVERT_TTL_SECONDS = 10;
/** Longest time in which everything is to be in the new epoch, in milliseconds. */
const ANEW_MS = 60_000;

let world: World;
let drill: Drill;

beforeAll(async () => {
  world = await startWorld({ mode: 'exercise', forces: ['essex', 'surrey'] });
  drill = await openDrill(world);
});

afterAll(() => world[Symbol.asyncDispose]());

describe('an exercise that is reset', { timeout: DRILL_MS_MAX }, () => {
  it('begins anew everywhere, and nothing of the old one comes through', async () => {
    const adverts = roster([{ id: 'unit' }]);
    const [first, second, registry, adapter] = await Promise.all([
      world.service({ name: 'request-broker', label: 'broker-1' }),
      world.service({ name: 'request-broker', label: 'broker-2' }),
      world.service({ name: 'capability-registry', label: 'registry' }),
      world.adapter(
        'adapter',
        [
          { force: 'essex', roster: adverts },
          { force: 'surrey', roster: adverts },
        ],
        {},
        { advertTtlSeconds: ADVERT_TTL_SECONDS },
      ),
    ]);
    const kent = await drill.desk('kent');
    const need = { from: ['essex'], day: 10 };
    const before = await askForOne(kent, { ...need, requestId: 'before' });
    await kent.stored('offer-accept', acceptOf('before', before));
    await drill.history.untilPath(bookingOf(before), ['reserved', 'confirmed']);
    expect(await drill.findings()).toEqual([]);

    const { epoch } = await resetExercise(world.admin, { forces: ['essex', 'surrey'] });
    await drill.forget();
    for (const broker of [first, second])
      await eventually(
        async () => {
          const health = await broker.health();
          return health.ready === true && health.epoch === epoch;
        },
        { deadlineMs: ANEW_MS, everyMs: 50, what: `${broker.name} is in the new epoch` },
      );
    await eventually(
      async () => {
        const { items } = await kent.answer('capability-search', { code: 'CY.FCCU' });
        return items.length === 2 && items.every(({ revision, free }) => revision === 1 && free === 1);
      },
      { deadlineMs: ANEW_MS, everyMs: 50, what: 'both forces advertise anew' },
    );

    expect((await kent.denied('request-show', { host: 'kent', requestId: 'before' })).refused).toBe(
      'not-found',
    );
    expect((await kent.answer('deployment-list', {})).items).toEqual([]);
    expect((await kent.refused('offer-accept', acceptOf('before', before))).refused).toBe('not-found');
    // The same id and the same unit are free for the new exercise.
    const created = await kent.stored('request-create', requestOf({ ...need, requestId: 'before' }));
    expect(created.repeated).toBe(false);
    const [after] = await openOffers(kent, 'before', 1);
    if (!after) throw new Error('there is no offer in the new exercise');
    await kent.stored('offer-accept', acceptOf('before', after));
    await drill.history.untilPath(bookingOf(after), ['reserved', 'confirmed']);
    const made = drill.history.of('muster.commitment.made.v1');
    expect(made.map(({ token }) => token)).toEqual([1]);
    expect(await drill.findings()).toEqual([]);
    for (const service of [first, second, registry, adapter]) expect(await service.stop()).toBe(0);
  });
});
