import type { CommandInput } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeDesk } from '../testing/home.ts';
import { acceptOf, createOf, desk, inHours, inMs, offerOf } from '../testing/samples.ts';
import { type Org, startWorld, type World } from '../testing/world.ts';

const HOUR_MS = 3_600_000;
/** All that is due within the first hour has passed, and the answer times have not. */
const FIRST_HOURS = 0.7;
/** More than eight weeks. */
const LONG_HOURS = 24 * 70;
/** Events that an organisation reads at once. */
const EVENTS_MAX = 1_000;

const donorDesk = { role: 'donor-approver', id: 'resources' } as const;
const chief = { role: 'approver', id: 'duty-acc' } as const;

let world: World;
let kent: Org;
let essex: Org;
let npocc: Org;

beforeAll(async () => {
  world = await startWorld();
  [kent, essex, npocc] = await Promise.all([world.as('kent'), world.as('essex'), world.as('npocc')]);
});

afterAll(() => world[Symbol.asyncDispose]());

/** A replica on a clock that is so many hours ahead: what is due by then passed while every broker was down. */
const later = (hours: number) => world.replica({ now: () => Date.now() + hours * HOUR_MS });

/** What has been put on record about requests and deployments, as `type of what`. */
const record = async (): Promise<string[]> => {
  const { events } = await npocc.answer('events', { afterSeq: 0, limit: EVENTS_MAX });
  return events.map(({ envelope, data }) => {
    const { deploymentId, claimId, offerId, requestId } = data as Record<string, string | undefined>;
    const id = deploymentId ?? claimId ?? offerId ?? requestId;
    return `${envelope.type.replace(/^muster\.|\.v1$/g, '')} of ${id}`;
  });
};

const untilRecorded = (...expected: string[]): Promise<string[]> =>
  eventually(
    async () => {
      const found = await record();
      return expected.every((each) => found.includes(each)) ? found : undefined;
    },
    { what: expected.join(', ') },
  );

/** How often forces were asked under the request that goes out in waves. */
const asked = async (): Promise<number> =>
  (await record()).filter((each) => each === 'request.issued of req-waves').length;

type OfferOver = Partial<CommandInput<'offer-make'>>;

/** Essex offers one unit to kent. */
const offered = async (id: string, over: OfferOver = {}): Promise<void> => {
  await world.advertise('essex', `cap-${id}`);
  await kent.stored('request-create', createOf(`req-${id}`, ['essex']));
  await essex.stored('offer-make', { ...offerOf(`off-${id}`, 'kent', `req-${id}`, `cap-${id}`), ...over });
};

/** Essex lends one unit to kent, up to a commitment. */
const lent = async (id: string): Promise<{ donor: string; deploymentId: string }> => {
  await offered(id);
  await kent.stored('offer-accept', acceptOf(`acc-${id}`, `req-${id}`, `off-${id}`));
  await homeDesk(essex, world.mode, 'essex', `cap-${id}`).read();
  await untilRecorded(`deployment.opened of off-${id}`);
  return { donor: 'essex', deploymentId: `off-${id}` };
};

const begin = async (): Promise<void> => {
  // The hour of the written approval has its own clock: it is counted from when the words were recorded.
  await kent.stored('delegation-grant', {
    ...{ commandId: 'del', actor: { role: 'force-ict', id: 'register' }, post: chief.id, role: 'approver' },
    scope: { codes: ['*'], maxQuantity: 10, emergencies: true },
    ...{ validFrom: inHours(-1), validTo: inHours(24), reason: 'scheme' },
  });
  const oral = { kind: 'oral', post: chief.id, at: inMs(-1_000), reason: 'going down now' } as const;
  await kent.stored('request-create', createOf('req-oral', ['durham'], { approvalRoute: oral }));
  await offered('good', { validUntil: inHours(0.5) });
  await offered('held');
  await kent.stored('offer-accept', acceptOf('acc-held', 'req-held', 'off-held'));
  await world.advertise('surrey', 'far');
  await kent.stored(
    'request-create',
    createOf('req-waves', [], { tier: 3, recipients: { kind: 'waves', size: 1, everyMinutes: 30 } }),
  );
  const back = await lent('back');
  await essex.stored('return-request', {
    ...{ ...back, commandId: 'recall', actor: donorDesk, by: inHours(0.5) },
    ...{ reasonCode: 'emergency-at-home', reason: 'Two of our own are down' },
  });
  const longer = await lent('longer');
  const ask = { ...longer, actor: desk, newEnd: inHours(30), reason: 'Two servers are left' };
  await kent.stored('extension-ask', { ...ask, commandId: 'ext', answerBy: inHours(0.5) });
  const owed = await lent('owed');
  await essex.stored('claim-estimate', {
    ...{ donor: 'essex', claimId: owed.deploymentId, commandId: 'est' },
    actor: { role: 'finance', id: 'finance-1' },
    lines: [{ lineId: 'pay', category: 'pay', hours: 8, amountPence: 40_001 }],
  });
};

describe('every service down while each kind of time passes', () => {
  it('puts each on record once they are back, and none of them twice', async () => {
    const first = await world.replica();
    await begin();
    await first.stop();

    const second = await later(FIRST_HOURS);
    const early = [
      ...['offer.lapsed of off-good', 'offer.lapsed of off-held'],
      ...['return.raised of off-back', 'extension.ended of off-longer'],
    ];
    await untilRecorded(...early);
    await eventually(async () => (await asked()) > 1, { what: 'the second wave' });
    await second.stop();

    await later(LONG_HOURS);
    const late = [
      ...['request.approval_overdue of req-oral', 'request.answer_time_expired of req-oral'],
      ...['request.expired of req-oral', 'request.expired of req-waves'],
      ...['deployment.secondment_review of off-owed', 'claim.overdue of off-owed'],
    ];
    const all = await untilRecorded(...late);
    const counted = (each: string): number => all.filter((found) => found === each).length;
    expect([...early, ...late].filter((each) => counted(each) !== 1)).toEqual([]);
  });
});
