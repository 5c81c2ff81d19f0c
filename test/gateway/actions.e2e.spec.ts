import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from './browser.ts';
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
    const surrey = await stack.as('surrey-requester');
    const id = newKey('request');
    const only = help({ recipients: { kind: 'forces', forces: ['essex'] } });
    await (await stack.as('kent-requester')).command('request-create', only, id);
    expect((await surrey.get(`/v1/${MODE}/requests/kent/${id}/actions`)).status).toBe(404);
    expect((await surrey.get(`/v1/${MODE}/deployments/essex/nothing/actions`)).status).toBe(404);
  });
});
