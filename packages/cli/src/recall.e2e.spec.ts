import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import { converse, DEADLINE_MS } from './testing/conversation.ts';

const { run, stored, asked, offered, confirmed } = converse(['kent', 'essex', 'npocc']);

type Deployments = { items: { deploymentId: string; requestId: string; status: string }[] };

const listed = async (requestId: string) => {
  const { items } = (await run('deployment', 'list', '--as', 'kent', '--json')).json() as Deployments;
  return items.find((each) => each.requestId === requestId);
};

/** Essex lends one officer to kent. */
const lend = async (): Promise<{ request: string; deployment: string }> => {
  const request = await asked();
  const deployment = await offered(request);
  await stored('offer', 'accept', request, deployment, '--as', 'kent');
  await confirmed(deployment);
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
