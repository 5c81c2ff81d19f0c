import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Ran, runHere } from './testing/cli.ts';
import { startWhole, type Whole } from './testing/mesh.ts';

/** Longest wait for what another process does, in milliseconds; a busy machine needs it. */
const DEADLINE_MS = 20_000;
/** Longest that one test of a whole conversation may take, in milliseconds. */
const TEST_MS = 60_000;
vi.setConfig({ testTimeout: TEST_MS });

let mesh: Whole;
const run = (...args: string[]): Promise<Ran> => runHere([...args, '--data', mesh.data]);

const stored = async (...args: string[]): Promise<string> => {
  const ran = await run(...args);
  expect(ran).toMatchObject({ exit: 0, err: '' });
  return ran.out;
};

beforeAll(async () => {
  mesh = await startWhole(['kent', 'essex', 'npocc']);
  await eventually(async () => (await run('capability', 'list', '--as', 'kent')).out.includes('cy-fccu-1'), {
    deadlineMs: DEADLINE_MS,
    what: 'Essex has advertised',
  });
}, TEST_MS);
afterAll(async () => {
  await mesh?.[Symbol.asyncDispose]();
});

type Deployments = { items: { deploymentId: string; to: string; status: string }[] };

const shown = async (id: string) => {
  const { items } = (await run('deployment', 'list', '--as', 'kent', '--json')).json() as Deployments;
  return items.find(({ deploymentId }) => deploymentId === id);
};

const LINE = 'code=CY.FCCU,quantity=1,from=+1h,to=+2d';
const TERMS = ['--threat', 'CYBER', '--reason', 'ransomware', '--contact-desk', 'control room'];

/** Essex offers one officer to kent. */
const offered = async (...more: string[]): Promise<{ request: string; offer: string }> => {
  const create = ['--as', 'kent', '--line', LINE, ...TERMS, '--ask', 'essex'];
  const request = /^request id +(\S+)$/m.exec(await stored('request', 'create', ...create))?.[1] ?? '';
  const flags = ['--line', 'line-1', '--capability', 'cy-fccu-1', '--quantity', '1', '--arrival', '+2h'];
  const made = await stored('offer', 'make', request, '--as', 'essex', ...flags, ...more);
  return { request, offer: /^offer id +(\S+)$/m.exec(made)?.[1] ?? '' };
};

/** Essex offers the units of a deployment to another request of kent. */
const tryOnward = async (deployment: string): Promise<Ran> => {
  const create = ['--as', 'kent', '--line', LINE, ...TERMS, '--ask', 'essex'];
  const request = /^request id +(\S+)$/m.exec(await stored('request', 'create', ...create))?.[1] ?? '';
  const flags = ['--line', 'line-1', '--capability', 'cy-fccu-1', '--quantity', '1', '--arrival', '+2h'];
  return run('offer', 'make', request, '--as', 'essex', ...flags, '--continues', deployment);
};

const confirm = async (offer: string): Promise<void> => {
  await eventually(async () => (await run('home', 'confirm', offer, '--as', 'essex')).exit === 0, {
    deadlineMs: DEADLINE_MS,
    what: 'the home ledger has seen the reservation',
  });
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
    expect(early.err).toContain('COMMITTED');
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
