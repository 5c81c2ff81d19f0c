import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeDesk } from './testing/home.ts';
import { acceptOf, createOf, inHours, inMs, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

/** Minutes in so many milliseconds. */
const minutes = (ms: number): number => ms / 60_000;

let world: World;
let kent: Org;
let essex: Org;
let surrey: Org;

beforeAll(async () => {
  world = await startWorld();
  kent = await world.as('kent');
  essex = await world.as('essex');
  surrey = await world.as('surrey');
});

afterAll(() => world[Symbol.asyncDispose]());

describe('without a broker', () => {
  it('tells the sender at once that nothing answers', async () => {
    const outcome = await kent.caller.command(
      world.mode,
      'kent',
      'request-create',
      createOf('none-1', ['essex']),
    );
    expect(outcome).toMatchObject({ kind: 'no-service' });
  });
});

describe('several replicas', () => {
  beforeAll(async () => {
    await world.replica();
    await world.replica();
  });

  it('give the stored result to a command that is sent again, whichever takes it', async () => {
    const body = createOf('twice-1', ['essex']);
    const first = await kent.stored('request-create', body);
    for (let n = 0; n < 8; n += 1) {
      expect(await kent.stored('request-create', body)).toEqual({ ...first, repeated: true });
    }
  });

  it('store a command once that is sent to both at the same time', async () => {
    const body = createOf('same-1', ['essex']);
    const replies = await Promise.all(Array.from({ length: 8 }, () => kent.stored('request-create', body)));
    expect(new Set(replies.map(({ seq }) => seq)).size).toBe(1);
    expect(replies.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  it('refuse a command id that stands for another command', async () => {
    await kent.stored('request-create', createOf('reused-1', ['essex']));
    const body = { ...acceptOf('reused-1', 'reused-1', 'some-offer') };
    expect(await kent.refused('offer-accept', body)).toMatchObject({ refused: 'command-id-reused' });
  });

  it('never refuse what another replica has just made possible', async () => {
    await world.advertise('essex', 'fresh', { quantity: 100 });
    for (let n = 0; n < 20; n += 1) {
      await kent.stored('request-create', createOf(`fresh-${n}`, ['essex']));
      await essex.stored('offer-make', offerOf(`fresh-offer-${n}`, 'kent', `fresh-${n}`, 'fresh'));
      await kent.stored('offer-accept', acceptOf(`fresh-accept-${n}`, `fresh-${n}`, `fresh-offer-${n}`));
    }
  });

  it('let exactly one of two hosts have the last unit', async () => {
    const winners: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      const unit = `last-${n}`;
      await world.advertise('essex', unit);
      const hosts = [
        { org: kent, host: 'kent' },
        { org: surrey, host: 'surrey' },
      ];
      for (const { org, host } of hosts) {
        await org.stored('request-create', createOf(`${host}-${unit}`, ['essex']));
        await essex.stored('offer-make', offerOf(`offer-${host}-${n}`, host, `${host}-${unit}`, unit));
      }
      const outcomes = await Promise.all(
        hosts.map(({ org, host }) =>
          org.caller.command(
            world.mode,
            host,
            'offer-accept',
            acceptOf(`accept-${unit}`, `${host}-${unit}`, `offer-${host}-${n}`),
          ),
        ),
      );
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['refused', 'stored']);
      const refused = outcomes.find((outcome) => outcome.kind === 'refused');
      expect(refused?.refusal.refused).toBe('no-capacity');
      winners.push(outcomes[0]?.kind === 'stored' ? 'kent' : 'surrey');
    }
    expect(winners).toHaveLength(10);
  });

  it('turn down a report from a clock that is ahead', async () => {
    const refusal = await essex.refused('deployment-status', {
      commandId: 'skew-1',
      actor: { role: 'unit-commander', id: 'serial-1' },
      donor: 'essex',
      deploymentId: 'no-matter',
      status: 'MOBILISING',
      at: inHours(1),
    });
    expect(refusal).toMatchObject({ refused: 'clock-skew', fields: [{ path: 'at' }] });
  });
});

describe('deadlines', () => {
  it('name the forces that stayed silent when the answer time is over', async () => {
    await kent.stored('request-create', createOf('silent-1', ['essex', 'surrey'], { answerBy: inMs(2_000) }));
    await essex.stored('offer-decline', {
      commandId: 'silent-decline',
      actor: { role: 'donor-desk', id: 'resources' },
      host: 'kent',
      requestId: 'silent-1',
      lineIds: ['a'],
      reasonCode: 'own-demand',
    });
    const view = await eventually(async () => {
      const seen = await kent.answer('request-show', { host: 'kent', requestId: 'silent-1' });
      return seen.answers.some(({ answer }) => answer === 'expired') ? seen : undefined;
    });
    const answers = view.answers.map(({ force, answer }) => `${force} ${answer}`);
    expect(answers.sort()).toEqual(['essex declined', 'surrey expired']);
    const late = await surrey.refused('offer-make', offerOf('silent-late', 'kent', 'silent-1', 'unit'));
    expect(late.refused).toBe('answer-time-passed');
  });

  it('open the line again when a home force does not confirm, and keep the unit taken until it has voided', async () => {
    await world.advertise('essex', 'slow');
    const home = homeDesk(essex, world.mode, 'essex', 'slow');
    await home.decide({ kind: 'open', donor: 'essex', capabilityId: 'slow' });
    const body = createOf('slow-1', ['essex'], { confirmWithinMinutes: minutes(1_000) });
    await kent.stored('request-create', body);
    await essex.stored('offer-make', offerOf('slow-offer', 'kent', 'slow-1', 'slow'));
    await kent.stored('offer-accept', acceptOf('slow-accept', 'slow-1', 'slow-offer'));
    const show = () => kent.answer('request-show', { host: 'kent', requestId: 'slow-1' });
    const lapsing = await eventually(async () => {
      const seen = await show();
      return seen.offers[0]?.status === 'lapsing' ? seen : undefined;
    });
    expect(lapsing.lines[0]).toMatchObject({ reserved: 0, unfilled: 1 });

    await surrey.stored('request-create', createOf('slow-2', ['essex']));
    // An offer holds nothing, so it may be made; accepting it needs the unit.
    await essex.stored('offer-make', offerOf('slow-offer-2', 'surrey', 'slow-2', 'slow'));
    const accept = acceptOf('slow-accept-2', 'slow-2', 'slow-offer-2');
    expect((await surrey.refused('offer-accept', accept)).refused).toBe('no-capacity');

    await home.read('person');
    await eventually(async () => (await show()).offers[0]?.status === 'lapsed');
    await surrey.stored('offer-accept', accept);
  });

  it('are armed by a replica that starts, should their schedules be lost', async () => {
    await kent.stored('request-create', createOf('unarmed-1', ['essex'], { answerBy: inHours(1) }));
    const { jsm } = world.muster.admin;
    const subject = 'actual.timer.request.kent.unarmed-1.answer-by';
    const standing = () => jsm.streams.getMessage('TIMERS_ACTUAL', { last_by_subj: subject });
    const before = await eventually(standing, { what: 'the deadline is armed' });
    await jsm.streams.purge('TIMERS_ACTUAL', { filter: subject });
    expect(await standing()).toBeNull();
    await world.replica();
    const again = await eventually(standing, { what: 'the deadline is armed again' });
    for (const header of ['muster-due-at', 'muster-ledger-seq', 'Nats-Schedule'])
      expect(again.header.get(header)).toBe(before.header.get(header));
  });

  it('expire a request that ends with nothing committed', async () => {
    const [line] = createOf('ends-1', []).lines;
    if (!line) throw new Error('a request has a line');
    const body = createOf('ends-1', ['essex'], {
      lines: [{ ...line, from: inMs(1_500), to: inMs(2_500) }],
      answerBy: inMs(1_500),
    });
    await kent.stored('request-create', body);
    await eventually(async () => {
      const seen = await kent.answer('request-show', { host: 'kent', requestId: 'ends-1' });
      return seen.status === 'expired';
    });
  });
});

describe('an advert that shrinks under its bookings', () => {
  it('raises a shortfall for people to settle', async () => {
    await world.advertise('essex', 'shrinks', { quantity: 2 });
    await kent.stored('request-create', createOf('shrinks-1', ['essex']));
    await essex.stored('offer-make', offerOf('shrinks-offer', 'kent', 'shrinks-1', 'shrinks'));
    await kent.stored('offer-accept', acceptOf('shrinks-accept', 'shrinks-1', 'shrinks-offer'));
    await world.advertise('essex', 'shrinks', { quantity: 2, status: 'unavailable', revision: 2 });
    const shortfall = await eventually(async () => {
      const { events } = await essex.answer('events', { afterSeq: 0, limit: 1_000 });
      return events.find(({ envelope }) => envelope.type === 'muster.booking.shortfall.v1');
    });
    expect(shortfall.data).toMatchObject({
      capabilityId: 'shrinks',
      advertised: 0,
      booked: 1,
      advertRevision: 2,
    });
  });
});
