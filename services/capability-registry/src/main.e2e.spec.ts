import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createAppender, createCaller } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually } from '@muster/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { advert } from './testing/samples.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

let muster: Muster;

beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent'] });
});
/** Children of the tests; none outlives them, also when a test fails half-way. */
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await muster?.[Symbol.asyncDispose]();
});

const start = (env: Record<string, string>): ChildProcess => {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
};

const goodEnv = () => ({ NATS_URL: muster.url, MUSTER_KEYS_DIR: muster.keysDir });

/** Longest wait for what the process does, in milliseconds; a busy machine needs it. */
const DEADLINE_MS = 20_000;

/** Queries on the way when the registry is told to end. */
const ASKED = 200;

const DAY_MS = 86_400_000;

const writerOf = (commandId: string) =>
  ({
    org: 'kent',
    commandId,
    source: '/muster/test',
    actor: 'kent/adapter/test',
    time: new Date().toISOString(),
    classification: 'OFFICIAL',
  }) as const;

/** The log so far: what is asked for twice is not lost between. */
const logOf = (child: ChildProcess) => {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const entries = (): Record<string, unknown>[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return (message: string) =>
    eventually(() => entries().find((entry) => entry.msg === message), {
      deadlineMs: DEADLINE_MS,
      what: `"${message}" in the log`,
    });
};

const endOf = async (child: ChildProcess): Promise<{ code: unknown; text: string }> => {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = await once(child, 'exit');
  return { code, text };
};

describe('the registry as a process', () => {
  it('gets ready, says so over HTTP, and answers what it was asked before it ends when told to', async () => {
    const child = start(goodEnv());
    const logged = logOf(child);
    const { healthPort } = await logged('reading the streams');
    await logged('answering');
    const ready = await fetch(`http://127.0.0.1:${healthPort}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ service: 'capability-registry', mode: 'actual', ready: true });
    expect((await fetch(`http://127.0.0.1:${healthPort}/other`)).status).toBe(404);
    const caller = createCaller(await muster.connect('kent.actual'));
    const ended = endOf(child);
    const asked = Array.from({ length: ASKED }, () => caller.ask('actual', 'kent', 'capability-search', {}));
    await Promise.race(asked);
    child.kill('SIGTERM');
    expect((await Promise.all(asked)).filter(({ kind }) => kind !== 'answer')).toEqual([]);
    expect(await ended).toEqual({ code: 0, text: '' });
    expect(await caller.ask('actual', 'kent', 'capability-search', {})).toMatchObject({ kind: 'no-service' });
  });

  it('knows all of it again after kill -9, and what came meanwhile', async () => {
    const kent = await muster.connect('kent.actual');
    const appender = createAppender(kent);
    const caller = createCaller(kent);
    const advertise = async (capabilityId: string): Promise<void> => {
      const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
      const data = advert({ capabilityId, expiresAt });
      const event = { type: 'muster.capability.advertised.v1', data } as const;
      expect(await appender.publishState('actual', event, writerOf(capabilityId), 3_600)).toMatchObject({
        kind: 'stored',
      });
    };
    const known = () =>
      eventually(
        async () => {
          const outcome = await caller.ask('actual', 'kent', 'capability-search', { code: 'CY.FCCU' });
          return outcome.kind === 'answer'
            ? outcome.answer.items.map(({ capabilityId, quantity }) => `${capabilityId} ${quantity}`)
            : undefined;
        },
        { deadlineMs: DEADLINE_MS, what: 'the registry answers' },
      );
    const first = start(goodEnv());
    await logOf(first)('answering');
    await advertise('before');
    await eventually(async () => (await known()).length === 1, { what: 'the advert is known' });
    const ended = once(first, 'exit');
    first.kill('SIGKILL');
    await ended;
    await advertise('meanwhile');
    await logOf(start(goodEnv()))('answering');
    expect(await known()).toEqual(['before 4', 'meanwhile 4']);
  });

  it.each([
    ['nothing at all', () => ({}), 'NATS_URL: is not set; MUSTER_KEYS_DIR: is not set'],
    ['a mode that there is not', () => ({ ...goodEnv(), MUSTER_MODE: 'play' }), 'MUSTER_MODE'],
    ['a folder without its key', () => ({ ...goodEnv(), MUSTER_KEYS_DIR: '/nowhere' }), 'hub-registry.nk'],
    ['a broker that is not there', () => ({ ...goodEnv(), NATS_URL: 'nats://127.0.0.1:1' }), 'unreachable'],
  ])('that is given %s says what is wrong and ends', async (_, env, said) => {
    const ended = await endOf(start(env()));
    expect(ended.code).toBe(1);
    expect(ended.text).toContain(said);
    expect(ended.text).not.toContain('    at ');
  });
});
