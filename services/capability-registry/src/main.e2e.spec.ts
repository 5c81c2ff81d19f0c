import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

let muster: Muster;

beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent'] });
});
afterAll(async () => {
  await muster?.[Symbol.asyncDispose]();
});

const start = (env: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const goodEnv = () => ({ NATS_URL: muster.url, MUSTER_KEYS_DIR: muster.keysDir });

/** Reads the log until a line carries this message. */
const logged = async (child: ChildProcess, message: string): Promise<Record<string, unknown>> => {
  if (!child.stdout) throw new Error('the log of the child is not read');
  for await (const line of createInterface({ input: child.stdout })) {
    const entry: Record<string, unknown> = JSON.parse(line);
    if (entry.msg === message) return entry;
  }
  throw new Error(`the log ended without "${message}"`);
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
  it('gets ready, says so over HTTP, and ends in order when told to', async () => {
    const child = start(goodEnv());
    const { healthPort } = await logged(child, 'reading the streams');
    await logged(child, 'answering');
    const ready = await fetch(`http://127.0.0.1:${healthPort}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ service: 'capability-registry', mode: 'actual', ready: true });
    expect((await fetch(`http://127.0.0.1:${healthPort}/other`)).status).toBe(404);
    const ended = endOf(child);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, text: '' });
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
