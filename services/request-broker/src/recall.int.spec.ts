import type { Clock } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from './service.ts';
import { homeDesk } from './testing/home.ts';
import { acceptOf, createOf, desk, inHours, inMs, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

const HOUR_MS = 3_600_000;
const donorDesk = { role: 'donor-desk', id: 'resources' } as const;
const centre = { role: 'national-centre', id: 'npocc-desk' } as const;
const names = (deploymentId: string) => ({ donor: 'essex', deploymentId });

let world: World;
let inTime: Broker;
let kent: Org;
let essex: Org;
let npocc: Org;

beforeAll(async () => {
  world = await startWorld();
  inTime = await world.replica();
  [kent, essex, npocc] = await Promise.all([world.as('kent'), world.as('essex'), world.as('npocc')]);
});

afterAll(() => world[Symbol.asyncDispose]());

const shown = async (org: Org, deploymentId: string) => {
  const { items } = await org.answer('deployment-list', { donor: 'essex' });
  return items.find((each) => each.deploymentId === deploymentId);
};

/** Essex lends one unit to kent, up to a commitment. */
const commit = async (id: string): Promise<string> => {
  await world.advertise('essex', `cap-${id}`);
  const home = homeDesk(essex, world.mode, 'essex', `cap-${id}`);
  await kent.stored('request-create', createOf(`req-${id}`, ['essex']));
  await essex.stored('offer-make', offerOf(`off-${id}`, 'kent', `req-${id}`, `cap-${id}`));
  await kent.stored('offer-accept', acceptOf(`acc-${id}`, `req-${id}`, `off-${id}`));
  await home.read();
  await eventually(() => shown(kent, `off-${id}`));
  return `off-${id}`;
};

const recall = (deploymentId: string, by = inHours(6)) =>
  essex.stored('return-request', {
    ...names(deploymentId),
    commandId: `recall-${deploymentId}`,
    actor: donorDesk,
    by,
    reasonCode: 'emergency-at-home',
    reason: 'Two of our own are down',
  });

const unfilled = async (requestId: string) => {
  const { lines } = await kent.answer('request-show', { host: 'kent', requestId });
  return lines[0]?.unfilled;
};

describe('a deployment under way', () => {
  it('moves control by both sides, and a forfeit opens the line and frees the unit at once', async () => {
    const deploymentId = await commit('both');
    const ofBoth = names(deploymentId);
    const at = new Date().toISOString();
    await essex.stored('deployment-status', {
      ...{ ...ofBoth, commandId: 'both-out', actor: donorDesk, status: 'MOBILISING', at },
    });
    await essex.stored('control-propose', {
      ...{ ...ofBoth, commandId: 'both-propose', actor: donorDesk, to: 'host', at: inHours(2) },
    });
    await kent.stored('control-confirm', {
      ...{ ...ofBoth, commandId: 'both-confirm', actor: desk, proposalId: 'both-propose' },
    });
    expect((await shown(essex, deploymentId))?.control?.with).toBe('host');
    const forfeit = {
      ...{ ...ofBoth, commandId: 'both-forfeit', actor: donorDesk, reasonCode: 'own-demand' as const },
      ...{ reason: 'A fire of our own', replacementOffered: false },
    };
    await essex.stored('deployment-forfeit', forfeit);
    expect((await essex.stored('deployment-forfeit', forfeit)).repeated).toBe(true);
    expect(await shown(kent, deploymentId)).toMatchObject({
      status: 'CLOSED',
      earlyEnd: { kind: 'forfeited', by: 'essex' },
    });
    expect(await unfilled('req-both')).toBe(1);
  });
});

describe('a recall of units that are wanted at once', () => {
  it('comes before the national centre by the timer of a broker that is up', async () => {
    const deploymentId = await commit('soon');
    await recall(deploymentId, inMs(200));
    const raised = await eventually(async () => {
      const view = await shown(npocc, deploymentId);
      return view?.recall?.raisedAt === undefined ? undefined : view;
    });
    expect(raised).toMatchObject({ status: 'RECALL_PENDING', donor: 'essex' });
  });
});

describe('a handover', () => {
  it('names every open item with its desk, what is due and what has changed since', async () => {
    const deploymentId = await commit('desk');
    const before = await kent.answer('handover', {});
    await kent.stored('request-desk-take', {
      ...{ commandId: 'take-r', actor: desk, requestId: 'req-desk', desk: 'night-desk', note: 'All quiet' },
    });
    await kent.stored('deployment-desk-take', {
      ...{ ...names(deploymentId), commandId: 'take-d', actor: desk, desk: 'bronze', note: 'All quiet' },
    });
    await recall(deploymentId);

    const { items, changesLeftOut } = await kent.answer('handover', { sinceSeq: before.lastSeq });
    const find = (kind: string, id: string) => items.find((each) => each.kind === kind && each.id === id);
    expect(find('request', 'req-desk')).toMatchObject({
      desk: 'night-desk',
      changes: [{ type: 'muster.request.desk_taken.v1', id: 'kent.take-r.1' }],
    });
    const deployment = find('deployment', deploymentId);
    expect(deployment).toMatchObject({ desk: 'bronze', side: 'host', status: 'RECALL_PENDING' });
    expect(deployment?.changes.map(({ id }) => id)).toEqual([
      'kent.take-d.1',
      `essex.recall-${deploymentId}.1`,
    ]);
    expect(deployment?.deadlines.map(({ name }) => name)).toEqual(['recall', 'wanted-back', 'until']);
    expect(changesLeftOut).toBe(0);

    const ofBronze = await kent.answer('handover', { desk: 'bronze', since: inHours(-1), limit: 1 });
    expect(ofBronze.items.map(({ id }) => id)).toEqual([deploymentId]);
    expect(ofBronze.items[0]?.changes).toHaveLength(1);
    expect(ofBronze.changesLeftOut).toBeGreaterThan(0);

    const ofDonor = await essex.answer('handover', { desk: 'resource-desk' });
    expect(ofDonor.items.find(({ id }) => id === deploymentId)).toMatchObject({ side: 'donor', changes: [] });
    expect((await npocc.answer('handover', {})).items).toEqual([]);
  });
});

// Last, since from then on the brokers' clocks are ahead.
describe('a recall that nobody answers', () => {
  it('comes before the national centre, also when every broker was down across its time, once', async () => {
    const deploymentId = await commit('down');
    await recall(deploymentId);
    expect(await shown(kent, deploymentId)).toMatchObject({
      status: 'RECALL_PENDING',
      recall: { before: { status: 'COMMITTED' }, reasonCode: 'emergency-at-home' },
    });
    await inTime.stop();

    const ahead: Clock = { now: () => Date.now() + 2 * HOUR_MS };
    await world.replica(ahead);
    const raised = await eventually(async () => {
      const view = await shown(npocc, deploymentId);
      return view?.recall?.raisedAt === undefined ? undefined : view;
    });
    expect(raised.status).toBe('RECALL_PENDING');

    await world.replica(ahead);
    const settle = {
      ...names(deploymentId),
      actor: centre,
      decision: 'release',
      reason: 'Their own come first',
    } as const;
    const refused = await kent.refused('return-settle', { ...settle, commandId: 'settle-0' });
    expect(refused.refused).toBe('not-permitted');
    await npocc.stored('return-settle', { ...settle, commandId: 'settle-1' });
    expect(await shown(kent, deploymentId)).toMatchObject({ status: 'RELEASED' });
    expect(await unfilled('req-down')).toBe(1);

    const { events } = await npocc.answer('events', { afterSeq: 0, requestId: 'req-down', limit: 1_000 });
    const raises = events.filter(({ envelope }) => envelope.type === 'muster.return.raised.v1');
    expect(raises).toHaveLength(1);
    expect(raises[0]?.envelope).toMatchObject({
      actor: 'hub/broker/request-broker',
      correlationId: 'req-down',
    });
    expect(raises[0]?.data).toMatchObject({ tier: 3, host: 'kent', deploymentId });
  });
});
