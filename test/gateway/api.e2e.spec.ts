import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertSpecs } from './alerts.ts';
import { newKey } from './browser.ts';
import { exerciseSpecs } from './exercise.ts';
import { help, MODE, offer, type Stack, startStack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({}, { link: true });
}, 120_000);
afterAll(() => stack?.[Symbol.asyncDispose]());

// biome-ignore lint/suspicious/noExplicitAny: answers are taken as they come
const json = async (response: Response): Promise<any> => response.json();

describe('the gateway', () => {
  it('takes a request from asking to commitment, each person in their own role', async () => {
    const kent = await stack.as('kent-requester');
    const essex = await stack.as('essex-donor-desk');
    const id = newKey('request');
    const created = await kent.command('request-create', help(), id);
    expect(created.status).toBe(200);
    expect(await json(created.clone())).toMatchObject({ commandId: id, repeated: false });
    expect(created.headers.get('location')).toBe(`/v1/${MODE}/results/${id}?as=kent`);

    const offerId = newKey('offer');
    expect((await essex.command('offer-make', offer(id), offerId)).status).toBe(200);
    const accepted = await kent.command('offer-accept', {
      requestId: id,
      accept: [{ offerId, quantity: 1 }],
    });
    expect(accepted.status).toBe(200);
    const view = await eventually(async () => {
      const seen = await json(await kent.get(`/v1/${MODE}/requests/kent/${id}`));
      return seen.offers[0].status === 'committed' ? seen : undefined;
    });
    expect(view.requestedBy).toBe('duty-desk');
    const deployments = await json(await essex.get(`/v1/${MODE}/deployments?host=kent`));
    const { donor, deploymentId } = deployments.items[0];
    expect((await essex.get(`/v1/${MODE}/deployments/${donor}/${deploymentId}`)).status).toBe(200);
  });

  it('records the post and the role of the person, and nothing of the person', async () => {
    const kent = await stack.as('kent-requester');
    const id = newKey('request');
    await kent.command('request-create', help(), id);
    const { events } = await json(await kent.get(`/v1/${MODE}/events?afterSeq=0&requestId=${id}`));
    expect(events[0].envelope.actor).toBe('kent/requester/duty-desk');
    expect(JSON.stringify(events)).not.toMatch(/Demo|kent-requester/);
  });

  it('goes on with the trace that the request belongs to', async () => {
    const kent = await stack.as('kent-requester');
    const id = newKey('request');
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
    expect((await kent.command('request-create', help(), id, { traceparent })).status).toBe(200);
    const { events } = await json(await kent.get(`/v1/${MODE}/events?afterSeq=0&requestId=${id}`));
    const [, ofEvent, span] = events[0].envelope.traceparent.split('-');
    expect([ofEvent, span === '00f067aa0ba902b7']).toEqual([trace, false]);
  });

  /** Units of surrey's that kent has reserved, and that nobody has decided about. */
  const reserve = async (): Promise<{ id: string; offerId: string }> => {
    const kent = await stack.as('kent-requester');
    const [id, offerId] = [newKey('request'), newKey('offer')];
    await kent.command('request-create', help(), id);
    await (await stack.as('surrey-donor-desk')).command('offer-make', offer(id), offerId);
    await kent.command('offer-accept', { requestId: id, accept: [{ offerId, quantity: 1 }] });
    return { id, offerId };
  };

  it('takes to the adapter of a force what its people decide about reserved units, each once', async () => {
    const kent = await stack.as('kent-requester');
    const surrey = await stack.as('surrey-donor-approver');
    const { id, offerId } = await reserve();
    const statusOf = async (): Promise<string> =>
      (await json(await kent.get(`/v1/${MODE}/requests/kent/${id}`))).offers[0].status;
    expect(await statusOf()).toBe('accepted');

    const due = { capabilityId: 'cyber', bookingId: offerId };
    const told = async (person: string): Promise<unknown[]> => {
      const answer = await (await stack.as(person)).get(`/v1/${MODE}/requests/kent/${id}/actions`);
      const { actions } = await json(answer);
      return actions.filter(({ command }: { command: string }) => command === 'home-decide');
    };
    const mine = await eventually(async () => {
      const actions = await told('surrey-donor-approver');
      return JSON.stringify(actions).includes('"allowed":true') ? actions : undefined;
    });
    expect(mine).toMatchObject([
      { target: { ...due, decision: 'confirm' }, allowed: true, role: 'donor-approver', needs: [] },
      { target: { ...due, decision: 'refuse' }, allowed: true, needs: ['reasonCode'] },
    ]);
    expect(await told('surrey-finance')).toMatchObject([
      { allowed: false },
      { because: [{ code: 'policy' }] },
    ]);
    expect(await told('kent-requester')).toEqual([]);
    const reasonless = await surrey.command('home-decide', { ...due, decision: 'refuse' });
    expect(await json(reasonless)).toMatchObject({ code: 'invalid', fields: [{ path: 'reasonCode' }] });
    const other = await surrey.command('home-decide', { ...due, bookingId: 'no-such', decision: 'confirm' });
    expect([other.status, (await json(other)).code]).toEqual([404, 'not-found']);
    const key = newKey('home');
    // The adapter may not have read yet what the hub reserved.
    const first = await eventually(async () => {
      const answer = await surrey.command('home-decide', { ...due, decision: 'confirm' }, key);
      return answer.status === 200 ? answer : undefined;
    });
    expect(await json(first)).toEqual({ commandId: key, repeated: false });
    const status = first.headers.get('location') ?? '';
    expect(status).toBe(`/v1/${MODE}/results/${key}?as=surrey`);
    const ended = await eventually(async () => {
      const answer = await json(await surrey.get(status));
      return answer.state === 'stored' ? answer : undefined;
    });
    expect(ended.result.events).toMatchObject([
      { type: 'muster.home.recorded.v1', subject: `${MODE}.home.surrey.cyber` },
    ]);
    expect((await json(await kent.get(`/v1/${MODE}/results/${key}`))).state).toBe('unknown');
    const again = await surrey.command('home-decide', { ...due, decision: 'confirm' }, key);
    expect(await json(again)).toEqual({ commandId: key, repeated: true });
    await eventually(async () => (await statusOf()) === 'committed', { what: 'the commitment' });
    const home = await json(await surrey.get(`/v1/${MODE}/home?afterSeq=0&limit=1000`));
    const confirmed = JSON.stringify(home.events.filter(({ data }: { data: object }) => 'entries' in data));
    expect(confirmed).toContain('surrey/donor-approver/resources-chief');
    expect((await kent.command('home-decide', { ...due, decision: 'confirm' })).status).toBe(403);
    expect(await told('surrey-donor-approver')).toEqual([]);
  });

  it('gives the same key the same result, and another command under it a conflict', async () => {
    const kent = await stack.as('kent-requester');
    const id = newKey('request');
    const body = help();
    const first = await json(await kent.command('request-create', body, id));
    const again = await json(await kent.command('request-create', body, id));
    expect(again).toEqual({ ...first, repeated: true });
    const other = await kent.command(
      'request-cancel',
      { requestId: id, reasonCode: 'resolved', reason: 'x' },
      id,
    );
    expect(other.status).toBe(409);
    expect(await json(other)).toMatchObject({ code: 'command-id-reused' });
  });

  it('tells at the status address how a command ended', async () => {
    const kent = await stack.as('kent-requester');
    const id = newKey('request');
    const { seq } = await json(await kent.command('request-create', help(), id));
    const path = `/v1/${MODE}/results/${id}`;
    const told = await eventually(async () => {
      const answer = await json(await kent.get(path));
      return answer.state === 'stored' ? answer : undefined;
    });
    expect(told.result.seq).toBe(seq);
    expect((await json(await (await stack.as('essex-donor-desk')).get(path))).state).toBe('unknown');
  });

  it('tells problems by stable codes, with the fields at fault', async () => {
    const kent = await stack.as('kent-requester');
    const wrong = await kent.command('request-create', help({ answerBy: 'soon', lines: [] }));
    expect(wrong.status).toBe(422);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    const problem = await json(wrong);
    expect(problem).toMatchObject({ type: '/problems/invalid', code: 'invalid', status: 422 });
    expect(problem.fields.map((field: { path: string }) => field.path)).toEqual(['lines', 'answerBy']);
    const missing = await kent.get(`/v1/${MODE}/requests/kent/no-such-request`);
    expect([missing.status, (await json(missing)).code]).toEqual([404, 'not-found']);
    const keyless = await kent.post(`/v1/${MODE}/commands/request-create`, help());
    expect((await json(keyless)).fields).toEqual([{ path: 'idempotency-key', because: 'is missing' }]);
    const strange = await kent.get(`/v1/${MODE}/requests?colour=red`);
    expect(await json(strange)).toMatchObject({ code: 'invalid', fields: [{ path: 'colour' }] });
  });

  it('answers 304 while nothing has changed, and 412 to a decision on what has', async () => {
    const kent = await stack.as('kent-requester');
    const essex = await stack.as('essex-donor-desk');
    const id = newKey('request');
    await kent.command('request-create', help(), id);
    const path = `/v1/${MODE}/requests/kent/${id}`;
    const etag = await eventually(async () => {
      const seen = await kent.get(path);
      const { answers } = await json(seen);
      const settled = answers.every((answer: { acknowledgedAt?: string }) => answer.acknowledgedAt);
      return settled ? (seen.headers.get('etag') ?? '') : undefined;
    });
    expect((await kent.get(path, { 'if-none-match': etag })).status).toBe(304);
    const seenByEssex = (await essex.get(path)).headers.get('etag');
    expect(seenByEssex).not.toBe(etag);

    await essex.command('offer-make', offer(id));
    expect((await kent.get(path, { 'if-none-match': etag })).status).toBe(200);
    const cancel = { requestId: id, reasonCode: 'resolved', reason: 'over' };
    const late = await kent.command('request-cancel', cancel, newKey('cancel'), { 'if-match': etag });
    expect([late.status, (await json(late)).code]).toEqual([412, 'changed']);
    const fresh = (await kent.get(path)).headers.get('etag') ?? '';
    const done = await kent.command('request-cancel', cancel, newKey('cancel'), { 'if-match': fresh });
    expect(done.status).toBe(200);
  });

  it('pages through requests without losing or repeating one', async () => {
    const kent = await stack.as('kent-requester');
    const ids = [newKey('request'), newKey('request'), newKey('request')];
    for (const id of ids) await kent.command('request-create', help(), id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await json(await kent.get(`/v1/${MODE}/requests?host=kent&limit=2${after}`));
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item: { requestId: string }) => item.requestId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    const guessed = await kent.get(`/v1/${MODE}/requests?limit=1&cursor=garbage`);
    expect(guessed.status).toBe(422);
    expect(await guessed.json()).toMatchObject({ code: 'invalid', fields: [{ path: 'cursor' }] });
    expect(seen.filter((id) => ids.includes(id)).sort()).toEqual([...ids].sort());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('describes every command and query in OpenAPI 3.1, and shows pages to browse it', async () => {
    const description = await json(await fetch(`${stack.base}/openapi.json`));
    expect(description.openapi).toBe('3.1.0');
    const create = description.paths['/v1/{mode}/commands/request-create'].post;
    const { schema } = create.requestBody.content['application/json'];
    expect(Object.keys(schema.properties)).toContain('lines');
    expect(Object.keys(schema.properties)).not.toContain('commandId');
    const list = description.paths['/v1/{mode}/capabilities'].get.parameters.map(
      (p: { name: string }) => p.name,
    );
    expect(list).toEqual(expect.arrayContaining(['mode', 'as', 'code', 'near.lat', 'limit', 'cursor']));
    const page = await fetch(`${stack.base}/docs/`);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toMatch(/<script>|<style|style="/);
  });

  it('says 202 and where to ask when an answer is lost, and there how it ended', async () => {
    const { link } = stack;
    if (!link) throw new Error('there is no link to spoil');
    const kent = await stack.as('kent-requester');
    const direct = await stack.world.callerOf('kent');
    const surrey = await stack.as('surrey-donor-approver');
    const { offerId } = await reserve();
    const id = newKey('request');
    const body = help();
    const [key, decision] = [
      newKey('home'),
      { capabilityId: 'cyber', bookingId: offerId, decision: 'confirm' },
    ];
    const home = await stack.world.callerOf('surrey');
    const homeSays = async (word: string): Promise<boolean> =>
      JSON.stringify(await home.ask(MODE, 'surrey', 'home', { afterSeq: 0, limit: 1_000 })).includes(word);
    await eventually(() => homeSays(offerId), { what: 'surrey has seen what is reserved' });
    link.blackHole('answers');
    const sent = kent.command('request-create', body, id);
    const decided = surrey.command('home-decide', decision, key);
    await eventually(() => homeSays(key), { what: 'surrey has decided, though the answer is swallowed' });
    const query = { host: 'kent', requestId: id };
    await eventually(async () => (await direct.ask(MODE, 'kent', 'request-show', query)).kind === 'answer', {
      what: 'the command is stored, though its answer is swallowed',
    });
    link.cut();
    const lost = await sent;
    expect([lost.status, await json(lost.clone())]).toEqual([
      202,
      { commandId: id, state: 'unknown', because: expect.stringContaining('connection broke') },
    ]);
    expect(Number(lost.headers.get('retry-after'))).toBeGreaterThan(0);
    const undecided = await decided;
    expect([undecided.status, await json(undecided.clone())]).toEqual([
      ...[202, { commandId: key, state: 'unknown', because: expect.stringContaining('connection broke') }],
    ]);
    const path = lost.headers.get('location') ?? '';
    expect(await json(await kent.get(path))).toMatchObject({ commandId: id, state: 'unknown' });

    const away = await kent.command('request-create', body, newKey('request'));
    expect([away.status, (await json(away.clone())).code]).toEqual([503, 'unavailable']);
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    const unread = await kent.get(`/v1/${MODE}/requests`);
    expect([unread.status, Number(unread.headers.get('retry-after')) > 0]).toEqual([503, true]);

    link.heal();
    const told = await eventually(
      async () => {
        const answer = await json(await kent.get(path));
        return answer.state === 'stored' ? answer : undefined;
      },
      { what: 'the status address tells how it ended' },
    );
    expect(told.result.seq).toBeGreaterThan(0);
    const status = undecided.headers.get('location') ?? '';
    await eventually(async () => (await json(await surrey.get(status))).state === 'stored', {
      what: 'the status address tells that the decision is written',
    });
    expect(await json(await surrey.command('home-decide', decision, key))).toMatchObject({ repeated: true });
    const again = await eventually(async () => {
      const response = await kent.command('request-create', body, id);
      return response.ok ? json(response) : undefined;
    });
    expect(again).toMatchObject({ seq: told.result.seq, repeated: true });
  });

  it('says 503 and when to try again while nothing answers for the broker', async () => {
    const kent = await stack.as('kent-requester');
    await stack.broker.kill9();
    const id = newKey('request');
    const body = help();
    const away = await kent.command('request-create', body, id);
    expect([away.status, (await json(away.clone())).code]).toEqual([503, 'unavailable']);
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await kent.get(`/v1/${MODE}/requests`)).status).toBe(503);
    await stack.broker.start();
    expect((await kent.command('request-create', body, id)).status).toBe(200);
  });
});

describe('an alert', () => alertSpecs(() => stack));

describe('the exercise', () => exerciseSpecs(() => stack));
