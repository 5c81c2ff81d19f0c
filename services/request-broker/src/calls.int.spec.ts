import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeDesk } from './testing/home.ts';
import { createOf, desk, inHours, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

let world: World;
let kent: Org;
let essex: Org;
let npocc: Org;

const national = { role: 'national-centre', id: 'npocc-duty-desk' } as const;

beforeAll(async () => {
  world = await startWorld();
  await world.replica();
  kent = await world.as('kent');
  essex = await world.as('essex');
  npocc = await world.as('npocc');
});

afterAll(() => world[Symbol.asyncDispose]());

const lineOf = async (requestId: string) => {
  const { lines } = await kent.answer('request-show', { host: 'kent', requestId });
  return lines[0];
};

const committed = (requestId: string) =>
  eventually(async () => ((await lineOf(requestId))?.committed ?? 0) > 0 || undefined);

const assignment = (requestId: string, capabilityId: string, over: object = {}) => ({
  ...{ host: 'kent', requestId, lineId: 'a', donor: 'essex', capabilityId, quantity: 1 },
  ...over,
});

describe('a reservation that nobody offered', () => {
  it('is made by a plan that the national centre approves, and committed by the home force', async () => {
    await world.advertise('essex', 'planned');
    const home = homeDesk(essex, world.mode, 'essex', 'planned');
    await kent.stored('request-create', createOf('call-1', ['surrey']));
    const body = {
      commandId: 'plan-1',
      actor: national,
      planId: 'p-1',
      basedOnSeq: 1,
      policyVersion: '2',
      assignments: [assignment('call-1', 'planned')],
    };
    const stored = await npocc.stored('plan-approve', body);
    expect((await npocc.stored('plan-approve', body)).events).toEqual(stored.events);
    const asked = await essex.answer('request-show', { host: 'kent', requestId: 'call-1' });
    expect(asked.offers).toMatchObject([{ offerId: 'plan-1-1', status: 'accepted', quantity: 1 }]);
    await home.read();
    await committed('call-1');
  });

  it('fails as a whole when another host was quicker, and names what no longer holds', async () => {
    await world.advertise('essex', 'scarce');
    await kent.stored('request-create', createOf('call-2', ['essex']));
    await kent.stored('request-create', createOf('call-3', ['essex']));
    await essex.stored('offer-make', offerOf('scarce-o', 'kent', 'call-2', 'scarce'));
    const approve = (commandId: string, assignments: object[]) => ({
      ...{ commandId, actor: national, planId: 'p-2', basedOnSeq: 1, policyVersion: '2' },
      assignments: assignments as ReturnType<typeof assignment>[],
    });
    const taken = assignment('call-2', 'scarce', { offerId: 'scarce-o' });
    await npocc.stored('plan-approve', approve('plan-2', [taken]));
    const refused = await npocc.refused('plan-approve', approve('plan-3', [assignment('call-3', 'scarce')]));
    expect(refused).toMatchObject({ refused: 'plan-stale', fields: [{ path: 'assignments[0]' }] });
    expect(await lineOf('call-3')).toMatchObject({ reserved: 0, unfilled: 1 });
  });

  it('is directed past people at home, and stays on record for host and donor', async () => {
    await world.advertise('essex', 'directed');
    const home = homeDesk(essex, world.mode, 'essex', 'directed');
    await kent.stored('request-create', createOf('call-4', ['surrey']));
    await npocc.stored('direction-record', {
      ...{ commandId: 'direct-1', actor: national, ...assignment('call-4', 'directed') },
      ...{ instrument: 'PA96-S24-2', signedBy: 'npocc-gold', scope: 'one team', reason: 'nobody offered' },
    });
    await home.read('person');
    await committed('call-4');
    for (const org of [kent, essex]) {
      const { events } = await org.answer('events', { afterSeq: 0, requestId: 'call-4', limit: 1_000 });
      expect(events.map(({ envelope }) => envelope.type)).toContain('muster.direction.recorded.v1');
    }
  });

  it('writes down in one command what was agreed by telephone', async () => {
    await world.advertise('essex', 'agreed');
    const home = homeDesk(essex, world.mode, 'essex', 'agreed');
    const { lines, terms } = createOf('unused', ['essex'], {});
    const [line] = lines;
    if (!line) throw new Error('the sample has a line');
    const from = inHours(-1);
    await kent.stored('agreement-record', {
      commandId: 'agreed-1',
      actor: desk,
      for: { kind: 'new', line: { ...line, from }, terms },
      ...{ donor: 'essex', capabilityId: 'agreed', quantity: 1 },
      ...{ agreedAt: inHours(-2), agreedWith: 'essex-duty-super', means: 'phone', reason: 'network down' },
    });
    await home.read();
    await committed('agreed-1');
    const { items } = await kent.answer('deployment-list', { donor: 'essex' });
    expect(items.find(({ requestId }) => requestId === 'agreed-1')?.from).toBe(from);
  });
});
