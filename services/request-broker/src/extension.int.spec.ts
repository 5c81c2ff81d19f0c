import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeDesk } from './testing/home.ts';
import { acceptOf, createOf, desk, inHours, inMs, offerOf } from './testing/samples.ts';
import { type Org, startWorld, type World } from './testing/world.ts';

const donorDesk = { role: 'donor-approver', id: 'resources' } as const;
const names = (deploymentId: string) => ({ donor: 'essex', deploymentId });
const NEW_END = inHours(30);

let world: World;
let kent: Org;
let essex: Org;

beforeAll(async () => {
  world = await startWorld();
  await world.replica();
  [kent, essex] = await Promise.all([world.as('kent'), world.as('essex')]);
});

afterAll(() => world[Symbol.asyncDispose]());

const shown = async (org: Org, deploymentId: string) => {
  const { items } = await org.answer('deployment-list', { donor: 'essex' });
  return items.find((each) => each.deploymentId === deploymentId);
};

/** Essex lends one unit to kent, up to a commitment. */
const commit = async (id: string) => {
  await world.advertise('essex', `cap-${id}`);
  const home = homeDesk(essex, world.mode, 'essex', `cap-${id}`);
  await kent.stored('request-create', createOf(`req-${id}`, ['essex']));
  await essex.stored('offer-make', offerOf(`off-${id}`, 'kent', `req-${id}`, `cap-${id}`));
  await kent.stored('offer-accept', acceptOf(`acc-${id}`, `req-${id}`, `off-${id}`));
  await home.read();
  await eventually(() => shown(kent, `off-${id}`));
  return { home, deploymentId: `off-${id}` };
};

const ask = (deploymentId: string, answerBy?: string) =>
  kent.stored('extension-ask', {
    ...{ ...names(deploymentId), commandId: `ext-${deploymentId}`, actor: desk },
    ...{ newEnd: NEW_END, reason: 'Two servers are still to be imaged', ...(answerBy && { answerBy }) },
  });

describe('an extension', () => {
  it('moves the end once the donor has accepted and its ledger has confirmed, and holds the unit meanwhile', async () => {
    const { home, deploymentId } = await commit('long');
    const end = (await shown(kent, deploymentId))?.to;
    await ask(deploymentId);
    expect(await shown(essex, deploymentId)).toMatchObject({ extension: { newEnd: NEW_END }, to: end });
    const accept = {
      ...{ ...names(deploymentId), commandId: 'yes-long', actor: donorDesk },
      ...{ extensionId: `ext-${deploymentId}`, answer: 'accept' as const },
    };
    await essex.stored('extension-answer', accept);
    expect((await essex.stored('extension-answer', accept)).repeated).toBe(true);
    expect((await shown(kent, deploymentId))?.to).toBe(end);
    // Its units are taken for the further time, so a plan for them finds none.
    const window = { from: inHours(20), to: inHours(25) };
    const [line] = createOf('x', ['essex']).lines;
    await kent.stored(
      'request-create',
      createOf('req-other', ['essex'], { lines: [{ ...line, ...window } as never] }),
    );
    await essex.stored('offer-make', offerOf('off-other', 'kent', 'req-other', 'cap-long'));
    const refused = await kent.refused('offer-accept', acceptOf('acc-other', 'req-other', 'off-other'));
    expect(refused.refused).toBe('no-capacity');
    await home.read();
    await eventually(async () => (await shown(kent, deploymentId))?.to === NEW_END);
    expect((await shown(kent, deploymentId))?.extension).toBeUndefined();
    const { events } = await kent.answer('events', { afterSeq: 0, requestId: 'req-long', limit: 1_000 });
    const confirmed = events.find(({ envelope }) => envelope.type === 'muster.extension.confirmed.v1');
    expect(confirmed?.envelope).toMatchObject({ actor: 'essex/adapter/test', correlationId: 'req-long' });
  });

  it('that nobody answers lapses by the timer of a live broker, and the end stays', async () => {
    const { deploymentId } = await commit('silent');
    const end = (await shown(kent, deploymentId))?.to;
    await ask(deploymentId, inMs(400));
    const { items } = await kent.answer('handover', {});
    const item = items.find(({ kind, id }) => kind === 'deployment' && id === deploymentId);
    expect(item?.deadlines.map(({ name }) => name)).toContain('extension');
    await eventually(async () => (await shown(kent, deploymentId))?.extension === undefined);
    expect((await shown(kent, deploymentId))?.to).toBe(end);
    const { events } = await kent.answer('events', { afterSeq: 0, requestId: 'req-silent', limit: 1_000 });
    const ended = events.filter(({ envelope }) => envelope.type === 'muster.extension.ended.v1');
    expect(ended.map(({ data }) => data)).toMatchObject([{ because: 'answer-time-passed' }]);
  });
});

describe('a return', () => {
  it('that leaves welfare open stays open at its desk until somebody has answered', async () => {
    const { deploymentId } = await commit('open');
    const of = names(deploymentId);
    await kent.stored('deployment-release', {
      ...{ ...of, commandId: 'rel-open', actor: desk, reasonCode: 'task-complete' },
    });
    await essex.stored('deployment-return', { ...of, commandId: 'back-open', actor: donorDesk, at: inMs(0) });
    expect(await shown(essex, deploymentId)).toMatchObject({ status: 'RETURNED', welfare: { isOpen: true } });
    const board = await essex.answer('board', {});
    expect(board.actions.map(({ kind }) => kind)).toContain('answer-welfare');
    await essex.stored('welfare-answer', {
      ...{ ...of, commandId: 'welfare-open', actor: donorDesk, injuries: 0, welfareReferral: true },
    });
    expect(await shown(kent, deploymentId)).toMatchObject({
      welfare: { isOpen: false, welfareReferral: true },
    });
  });
});
