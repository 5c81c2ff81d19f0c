import type { EventType } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeDesk } from './testing/home.ts';
import { acceptOf, createOf, desk, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

let world: World;
let kent: Org;
let essex: Org;

beforeAll(async () => {
  world = await startWorld();
  await world.replica();
  kent = await world.as('kent');
  essex = await world.as('essex');
});

afterAll(() => world[Symbol.asyncDispose]());

/** Types of the events of a request that an organisation may see, in order. */
const seenBy = async (org: Org, requestId: string): Promise<EventType[]> => {
  const { events } = await org.answer('events', { afterSeq: 0, requestId, limit: 1_000 });
  return events.map(({ envelope }) => envelope.type);
};

describe('one request from its creation to the return', () => {
  it('goes through every step, each decided by the one who may', async () => {
    await world.advertise('essex', 'path');
    const home = homeDesk(essex, world.mode, 'essex', 'path');
    const created = await kent.stored('request-create', createOf('path-1', ['essex', 'surrey']));
    expect(created).toMatchObject({ commandId: 'path-1', repeated: false });
    expect(created.events.map(({ id }) => id)).toEqual(created.events.map((_, n) => `kent.path-1.${n + 1}`));

    await essex.stored('offer-make', offerOf('path-offer', 'kent', 'path-1', 'path'));
    await kent.stored('offer-accept', acceptOf('path-accept', 'path-1', 'path-offer'));
    const reserved = await kent.answer('request-show', { host: 'kent', requestId: 'path-1' });
    expect(reserved.lines[0]).toMatchObject({ reserved: 1, committed: 0, unfilled: 0 });

    await home.read();
    const [deployment] = await eventually(async () => {
      const { items } = await kent.answer('deployment-list', { donor: 'essex' });
      return items.length > 0 ? items : undefined;
    });
    expect(deployment).toMatchObject({
      deploymentId: 'path-offer',
      requestId: 'path-1',
      status: 'COMMITTED',
    });
    const filled = await kent.answer('request-show', { host: 'kent', requestId: 'path-1' });
    expect(filled).toMatchObject({ status: 'filled', lines: [{ reserved: 0, committed: 1 }] });

    const ofDeployment = { donor: 'essex', deploymentId: 'path-offer' };
    const commander = { role: 'unit-commander', id: 'serial-1' } as const;
    for (const status of ['MOBILISING', 'EN_ROUTE', 'ON_TASK'] as const) {
      await essex.stored('deployment-status', {
        ...ofDeployment,
        commandId: `path-${status}`,
        actor: commander,
        status,
        at: new Date().toISOString(),
      });
    }
    await kent.stored('deployment-release', {
      ...ofDeployment,
      commandId: 'path-release',
      actor: desk,
      reasonCode: 'task-complete',
    });
    await essex.stored('deployment-return', {
      ...ofDeployment,
      commandId: 'path-return',
      actor: commander,
      at: new Date().toISOString(),
      injuries: 0,
      welfareReferral: false,
    });
    const shown = await kent.answer('deployment-list', { donor: 'essex' });
    expect(shown.items[0]?.status).toBe('RETURNED');
  });

  it('gives every event the classification and the trace of what caused it', async () => {
    await world.advertise('essex', 'marked');
    const home = homeDesk(essex, world.mode, 'essex', 'marked');
    const body = { ...createOf('marked-1', ['essex']), classification: 'OFFICIAL-SENSITIVE' as const };
    await kent.stored('request-create', body);
    await essex.stored('offer-make', offerOf('marked-offer', 'kent', 'marked-1', 'marked'));
    await kent.stored('offer-accept', acceptOf('marked-accept', 'marked-1', 'marked-offer'));
    await home.read();
    const events = await eventually(async () => {
      const page = await kent.answer('events', { afterSeq: 0, requestId: 'marked-1' });
      const isMade = page.events.some(({ envelope }) => envelope.type === 'muster.commitment.made.v1');
      return isMade ? page.events : undefined;
    });
    expect(new Set(events.map(({ envelope }) => envelope.classification))).toEqual(
      new Set(['OFFICIAL-SENSITIVE']),
    );
    const commitment = events.find(({ envelope }) => envelope.type === 'muster.commitment.made.v1');
    expect(commitment?.envelope).toMatchObject({
      actor: 'essex/adapter/test',
      causationId: 'essex.home-marked-1.1',
      correlationId: 'marked-1',
      source: '/muster/hub/request-broker',
    });
  });
});

describe('who may see what', () => {
  it('shows a force only what it takes part in', async () => {
    await world.advertise('essex', 'seen');
    await kent.stored('request-create', createOf('seen-1', ['essex']));
    await essex.stored('offer-make', offerOf('seen-offer', 'kent', 'seen-1', 'seen'));
    const surrey = await world.as('surrey');
    const npocc = await world.as('npocc');
    const ricc = await world.as('ricc-eastern');

    expect(await seenBy(surrey, 'seen-1')).toEqual([]);
    expect(await seenBy(essex, 'seen-1')).toEqual(['muster.request.notice.v1', 'muster.offer.made.v1']);
    const all = await seenBy(kent, 'seen-1');
    expect(all).toEqual(expect.arrayContaining(['muster.request.submitted.v1', 'muster.offer.made.v1']));
    expect(await seenBy(npocc, 'seen-1')).toEqual(all);
    expect(await seenBy(ricc, 'seen-1')).toEqual(all);

    const hidden = await surrey.caller.ask(world.mode, 'surrey', 'request-show', {
      host: 'kent',
      requestId: 'seen-1',
    });
    expect(hidden).toMatchObject({ kind: 'refused', refusal: { refused: 'not-found' } });
    const listed = await surrey.answer('request-list', {});
    expect(listed.items.map(({ requestId }) => requestId)).not.toContain('seen-1');
  });

  it('shows an asked force its own answers and offers only', async () => {
    await world.advertise('essex', 'own');
    await world.advertise('surrey', 'own');
    const surrey = await world.as('surrey');
    await kent.stored('request-create', createOf('own-1', ['essex', 'surrey']));
    await essex.stored('offer-make', offerOf('own-essex', 'kent', 'own-1', 'own'));
    await surrey.stored('offer-make', offerOf('own-surrey', 'kent', 'own-1', 'own'));
    const name = { host: 'kent', requestId: 'own-1' };
    const toSurrey = await surrey.answer('request-show', name);
    expect(toSurrey.offers.map(({ offerId }) => offerId)).toEqual(['own-surrey']);
    expect(toSurrey.answers.map(({ force }) => force)).toEqual(['surrey']);
    expect((await kent.answer('request-show', name)).offers).toHaveLength(2);
  });

  it('gives a home ledger to its own force only', async () => {
    await world.advertise('essex', 'ledger');
    const home = homeDesk(essex, world.mode, 'essex', 'ledger');
    await home.decide({ kind: 'open', donor: 'essex', capabilityId: 'ledger' });
    const surrey = await world.as('surrey');
    const query = { afterSeq: 0, capabilityId: 'ledger', atLeastSeq: 1 };
    expect((await essex.answer('home', query)).events).toHaveLength(1);
    expect((await surrey.answer('home', query)).events).toEqual([]);
  });

  it('explains candidates to the host of the request and its centres', async () => {
    await world.advertise('essex', 'ranked');
    await world.advertise('surrey', 'ranked', { releasableTo: { kind: 'forces', forces: ['essex'] } });
    await kent.stored('request-create', createOf('ranked-1', ['essex']));
    const { candidates } = await kent.answer('candidates', {
      requestId: 'ranked-1',
      lineId: 'a',
      limit: 1_000,
    });
    const ranked = candidates.find(
      ({ donor, capabilityId }) => donor === 'essex' && capabilityId === 'ranked',
    );
    expect(ranked).toMatchObject({ eligible: true });
    // Its centres see the same, each by what it may know; a force that is asked sees nothing of it.
    const named = { host: 'kent', requestId: 'ranked-1', lineId: 'a', limit: 1_000 };
    const central = await (await world.as('npocc')).answer('candidates', named);
    const isRanked = { eligible: true, donor: 'essex', capabilityId: 'ranked' };
    expect(central.candidates).toContainEqual(expect.objectContaining(isRanked));
    const { caller } = await world.as('essex');
    expect(await caller.ask(world.mode, 'essex', 'candidates', named)).toMatchObject({
      refusal: { refused: 'not-found' },
    });
    // What surrey lends to essex alone is none of kent's business.
    expect(
      candidates.filter(({ donor, capabilityId }) => donor === 'surrey' && capabilityId === 'ranked'),
    ).toEqual([]);
  });
});

describe('events with a long wait', () => {
  it('answers when there is news, and resumes from where it stopped', async () => {
    const { lastSeq, epoch } = await kent.answer('events', { afterSeq: 0, limit: 1_000 });
    const waiting = kent.answer('events', { afterSeq: lastSeq, waitMs: 20_000 });
    await kent.stored('request-create', createOf('news-1', ['essex']));
    const news = await waiting;
    expect(news.events[0]?.envelope).toMatchObject({ commandId: 'news-1' });
    expect(news.epoch).toBe(epoch);
    const after = await kent.answer('events', { afterSeq: news.lastSeq, requestId: 'news-1' });
    expect(after.events.every(({ seq }) => seq > news.lastSeq)).toBe(true);
  });
});
