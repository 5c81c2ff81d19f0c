import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCaller, listDead, replayDead, resetExercise } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDesks } from './desks/schema.ts';
import { type Alerter, startAlerter } from './service.ts';
import { type Lending, openLending } from './testing/lending.ts';
import { type HookSink, type MailSink, startHookSink, startMailSink } from './testing/sinks.ts';

const MODE = 'exercise';
const SECRET = 'a key of this test alone';
const BASE = 'http://127.0.0.1:8080';
/** Seconds after which the next name is called. */
const ESCALATE_S = 1;
const FORCES = ['kent', 'essex', 'surrey', 'sussex'];

const dir = mkdtempSync(join(tmpdir(), 'muster-alerts-'));
const desksFile = join(dir, 'desks.yaml');
let muster: Muster;
let lending: Lending;
let mail: MailSink;
let pager: HookSink;
let alerter: Alerter;

/** Essex is called by mail and then by pager, the pager of surrey fails, and sussex has quiet hours all day. */
const writeDesks = (): void => {
  const secretFile = join(dir, 'pager.key');
  writeFileSync(secretFile, SECRET);
  const list = (names: object[], over: object = {}) => ({
    '*': { names, escalateAfterMinutes: ESCALATE_S / 60, ...over },
  });
  const desks = {
    smtp: { host: '127.0.0.1', port: mail.port, from: 'muster@hub.example' },
    webhooks: {
      pager: { url: `${pager.url}/pager`, secretFile },
      broken: { url: `${pager.url}/broken`, secretFile },
    },
    desks: {
      essex: list([
        { post: 'duty-chief', email: 'duty-chief@essex.example' },
        { post: 'gold', webhook: { name: 'pager', to: 'essex-gold' } },
      ]),
      surrey: list([{ post: 'duty-chief', webhook: { name: 'broken' } }]),
      sussex: list([{ post: 'duty-chief', email: 'duty-chief@sussex.example' }], {
        quiet: { hours: [{ from: '00:00', to: '00:00' }], unlessDueWithinMinutes: 0 },
      }),
    },
  };
  // JSON is YAML.
  writeFileSync(desksFile, JSON.stringify(desks));
};

const start = async (): Promise<Alerter> => {
  const started = startAlerter({
    ...{
      mesh: await muster.connect('hub-alerter'),
      mode: MODE,
      desks: readDesks(desksFile),
      publicUrl: BASE,
    },
    ...{ lookEveryMs: 50, againAfterMs: 20, triesMax: 3 },
  });
  await started.ready;
  return started;
};

beforeAll(async () => {
  [mail, pager, muster] = await Promise.all([
    startMailSink(),
    startHookSink(),
    startMuster({ orgs: [...FORCES, 'npocc'], modes: [MODE] }),
  ]);
  writeDesks();
  lending = await openLending(await muster.connect('hub-broker'));
  alerter = await start();
});
afterAll(async () => {
  await alerter?.stop();
  await lending?.[Symbol.asyncDispose]();
  await muster?.[Symbol.asyncDispose]();
  await mail?.[Symbol.asyncDispose]();
  await pager?.[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true });
});

const mailsOf = (id: string): string[] =>
  mail.got.filter(({ text }) => text.includes(`Request ${id} of kent`)).map(({ text }) => text);
const callsOf = (id: string, path = '/pager') =>
  pager.got.filter((hook) => hook.path === path && JSON.parse(hook.body).requestId === id);
/** How long a process of its own may take to start on a busy machine, in milliseconds. */
const START_MS = 60_000;
const mailOf = async (id: string): Promise<string> => {
  const [first] = await eventually(() => (mailsOf(id).length > 0 ? mailsOf(id) : undefined), {
    deadlineMs: START_MS,
    what: `a mail about ${id}`,
  });
  return first ?? '';
};
const callOf = async (id: string) => {
  const [first] = await eventually(() => (callsOf(id).length > 0 ? callsOf(id) : undefined), {
    what: `a call about ${id}`,
  });
  return first;
};
const alertIn = (text: string): string => /alerts\/exercise\/([a-z0-9]+)/.exec(text)?.[1] ?? '';
const actor = { role: 'donor-desk', id: 'resources' } as const;

describe('out of hours', () => {
  it('a desk is told by mail, without a word that a person wrote, and then the next name by a signed call', async () => {
    await lending.ask('r-1', ['essex']);
    const told = await mailOf('r-1');
    expect(told).toMatch(/^To: duty-chief@essex\.example\r?$/m);
    expect(told).toMatch(/^Subject: EXERCISE: Muster: essex has to answer by /m);
    expect(told).not.toContain('ransomware');
    const call = await callOf('r-1');
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      ...{ type: 'muster.alert', exercise: true, org: 'essex', post: 'gold', to: 'essex-gold' },
      ...{ kind: 'answer', step: 1, link: `${BASE}/alerts/exercise/${alertIn(told)}?as=essex` },
    });
    const signed = `${call?.headers['webhook-id']}.${call?.headers['webhook-timestamp']}.${call?.body}`;
    expect(call?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`,
    );
    const national = createCaller(await muster.connect('npocc.exercise'));
    const listed = await eventually(async () => {
      const answer = await national.ask(MODE, 'npocc', 'alerts', { alertId: alertIn(told) });
      const [alert] = answer.kind === 'answer' ? answer.answer.alerts : [];
      return alert?.unansweredAt === undefined ? undefined : alert;
    });
    expect(listed).toMatchObject({
      called: [{ post: 'duty-chief' }, { post: 'gold' }],
      sent: [
        { step: 0, channel: 'email' },
        { step: 1, channel: 'webhook' },
      ],
    });
    expect([mailsOf('r-1').length, callsOf('r-1').length]).toEqual([1, 1]);
  });

  it('an acknowledgement stops it, by the organisation that is called and by no other', async () => {
    await lending.ask('r-2', ['essex']);
    const alertId = alertIn(await mailOf('r-2'));
    const essex = createCaller(await muster.connect('essex.exercise'));
    const kent = createCaller(await muster.connect('kent.exercise'));
    expect(await kent.alert(MODE, 'kent', 'alert-acknowledge', { alertId, actor })).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'not-found' },
    });
    const acknowledge = () =>
      essex.alert(MODE, 'essex', 'alert-acknowledge', { alertId, actor, note: 'on it' });
    const done = { kind: 'done', alert: { acknowledged: { by: 'resources', note: 'on it' } } };
    expect(await acknowledge()).toMatchObject(done);
    expect(await acknowledge()).toMatchObject(done);
    // One that is asked for later is escalated; by then this one would have been too.
    await lending.ask('r-3', ['essex']);
    await callOf('r-3');
    expect(callsOf('r-2')).toEqual([]);
  });

  it('what no longer waits is told to nobody further', async () => {
    await lending.ask('r-4', ['essex']);
    await mailOf('r-4');
    await lending.decline('r-4', 'essex');
    await lending.ask('r-5', ['essex']);
    await callOf('r-5');
    expect(callsOf('r-4')).toEqual([]);
  });

  it('what cannot be delivered is tried again, then kept, and delivered once a person has mended it', async () => {
    pager.status = 500;
    await lending.ask('r-6', ['surrey']);
    const letter = await eventually(
      async () => (await listDead(muster.admin, { service: 'alerter', reason: 'gave-up' }))[0],
    );
    expect(callsOf('r-6', '/broken')).toHaveLength(3);
    expect(new Set(callsOf('r-6', '/broken').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(letter.because).toContain('answered 500');
    pager.status = 200;
    const by = 'hub/force-ict/desk';
    expect(await replayDead(muster.admin, letter.seq, { by })).toMatchObject({ kind: 'replayed' });
    expect(callsOf('r-6', '/broken')).toHaveLength(4);
  });

  it('in quiet hours nobody is woken for what neither is late nor presses', async () => {
    await lending.ask('r-7', ['sussex']);
    await eventually(() => Number(alerter.health().alertsHeld) > 0);
    expect(mail.got.filter(({ to }) => to.includes('duty-chief@sussex.example'))).toEqual([]);
  });

  it('of several at once, one tells each post, and each is told once', async () => {
    const others = await Promise.all([start(), start()]);
    const ids = ['r-10', 'r-11', 'r-12', 'r-13'];
    try {
      for (const id of ids) await lending.ask(id, ['essex']);
      for (const id of ids) await callOf(id);
      // All of them have looked at the last one since.
      await lending.ask('r-14', ['essex']);
      await callOf('r-14');
    } finally {
      await Promise.all(others.map((other) => other.stop()));
    }
    expect(ids.map((id) => [mailsOf(id).length, callsOf(id).length])).toEqual(ids.map(() => [1, 1]));
  });

  it('after a reset of the exercise nothing of before is told, and the same is told anew', async () => {
    await lending.ask('r-15', ['essex']);
    await mailOf('r-15');
    await lending[Symbol.asyncDispose]();
    await resetExercise(muster.admin, { forces: FORCES });
    lending = await openLending(await muster.connect('hub-broker'));
    await lending.ask('r-1', ['essex']);
    await eventually(() => mailsOf('r-1').length === 2, { what: 'a mail about the new r-1' });
    await eventually(() => callsOf('r-1').length === 2, { what: 'a call about the new r-1' });
    expect(callsOf('r-15')).toEqual([]);
    const essex = createCaller(await muster.connect('essex.exercise'));
    const answer = await essex.ask(MODE, 'essex', 'alerts', { includeEnded: true });
    const all = answer.kind === 'answer' ? answer.answer.alerts : [];
    expect(all.map(({ requestId }) => requestId)).toEqual(['r-1']);
  });

  it('a process that is killed goes on where it was, and tells nobody twice', {
    timeout: 2 * START_MS,
  }, async () => {
    await alerter.stop();
    const run = () =>
      spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
        stdio: 'ignore',
        env: {
          ...process.env,
          ...{ NATS_URL: muster.url, MUSTER_KEYS_DIR: muster.keysDir, MUSTER_MODE: MODE },
          ...{ MUSTER_DESKS_FILE: desksFile, MUSTER_PUBLIC_URL: BASE, MUSTER_LOOK_EVERY_MS: '50' },
        },
      });
    const first = run();
    try {
      await lending.ask('r-8', ['essex']);
      await mailOf('r-8');
    } finally {
      first.kill('SIGKILL');
      await once(first, 'exit');
    }
    alerter = await start();
    await callOf('r-8');
    await lending.ask('r-9', ['essex']);
    await callOf('r-9');
    expect(['r-8', 'r-9'].map((id) => [mailsOf(id).length, callsOf(id).length])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});
