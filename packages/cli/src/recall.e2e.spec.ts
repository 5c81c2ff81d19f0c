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

type Deployments = { items: { deploymentId: string; requestId: string; status: string }[] };

const listed = async (requestId: string) => {
  const { items } = (await run('deployment', 'list', '--as', 'kent', '--json')).json() as Deployments;
  return items.find((each) => each.requestId === requestId);
};

const LINE = 'code=CY.FCCU,quantity=1,from=+1h,to=+2d';
const TERMS = ['--threat', 'CYBER', '--reason', 'ransomware', '--contact-desk', 'control room'];

/** Essex lends one officer to kent. */
const lend = async (): Promise<{ request: string; deployment: string }> => {
  const created = await stored(
    'request',
    'create',
    '--as',
    'kent',
    '--line',
    LINE,
    ...TERMS,
    '--ask',
    'essex',
  );
  const request = /^request id +(\S+)$/m.exec(created)?.[1] ?? '';
  const flags = ['--line', 'line-1', '--capability', 'cy-fccu-1', '--quantity', '1', '--arrival', '+2h'];
  const made = await stored('offer', 'make', request, '--as', 'essex', ...flags);
  const deployment = /^offer id +(\S+)$/m.exec(made)?.[1] ?? '';
  await stored('offer', 'accept', request, deployment, '--as', 'kent');
  await eventually(async () => (await run('home', 'confirm', deployment, '--as', 'essex')).exit === 0, {
    deadlineMs: DEADLINE_MS,
    what: 'the home ledger has seen the reservation',
  });
  await eventually(() => listed(request), { deadlineMs: DEADLINE_MS, what: 'the deployment is opened' });
  return { request, deployment };
};

describe('units that are lent', () => {
  it('pass under the control of the host, are recalled, kept, and let go', async () => {
    const { request, deployment } = await lend();
    await stored('deployment', 'status', deployment, 'mobilising', '--as', 'essex');
    expect(await stored('deployment', 'control', deployment, '--to', 'host', '--as', 'essex')).toContain(
      'kent confirms',
    );
    await stored('deployment', 'control', deployment, '--confirm', '--as', 'kent');
    await stored('deployment', 'ask-status', deployment, '--as', 'npocc');
    const why = ['--because', 'floods in two towns'];
    const recall = ['--by', '+4h', '--reason', 'emergency-at-home', ...why];
    const recalled = await stored('deployment', 'recall', deployment, '--as', 'essex', ...recall);
    expect(recalled).toContain('it goes to the national centre');
    await stored('deployment', 'answer-recall', deployment, 'keep', '--as', 'kent', ...why);
    const settled = await run('deployment', 'settle-recall', deployment, 'stay', '--as', 'npocc', ...why);
    expect(settled.exit).toBe(2);
    expect(settled.err).toContain('consentedBy');
    await stored('deployment', 'withdraw-recall', deployment, '--as', 'essex', ...why);
    expect(await listed(request)).toMatchObject({ status: 'MOBILISING' });
    await stored('deployment', 'recall', deployment, '--as', 'essex', ...recall);
    await stored('deployment', 'answer-recall', deployment, 'release', '--as', 'kent', ...why);
    expect((await run('request', 'show', request, '--as', 'kent')).out).toMatch(/^line-1 .* 0 +1 /m);
  });

  it('are forfeited and called off, and the desks that look after them hand over', async () => {
    const { request, deployment } = await lend();
    await stored('desk', 'take', request, '--to', 'night-desk', '--note', 'quiet', '--as', 'kent');
    await stored('desk', 'take', deployment, '--to', 'bronze', '--note', 'quiet', '--as', 'kent');
    expect(await stored('desk', 'show', deployment, '--as', 'essex')).toMatch(
      /desk of the donor +resource-desk/,
    );
    const handed = await stored('handover', '--as', 'kent', '--of', 'bronze', '--since', '-1h');
    expect(handed).toMatch(/^bronze +deployment \S+ +host +COMMITTED/m);
    expect(handed).toContain('deployment.desk_taken');
    expect(handed).not.toContain('night-desk');
    const why = ['--because', 'not wanted any more'];
    await stored('deployment', 'abort', deployment, '--reason', 'not-needed', ...why, '--as', 'kent');
    const other = await lend();
    const forfeit = ['--reason', 'equipment-failure', '--because', 'van', '--replacement'];
    const given = await stored('deployment', 'forfeit', other.deployment, ...forfeit, '--as', 'essex');
    expect(given).toContain('kent sees its line open again');
    expect(await listed(request)).toMatchObject({ status: 'CLOSED' });
  });
});
