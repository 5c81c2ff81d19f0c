import type { Mode } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { type Ran, runHere } from './cli.ts';
import { startWhole, type Whole } from './mesh.ts';

/** Longest wait for what another process does, in milliseconds; a busy machine needs it. */
export const DEADLINE_MS = 20_000;
/** Longest that one test of a whole conversation may take, in milliseconds. */
const TEST_MS = 60_000;

/** Terms that every request of a conversation is asked under. */
export const TERMS = ['--threat', 'CYBER', '--reason', 'ransomware', '--contact-desk', 'control room'];

/** A line for cyber officers. Times are the command line's: `-30m`, `+2d`. */
export const lineOf = (change: { quantity?: number; from?: string; to?: string } = {}): string =>
  `code=CY.FCCU,quantity=${change.quantity ?? 1},from=${change.from ?? '+1h'},to=${change.to ?? '+2d'}`;

/** The id that a command says it gave, such as `request id` or `offer id`; empty where it said none. */
export const idIn = (out: string, what: string): string =>
  new RegExp(`^${what} id +(\\S+)$`, 'm').exec(out)?.[1] ?? '';

const requestFlags = (line: string): string[] => ['--as', 'kent', '--line', line, ...TERMS];

/** What people of a mesh say to it at the command line, for the tests of one file. */
export type Conversation = {
  /** The mesh; there from the first test on. */
  mesh(): Whole;
  run(...args: string[]): Promise<Ran>;
  /** Runs a command that must succeed without a word of complaint, and gives what it printed. */
  stored(...args: string[]): Promise<string>;
  /** Kent asks `asks` for one line of one officer, or for what `more` says besides. Gives the request's id. */
  asked(more?: readonly string[], asks?: string, line?: string): Promise<string>;
  /** Essex offers one officer to a request. Gives the offer's id. */
  offered(request: string, ...more: string[]): Promise<string>;
  /** Essex confirms a reservation at home, once its ledger has seen it. */
  confirmed(offer: string): Promise<void>;
};

/** Flags of an offer of one officer of Essex to the first line. */
export const OFFER = ['--line', 'line-1', '--capability', 'cy-fccu-1', '--quantity', '1', '--arrival', '+2h'];

/** Starts a mesh for the tests of this file, waits until Essex has advertised, and ends it after the last test. */
export const converse = (orgs: readonly string[], mode: Mode = 'actual'): Conversation => {
  vi.setConfig({ testTimeout: TEST_MS });
  let whole: Whole | undefined;
  const mesh = (): Whole => {
    if (!whole) throw new Error('the mesh of this file is not up yet');
    return whole;
  };
  const modeFlags = mode === 'actual' ? [] : ['--mode', mode];
  const run = (...args: string[]): Promise<Ran> => runHere([...args, '--data', mesh().data, ...modeFlags]);
  const stored = async (...args: string[]): Promise<string> => {
    const ran = await run(...args);
    expect(ran).toMatchObject({ exit: 0, err: '' });
    return ran.out;
  };
  beforeAll(async () => {
    whole = await startWhole(orgs, mode);
    await eventually(
      async () => (await run('capability', 'list', '--as', 'kent')).out.includes('cy-fccu-1'),
      {
        deadlineMs: DEADLINE_MS,
        what: 'Essex has advertised',
      },
    );
  }, TEST_MS);
  afterAll(async () => {
    await whole?.[Symbol.asyncDispose]();
  });
  return {
    mesh,
    run,
    stored,
    asked: async (more = [], asks = 'essex', line = lineOf()) =>
      idIn(await stored('request', 'create', ...requestFlags(line), '--ask', asks, ...more), 'request'),
    offered: async (request, ...more) =>
      idIn(await stored('offer', 'make', request, '--as', 'essex', ...OFFER, ...more), 'offer'),
    confirmed: async (offer) => {
      await eventually(async () => (await run('home', 'confirm', offer, '--as', 'essex')).exit === 0, {
        deadlineMs: DEADLINE_MS,
        what: 'the home ledger has seen the reservation',
      });
    },
  };
};
