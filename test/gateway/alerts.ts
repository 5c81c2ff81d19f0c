import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Alert } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import { expect, it } from 'vitest';
import { startAlerter } from './alerter.ts';
import { newKey, openBrowser, signInAt } from './browser.ts';
import { help, MODE, type Stack } from './stack.ts';

const CLI = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
/** Longest wait for the alerter and what it calls about, in milliseconds. */
const CALLED_MS = 30_000;

type Ran = { code: number; stdout: string; stderr: string };

/** Runs `muster` as somebody at a terminal would. */
const musterOf =
  ({ world }: Stack) =>
  async (...args: string[]): Promise<Ran> => {
    const env = { ...process.env, NATS_URL: world.url, MUSTER_KEYS_DIR: world.keysDir, MUSTER_MODE: MODE };
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, [CLI, ...args], { env })) };
    } catch (error) {
      return error as Ran;
    }
  };

/** What essex is called about for a request of kent. */
const calledAbout = async (stack: Stack, requestId: string): Promise<Alert> => {
  const essex = await stack.as('essex-donor-desk');
  return eventually(
    async () => {
      const { alerts } = (await (await essex.get(`/v1/${MODE}/alerts`)).json()) as { alerts?: Alert[] };
      return alerts?.find((alert) => alert.requestId === requestId && alert.sent.length > 0);
    },
    { deadlineMs: CALLED_MS, what: 'essex is called' },
  );
};

const askEssex = async (stack: Stack): Promise<string> => {
  const id = newKey('called');
  const answer = await (await stack.as('kent-requester')).command('request-create', help(), id);
  expect(answer.status).toBe(200);
  return id;
};

/** Alerts of the real alerter by every way that leads to them: link, API, command line. */
export const alertSpecs = (stack: () => Stack): void => {
  it('a link leads through the sign-in to a page whose button acknowledges, and a visit alone changes nothing', async () => {
    const { base } = stack();
    const away = await (await stack().as('essex-donor-desk')).get(`/v1/${MODE}/alerts`);
    expect([away.status, ((await away.json()) as { code: string }).code]).toEqual([503, 'unavailable']);
    await startAlerter(stack());
    const { alertId } = await calledAbout(stack(), await askEssex(stack()));
    const link = `/alerts/${MODE}/${alertId}?as=essex`;
    const { response, url } = await signInAt(openBrowser(), base, 'essex-donor-desk', link);
    expect([response.status, url]).toEqual([200, `${base}${link}`]);
    const page = await response.text();
    expect(page).toContain('EXERCISE EXERCISE EXERCISE');
    expect(page).toContain('Called: duty-chief at');
    expect(page).not.toContain('ransomware');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    const action = /data-action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const script = await fetch(`${base}/alerts/acknowledge.js`);
    expect([script.status, await script.text()]).toEqual([200, expect.stringContaining('dataset.action')]);

    const essex = await stack().as('essex-donor-desk');
    expect(await (await essex.get(link)).text()).toContain('id="acknowledge"');
    const kent = await stack().as('kent-requester');
    expect((await kent.get(`/alerts/${MODE}/${alertId}`)).status).toBe(404);
    expect((await kent.post(`/v1/${MODE}/alerts/${alertId}/acknowledge`, {})).status).toBe(404);
    const centre = await stack().as('npocc-national-centre');
    expect((await centre.get(`/alerts/${MODE}/${alertId}`)).status).toBe(200);
    expect((await centre.post(`/v1/${MODE}/alerts/${alertId}/acknowledge`, {})).status).toBe(404);
    const ict = await stack().as('essex-force-ict');
    expect((await ict.post(action, {})).status).toBe(403);
    expect((await essex.post(action, {}, { 'x-muster-csrf': 'no' })).status).toBe(403);
    expect((await essex.post(action, { note: '' })).status).toBe(422);
    const done = (await (await essex.post(action, { note: 'on it' })).json()) as Alert;
    expect(done.acknowledged).toMatchObject({ note: 'on it' });
    // Sent again it changes nothing.
    expect(await (await essex.post(action, { note: 'me too' })).json()).toEqual(done);
    const after = await (await essex.get(link)).text();
    expect(after).toContain(`${done.acknowledged?.by} acknowledged it at`);
    expect(after).not.toContain('id="acknowledge"');
  });

  it('the command line lists them and acknowledges, for the organisation that is called alone', async () => {
    const muster = musterOf(stack());
    const { alertId, requestId } = await calledAbout(stack(), await askEssex(stack()));
    const listed = await muster('alert', 'list', '--as', 'essex');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toMatch(
      new RegExp(
        `^EXERCISE .*${alertId}.*essex.*answer.*request ${requestId}.*duty-chief \\(email\\).*open`,
        'm',
      ),
    );
    const others = await muster('alert', 'list', '--as', 'kent', '--json');
    expect(JSON.parse(others.stdout)).toMatchObject({ alerts: [], leftOut: 0 });
    const acknowledge = ['alert', 'acknowledge', alertId];
    expect(await muster(...acknowledge, '--as', 'kent')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('no alert'),
    });
    const done = await muster(...acknowledge, '--as', 'essex', '--desk', 'duty-chief', '--note', 'on it');
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toContain('acknowledged by duty-chief');
    expect((await muster('alert', 'list', '--as', 'essex')).stdout).not.toContain(alertId);
    const all = await muster('alert', 'list', '--as', 'essex', '--all', '--limit', '1', '--json');
    expect(JSON.parse(all.stdout)).toMatchObject({ alerts: [{ alertId, acknowledged: { note: 'on it' } }] });
  });
};
