import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import type { Ran } from './testing/cli.ts';
import { converse, DEADLINE_MS, OFFER } from './testing/conversation.ts';

const talk = converse(['kent', 'essex', 'npocc']);
const { run, stored } = talk;

type Deployments = { items: { deploymentId: string; to: string; status: string }[] };

const shown = async (id: string) => {
  const { items } = (await run('deployment', 'list', '--as', 'kent', '--json')).json() as Deployments;
  return items.find(({ deploymentId }) => deploymentId === id);
};

/** Essex offers one officer to kent. */
const offered = async (...more: string[]): Promise<{ request: string; offer: string }> => {
  const request = await talk.asked();
  return { request, offer: await talk.offered(request, ...more) };
};

/** Essex offers the units of a deployment to another request of kent. */
const tryOnward = async (deployment: string): Promise<Ran> =>
  run('offer', 'make', await talk.asked(), '--as', 'essex', ...OFFER, '--continues', deployment);

const confirm = async (offer: string): Promise<void> => {
  await talk.confirmed(offer);
  await eventually(() => shown(offer), { deadlineMs: DEADLINE_MS, what: 'the deployment is opened' });
};

/** Units are released before they set out from home: the adapter of their force says at once that they are there. */
const releasedAtHome = async (offer: string): Promise<void> => {
  await stored('deployment', 'release', offer, '--as', 'kent');
  await eventually(async () => (await shown(offer))?.status === 'RETURNED', {
    deadlineMs: DEADLINE_MS,
    what: 'the adapter has reported them home',
  });
};

describe('units that are lent', () => {
  it('stay for longer when their force says yes and has the time, and are looked at after eight weeks', async () => {
    const { request, offer } = await offered();
    await stored('offer', 'accept', request, offer, '--as', 'kent');
    await confirm(offer);
    const end = (await shown(offer))?.to;
    const why = ['--because', 'two servers are left'];
    await stored('extension', 'ask', offer, '--as', 'kent', '--until', '+70d', ...why);
    expect(await stored('deployment', 'list', '--as', 'essex')).toContain('longer? until');
    const lacking = await run('extension', 'answer', offer, 'provisional', '--as', 'essex');
    expect(lacking).toMatchObject({ exit: 2 });
    expect(lacking.err).toContain('condition');
    await stored('extension', 'answer', offer, 'provisional', '--as', 'essex', '--condition', 'lodging');
    const plan = ['--rest-plan', 'relief on Friday'];
    await stored('extension', 'answer', offer, 'accept', '--as', 'essex', ...plan);
    await eventually(async () => (await shown(offer))?.to !== end, {
      deadlineMs: DEADLINE_MS,
      what: 'the home ledger has confirmed and the end has moved',
    });
    expect(await stored('deployment', 'list', '--as', 'kent')).toContain('secondment review');
    const outcome = ['--outcome', 'becomes-secondment', '--because', 'the inquiry goes on'];
    await stored('secondment', 'review', offer, '--as', 'essex', ...outcome);
    expect(await run('secondment', 'review', offer, '--as', 'kent', ...outcome)).toMatchObject({ exit: 3 });
  });

  it('that have been on duty for too long are taken with an override only, and how they are is asked at the end', async () => {
    const { request, offer } = await offered('--duty-start', '-14h');
    const refused = await run('offer', 'accept', request, offer, '--as', 'kent');
    expect(refused.exit).toBe(3);
    expect(refused.err).toContain('on-duty');
    const override = ['--override', 'life at risk'];
    await stored('offer', 'accept', request, offer, '--as', 'kent', ...override);
    await confirm(offer);
    expect(await stored('deployment', 'list', '--as', 'essex')).toContain('over working time');
    for (const status of ['mobilising', 'en-route']) {
      await stored('deployment', 'status', offer, status, '--as', 'essex');
    }
    await stored('deployment', 'release', offer, '--as', 'kent');
    expect(await stored('deployment', 'return', offer, '--as', 'essex')).toContain('still to be said');
    expect(await stored('handover', '--as', 'essex')).toContain('welfare');
    const said = await stored(
      'deployment',
      'welfare',
      offer,
      '--as',
      'essex',
      '--injuries',
      '1',
      '--referral',
    );
    expect(said).toContain('somebody was referred');
  });

  it('go on to another request as they stand, whole and once, when their force offers that afresh', async () => {
    const first = await offered();
    await stored('offer', 'accept', first.request, first.offer, '--as', 'kent');
    await confirm(first.offer);
    const early = await tryOnward(first.offer);
    expect(early.exit).toBe(3);
    expect(early.err).toContain('are committed');
    for (const status of ['mobilising', 'en-route']) {
      await stored('deployment', 'status', first.offer, status, '--as', 'essex');
    }
    await stored('deployment', 'release', first.offer, '--as', 'kent');
    const next = await offered('--continues', first.offer);
    expect(await stored('request', 'show', next.request, '--as', 'kent')).toContain(`from ${first.offer}`);
    await stored('offer', 'accept', next.request, next.offer, '--as', 'kent');
    await confirm(next.offer);
    const list = await stored('deployment', 'list', '--as', 'kent');
    expect(list).toContain('on to');
    expect(list).toContain('away since');
    expect(await run('deployment', 'return', first.offer, '--as', 'essex')).toMatchObject({ exit: 3 });
    expect(await tryOnward(first.offer)).toMatchObject({ exit: 3 });
    await stored('deployment', 'welfare', first.offer, '--as', 'essex', '--injuries', '0');
    await stored('deployment', 'release', next.offer, '--as', 'kent');
    const last = await offered();
    await stored('offer', 'accept', last.request, last.offer, '--as', 'kent');
    await confirm(last.offer);
    await releasedAtHome(last.offer);
    // The adapter hears of releases in their order, and of this one it knows that nobody is at home.
    expect((await shown(next.offer))?.status).toBe('RELEASED');
    await stored('deployment', 'return', next.offer, '--as', 'essex', '--injuries', '0');
  });
});

/** The pack of a claim as one side writes it. */
const packOf = async (org: string, claim: string): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-pack-'));
  expect(await stored('claim', 'pack', claim, '--as', org, '--to', folder)).toContain('PAID, £552.20');
  return ['.html', '-lines.csv', '-steps.csv'].map((end) =>
    readFileSync(join(folder, `claim-essex-${claim}${end}`), 'utf8'),
  );
};

describe('the costs of units that are lent', () => {
  it('are estimated, recorded, claimed, asked about, agreed by a second post and paid, and told in a pack', async () => {
    const { request, offer } = await offered();
    await stored('offer', 'accept', request, offer, '--as', 'kent');
    await confirm(offer);
    const claim = (step: string, org: string, ...more: string[]): Promise<string> =>
      stored('claim', step, offer, '--as', org, ...more);
    await claim('estimate', 'essex', '--line', 'category=pay,amount=500');
    expect(await stored('board', '--as', 'essex')).toContain('claim record');
    await claim('record', 'essex', '--line', 'category=overtime,hours=12,amount=540.20,evidence=sheet 4');
    await claim('record', 'essex', '--line', 'category=travel,amount=21');
    expect(await run('claim', 'submit', offer, '--as', 'essex')).toMatchObject({ exit: 3 });
    await releasedAtHome(offer);
    await claim('submit', 'essex');
    await claim('query', 'kent', '--because', 'twelve pounds at most', '--line', 'travel', '--desk', 'clerk');
    const right = ['--answer', 'so it is', '--line', 'category=travel,amount=12'];
    await claim('answer', 'essex', ...right);
    await claim('check', 'kent', '--desk', 'clerk-2');
    for (const desk of ['clerk', 'clerk-2']) {
      const alone = await run('claim', 'agree', offer, '--as', 'kent', '--desk', desk);
      expect(alone.err).toContain('another post has to agree');
    }
    expect(await claim('agree', 'kent', '--desk', 'finance-lead')).toContain('£552.20');
    const paying = ['--ref', 'BACS 17', '--amount'];
    expect(await run('claim', 'pay', offer, '--as', 'kent', ...paying, '552')).toMatchObject({ exit: 3 });
    await claim('pay', 'kent', ...paying, '552.20');
    expect(await stored('claim', 'list', '--as', 'essex', '--status', 'paid')).toContain('£552.20');
    expect(await claim('show', 'kent')).toContain('sheet 4');
    const packs = await Promise.all(['kent', 'essex'].map((org) => packOf(org, offer)));
    expect(packs[0]).toEqual(packs[1]);
    expect(packs[0]?.[2]).toContain('twelve pounds at most');
  });

  it('are waived when both sides say so, and a month of claims is taken away', async () => {
    const { request, offer } = await offered();
    await stored('offer', 'accept', request, offer, '--as', 'kent');
    await confirm(offer);
    await stored('claim', 'estimate', offer, '--as', 'essex', '--line', 'category=pay,amount=500');
    const payback = ['--basis', 'payback', '--because', 'they lent us two in May'];
    expect(await stored('claim', 'waive', offer, '--as', 'kent', ...payback)).toContain('essex has to say');
    expect(await stored('claim', 'waive', offer, '--as', 'essex', ...payback)).toContain('Both sides');
    const folder = mkdtempSync(join(tmpdir(), 'muster-month-'));
    const month = new Date().toISOString().slice(0, 7);
    await stored('claim', 'export', '--as', 'kent', '--month', month, '--to', folder);
    const csv = readFileSync(join(folder, `claims-kent-${month}.csv`), 'utf8');
    expect(csv.split('\r\n').find((row) => row.includes(offer))).toContain('WAIVED');
    const early = ['--month', '2020-01', '--to', folder];
    expect(await stored('claim', 'export', '--as', 'kent', ...early)).toContain('0');
  });
});
