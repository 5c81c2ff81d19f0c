import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, bringHome, deploy, ownDay } from '../console/deploy.ts';
import { newKey, type Person, signIn } from './browser.ts';
import { listen } from './events.ts';
import { help, MODE, offer, type Stack, startStack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.[Symbol.asyncDispose]());

type Row = {
  command: string;
  target: Record<string, unknown>;
  allowed: boolean;
  role?: string;
  because?: { code: string; because: string }[];
};

const actionsOf = async (person: string, path: string): Promise<Row[]> => {
  const response = await (await stack.as(person)).get(`/v1/${MODE}/${path}actions`);
  expect([path, response.status]).toEqual([path, 200]);
  return ((await response.json()) as { actions: Row[] }).actions;
};

const of = (rows: readonly Row[], command: string): Row[] => rows.filter((row) => row.command === command);
const codes = (rows: readonly Row[], command: string): unknown[] =>
  of(rows, command).map((row) => row.allowed || row.because?.map(({ code }) => code));

describe('what is allowed', () => {
  it('is told for a request as the domain would decide it, to each person', async () => {
    const id = newKey('request');
    const path = `requests/kent/${id}/`;
    await (await stack.as('kent-requester')).command('request-create', help(), id);
    const kent = await actionsOf('kent-requester', path);
    expect(codes(kent, 'request-cancel')).toEqual([true]);
    expect(codes(kent, 'offer-accept')).toEqual([['not-found']]);
    expect(codes(kent, 'request-approve')).toEqual([['policy']]);
    expect(codes(kent, 'offer-make')).toEqual([['policy']]);

    const essex = await actionsOf('essex-donor-desk', path);
    const [make] = of(essex, 'offer-make');
    expect(make).toMatchObject({
      allowed: true,
      role: 'donor-desk',
      target: { host: 'kent', requestId: id, lineId: 'a', capabilityId: 'cyber' },
    });
    expect(of(essex, 'request-cancel').every(({ allowed }) => !allowed)).toBe(true);
    expect(codes(await actionsOf('essex-finance', path), 'offer-make')).toEqual([['policy']]);
  });

  it('changes with what happens, at once for who made it happen', async () => {
    const id = newKey('request');
    const offerId = newKey('offer');
    const kent = await stack.as('kent-requester');
    const essex = await stack.as('essex-donor-desk');
    await kent.command('request-create', help(), id);
    await essex.command('offer-make', offer(id), offerId);
    const [accept] = of(await actionsOf('kent-requester', `requests/kent/${id}/`), 'offer-accept');
    expect(accept).toMatchObject({ allowed: true, target: { accept: [{ offerId, quantity: 1 }] } });
    expect(codes(await actionsOf('essex-donor-desk', `requests/kent/${id}/`), 'offer-make')).toEqual([
      ['already-answered'],
    ]);
    // What is told as a target can be sent as it is.
    expect((await kent.command('offer-accept', accept?.target ?? {})).status).toBe(200);

    await kent.command('request-cancel', { requestId: id, reasonCode: 'resolved', reason: 'over' });
    expect(codes(await actionsOf('kent-requester', `requests/kent/${id}/`), 'request-cancel')).toEqual([
      ['request-ended'],
    ]);
  });

  it('is told for what begins something, and says nothing of what one may not see', async () => {
    const rows = await actionsOf('kent-requester', '');
    expect(codes(rows, 'request-create')).toEqual([true]);
    expect(codes(rows, 'delegation-grant')).toEqual([['policy']]);
    expect(codes(rows, 'offer-make')).toEqual([['policy']]);
    // A force may offer to a request that it cannot see, if it was told of it.
    const [offer] = of(await actionsOf('essex-donor-desk', ''), 'offer-make');
    expect(offer).toMatchObject({ allowed: true, target: { unsolicited: true } });
    const surrey = await stack.as('surrey-requester');
    const id = newKey('request');
    const only = help({ recipients: { kind: 'forces', forces: ['essex'] } });
    await (await stack.as('kent-requester')).command('request-create', only, id);
    expect((await surrey.get(`/v1/${MODE}/requests/kent/${id}/actions`)).status).toBe(404);
    const looksOf = async (person: string): Promise<unknown> => {
      const answer = await (await stack.as(person)).get(`/v1/${MODE}/requests/kent/${id}/actions`);
      return ((await answer.json()) as { looks: unknown }).looks;
    };
    expect(await looksOf('kent-requester')).toEqual({ candidates: true, plan: true });
    expect(await looksOf('npocc-national-centre')).toEqual({ candidates: true, plan: true });
    expect(await looksOf('kent-auditor')).toEqual({ candidates: false, plan: false });
    expect(await looksOf('essex-donor-desk')).toEqual({ candidates: false, plan: false });
    expect((await surrey.get(`/v1/${MODE}/deployments/essex/nothing/actions`)).status).toBe(404);
  });
});

type Told = { id: string; kind: string; desk?: string; item: { id: string }; commands: string[] };

const noticesOf = async (person: string): Promise<Told[]> => {
  const response = await (await stack.as(person)).get(`/v1/${MODE}/notices`);
  expect([person, response.status]).toEqual([person, 200]);
  return ((await response.json()) as { notices: Told[] }).notices;
};

describe('what waits for a person', () => {
  it('is told under one name while it waits, to those alone who may do something about it', async () => {
    const id = newKey('request');
    const offerId = newKey('offer');
    const kent = await stack.as('kent-requester');
    const essex = await stack.as('essex-donor-desk');
    await kent.command('request-create', help(), id);
    const ofRequest = async (person: string): Promise<Told[]> =>
      (await noticesOf(person)).filter(({ item }) => item.id === id);
    // Its own command is in what the gateway reads at once; of others' it hears a moment later.
    const [answer] = await eventually(async () => {
      const rows = await ofRequest('essex-donor-desk');
      return rows.length > 0 ? rows : undefined;
    });
    expect(answer).toMatchObject({ kind: 'answer', commands: expect.arrayContaining(['offer-make']) });
    expect(await ofRequest('essex-finance')).toEqual([]);
    expect(await ofRequest('kent-requester')).toEqual([]);

    await essex.command('offer-make', offer(id), offerId);
    expect(await ofRequest('essex-donor-desk')).toEqual([]);
    const [choose] = await ofRequest('kent-requester');
    expect(choose).toMatchObject({
      id: `choose-offers/request/kent/${id}/-/${offerId}`,
      desk: 'duty desk',
      commands: expect.arrayContaining(['offer-accept']),
    });
    await (await stack.as('surrey-donor-desk')).command('offer-make', offer(id));
    expect((await ofRequest('kent-requester')).map((each) => each.id)).toEqual([choose?.id]);
    expect((await kent.get(`/v1/${MODE}/notices?as=essex`)).status).toBe(403);
  });

  it('comes by the stream too, whenever it has changed', async () => {
    const id = newKey('request');
    const essex = await stack.as('essex-donor-desk');
    await using stream = await listen(essex, stack.base, `/v1/${MODE}/stream?notices=true`);
    const told = (): boolean[] =>
      stream.got.filter(({ event }) => event === 'notices').map(({ data }) => data.includes(id));
    await eventually(() => told().length > 0);
    await (await stack.as('kent-requester')).command('request-create', help(), id);
    await eventually(() => told().at(-1) === true);
    await essex.command('offer-make', offer(id));
    await eventually(() => told().at(-1) === false);
  });
});

type Item = {
  kind: string;
  id: string;
  desk: string;
  changes: { seq: number; type: string; actor: string }[];
};

describe('a handover between shifts', () => {
  it('says who holds each request and what has changed since, and lets a desk take one over', async () => {
    const id = newKey('request');
    const kent = await stack.as('kent-requester');
    await kent.command('request-create', help(), id);
    const itemOf = async (query: string): Promise<{ item: Item | undefined; lastSeq: number }> => {
      const response = await kent.get(`/v1/${MODE}/handover${query}`);
      const { items, lastSeq } = (await response.json()) as { items: Item[]; lastSeq: number };
      return { item: items.find((each) => each.id === id), lastSeq };
    };
    const { item, lastSeq } = await itemOf('');
    expect(item).toMatchObject({ kind: 'request', desk: 'duty desk', changes: [] });

    const take = { requestId: id, desk: 'night-desk', note: 'two still short' };
    expect((await (await stack.as('kent-finance')).command('request-desk-take', take)).status).toBe(403);
    expect((await (await stack.as('essex-donor-desk')).command('request-desk-take', take)).status).toBe(404);
    expect((await kent.command('request-desk-take', take)).status).toBe(200);
    const { item: taken } = await itemOf(`?desk=night-desk&sinceSeq=${lastSeq}`);
    // What the adapters acknowledge may come in between.
    expect(taken?.changes.at(-1)).toMatchObject({
      type: 'muster.request.desk_taken.v1',
      actor: 'kent/requester/duty-desk',
    });
    expect((await itemOf('?desk=duty%20desk')).item).toBeUndefined();
  });

  it('passes on all that a desk looks after in one action, and nothing twice', async () => {
    const kent = await stack.as('kent-requester');
    const essex = await stack.as('essex-donor-desk');
    const [whole, other, offerId] = [newKey('request'), newKey('request'), newKey('offer')];
    const from = newKey('desk');
    const terms = { ...help().terms, contactDesk: from };
    for (const id of [whole, other]) await kent.command('request-create', help({ terms }), id);
    await essex.command('offer-make', offer(whole), offerId);
    await kent.command('offer-accept', { requestId: whole, accept: [{ offerId, quantity: 1 }] });
    const deployment = `/v1/${MODE}/deployments/essex/${offerId}`;
    await eventually(async () => (await kent.get(deployment)).ok, { what: 'the units are on their way' });
    // Taken by the desk itself, it does not go with its request.
    const own = { donor: 'essex', deploymentId: offerId, desk: 'bronze', note: 'mine' };
    expect((await kent.command('deployment-desk-take', own)).status).toBe(200);
    const back = { ...own, desk: from };
    expect((await kent.command('deployment-desk-take', back)).status).toBe(200);

    const key = newKey('take');
    const take = async (person: string, body: object, named = key) => {
      const path = `/v1/${MODE}/desks/take`;
      return (await stack.as(person)).post(path, body, { 'idempotency-key': named });
    };
    const body = { from, desk: 'night-desk', note: 'all of it' };
    expect((await take('kent-finance', body)).status).toBe(403);
    expect((await take('kent-requester', { ...body, desk: from })).status).toBe(422);
    // Essex has no such desk.
    expect(await (await take('essex-donor-desk', body)).json()).toEqual({ complete: true, items: [] });
    const taken = (await (await take('kent-requester', body)).json()) as { items: object[] };
    expect(taken).toEqual({
      complete: true,
      items: expect.arrayContaining([
        { kind: 'request', owner: 'kent', id: whole, outcome: 'taken' },
        { kind: 'request', owner: 'kent', id: other, outcome: 'taken' },
        { kind: 'deployment', owner: 'essex', id: offerId, outcome: 'taken' },
      ]),
    });
    expect(taken.items).toHaveLength(3);
    expect(await (await take('kent-requester', body)).json()).toEqual({ complete: true, items: [] });
    const left = await kent.get(`/v1/${MODE}/handover?desk=${from}`);
    expect(((await left.json()) as { items: unknown[] }).items).toEqual([]);
    const night = await kent.get(`/v1/${MODE}/handover?desk=night-desk`);
    const { items } = (await night.json()) as { items: Item[] };
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([whole, other, offerId]));
  });

  it('goes on from where each person left their own desk, wherever they sign in again', async () => {
    const path = `/v1/${MODE}/handover/mark`;
    const markOf = async (person: Person, desk: string): Promise<{ seq: number } | undefined> => {
      const answer = await person.get(`${path}?desk=${desk}`);
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { mark?: { seq: number } }).mark;
    };
    const kent = await stack.as('kent-approver');
    const desk = newKey('desk');
    expect(await markOf(kent, desk)).toBeUndefined();
    const id = newKey('request');
    await kent.command('request-create', help({ terms: { ...help().terms, contactDesk: desk } }), id);
    const read = await kent.get(`/v1/${MODE}/handover?desk=${desk}`);
    const { lastSeq } = (await read.json()) as { lastSeq: number };
    const made = await eventually(async () => {
      const answer = await kent.post(path, { desk, seq: lastSeq });
      return answer.ok ? answer.json() : undefined;
    });
    expect(made).toMatchObject({ mark: { seq: lastSeq } });
    expect((await kent.post(path, { desk, seq: lastSeq + 1_000_000 })).status).toBe(422);

    const again = await signIn(stack.base, MODE, 'kent-approver');
    const mark = await markOf(again, desk);
    expect(mark?.seq).toBe(lastSeq);
    // Of another desk, another person or another organisation it says nothing.
    expect(await markOf(again, `${desk}x`)).toBeUndefined();
    expect(await markOf(await stack.as('kent-requester'), desk)).toBeUndefined();
    expect(await markOf(await stack.as('essex-donor-desk'), desk)).toBeUndefined();

    await kent.command('request-desk-take', { requestId: id, desk: 'night-desk', note: 'over' });
    const since = await again.get(`/v1/${MODE}/handover?desk=night-desk&sinceSeq=${mark?.seq}`);
    const { items } = (await since.json()) as { items: Item[] };
    const changes = items.find((item) => item.id === id)?.changes ?? [];
    expect(changes.every(({ seq }) => seq > lastSeq)).toBe(true);
    expect(changes.at(-1)).toMatchObject({ type: 'muster.request.desk_taken.v1' });
  });
});

describe('the claim for what was lent', () => {
  const pay = (amountPence: number) => ({ lineId: 'pay', category: 'pay', amountPence });

  it('is settled by both sides as each is told that it may, and taken away by those who may', async () => {
    const { deploymentId: claimId, requestId } = await deploy({ stack }, 'claim');
    const path = `claims/essex/${claimId}/`;
    const send = async (person: string, command: string, body: object = {}): Promise<number> =>
      (await (await stack.as(person)).command(command, { donor: 'essex', claimId, ...body })).status;
    const may = async (person: string): Promise<string[]> => [
      ...new Set((await actionsOf(person, path)).flatMap((row) => (row.allowed ? row.command : []))),
    ];
    const see = async (person: string): Promise<Response> =>
      (await stack.as(person)).get(`/v1/${MODE}/claims/essex/${claimId}`);

    expect(await may('essex-finance')).toEqual(['claim-estimate']);
    expect(codes(await actionsOf('kent-finance', path), 'claim-estimate')).toEqual([['not-permitted']]);
    expect(codes(await actionsOf('essex-donor-desk', path), 'claim-estimate')).toEqual([['policy']]);
    expect(await send('essex-finance', 'claim-estimate', { lines: [pay(50_000)] })).toBe(200);
    expect(await send('essex-finance', 'claim-record', { lines: [pay(40_001)] })).toBe(200);
    expect(codes(await actionsOf('essex-finance', path), 'claim-submit')).toEqual([['wrong-status']]);

    await bringHome({ stack }, claimId);
    expect(await may('essex-finance')).toEqual(['claim-record', 'claim-submit', 'claim-waive']);
    expect(await send('essex-finance', 'claim-submit')).toBe(200);

    const seen = (await see('kent-finance')).headers.get('etag') ?? '';
    expect(await may('kent-finance')).toEqual(['claim-check', 'claim-query', 'claim-waive']);
    expect(await send('kent-finance', 'claim-query', { reason: 'whose?', lineIds: ['pay'] })).toBe(200);
    const late = await (await stack.as('kent-finance')).command(
      ...(['claim-check', { donor: 'essex', claimId }, undefined, { 'if-match': seen }] as const),
    );
    expect(late.status).toBe(412);
    expect(await send('essex-finance', 'claim-answer', { answer: 'ours' })).toBe(200);
    expect(await send('kent-finance', 'claim-check')).toBe(200);
    expect(codes(await actionsOf('kent-finance', path), 'claim-agree')).toEqual([['same-person']]);
    expect(codes(await actionsOf('kent-finance-lead', path), 'claim-agree')).toEqual([true]);
    expect(await send('kent-finance-lead', 'claim-agree')).toBe(200);
    const [owed] = of(await actionsOf('kent-finance', path), 'claim-pay');
    expect(owed).toMatchObject({ allowed: true, target: { amountPence: 40_001 } });

    expect(await send('essex-finance', 'claim-waive', { basis: 'payback', reason: 'a favour' })).toBe(200);
    const waive = of(await actionsOf('kent-finance', path), 'claim-waive');
    expect(waive.map(({ target, allowed }) => [target.basis, allowed])).toEqual([
      ['payback', true],
      ['nil-charge', false],
    ]);

    const pack = `/v1/${MODE}/claims/essex/${claimId}/pack`;
    const take = async (person: string, from: string): Promise<Response> =>
      (await stack.as(person)).get(from);
    const packs = await Promise.all(
      ['kent-finance', 'essex-auditor'].flatMap((person) =>
        ['html', 'lines', 'steps'].map(async (format) =>
          (await take(person, `${pack}?format=${format}`)).text(),
        ),
      ),
    );
    expect(packs.slice(0, 3)).toEqual(packs.slice(3));
    expect(packs[0]).toContain('EXERCISE Claim of essex on kent');
    expect(packs[1]?.split('\r\n')).toHaveLength(3);
    expect(packs[2]).toContain(`claim.agreed,kent/finance/finance-lead,400.01,checked by finance-desk`);
    const file = await take('kent-finance', pack);
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="exercise-claim-essex-${claimId}.html"`,
    );
    expect((await take('kent-requester', pack)).status).toBe(403);
    expect((await take('surrey-finance', pack)).status).toBe(404);
    expect((await take('surrey-finance', `/v1/${MODE}/${path}actions`)).status).toBe(404);
    expect((await take('kent-finance', `${pack}?format=pdf`)).status).toBe(422);

    const months = `/v1/${MODE}/claims-of-month?month=`;
    const month = new Date().toISOString().slice(0, 7);
    const rows = (await (await take('kent-finance', `${months}${month}`)).text()).trimEnd().split('\r\n');
    expect(rows.slice(1).filter((row) => row.includes(requestId))).toEqual([
      expect.stringContaining(`${month},${claimId},${requestId},essex,kent,host,SPECIALIST_STAFF,AGREED`),
    ]);
    expect(await (await take('surrey-finance', `${months}${month}`)).text()).not.toContain(claimId);
    expect((await take('kent-requester', `${months}${month}`)).status).toBe(403);
    expect((await take('kent-finance', `${months}2026-13`)).status).toBe(422);
  });
});

type Assignment = { donor: string; quantity: number };
type Plan = { planId: string; basedOnSeq: number; policyVersion?: string; assignments: Assignment[] };

describe('a plan', () => {
  it('is shown to those who ask for help, and approved in part by those who decide for the host', async () => {
    const { requestId } = await ask({ stack }, 'plan', ownDay(6, 5));
    const path = `/v1/${MODE}/plan?requestIds=${requestId}`;
    const requester = await stack.as('kent-requester');
    const plan = (await (await requester.get(path)).json()) as Plan;
    expect(plan.assignments.map(({ donor, quantity }) => [donor, quantity]).sort()).toEqual([
      ['essex', 3],
      ['surrey', 3],
    ]);
    const without = (await (await requester.get(`${path}&without=essex`)).json()) as Plan;
    expect(without.assignments).toMatchObject([{ donor: 'surrey', quantity: 4 }]);
    expect((await (await stack.as('kent-finance')).get(path)).status).toBe(403);
    expect((await (await stack.as('surrey-requester')).get(path)).status).toBe(404);

    const part = (rows: number[]): object => ({
      planId: plan.planId,
      basedOnSeq: plan.basedOnSeq,
      policyVersion: plan.policyVersion ?? 'not told',
      assignments: rows.map((row) => plan.assignments[row]),
    });
    expect(codes(await actionsOf('kent-requester', ''), 'plan-approve')).toEqual([['policy']]);
    expect(codes(await actionsOf('kent-approver', ''), 'plan-approve')).toEqual([true]);
    expect((await requester.command('plan-approve', part([0]))).status).toBe(403);
    const approver = await stack.as('kent-approver');
    expect((await approver.command('plan-approve', part([0]))).status).toBe(200);
    const stale = await approver.command('plan-approve', part([1, 0]));
    expect([stale.status, await stale.json()]).toEqual([
      409,
      expect.objectContaining({
        code: 'plan-stale',
        fields: [expect.objectContaining({ path: 'assignments[1]' })],
      }),
    ]);
    expect((await approver.command('plan-approve', part([1]))).status).toBe(200);
  });
});
