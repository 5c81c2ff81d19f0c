import { mkdtempSync } from 'node:fs';
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

const LINE = 'code=CY.FCCU,quantity=1,from=-30m,to=+2d';
const TERMS = ['--threat', 'CYBER', '--reason', 'ransomware', '--contact-desk', 'control room'];
const AGREED = [
  '--units',
  'essex/cy-fccu-1',
  '--quantity',
  '1',
  '--at',
  '-40m',
  '--with',
  'essex-duty-super',
];

type Deployments = { items: { requestId: string }[] };

const committed = (request: string): Promise<unknown> =>
  eventually(
    async () => {
      const { items } = (await run('deployment', 'list', '--as', 'kent', '--json')).json() as Deployments;
      return items.some(({ requestId }) => requestId === request);
    },
    { deadlineMs: DEADLINE_MS, what: 'the home force has confirmed' },
  );

const idIn = (ran: Ran): string => /^request id +(\S+)$/m.exec(ran.out)?.[1] ?? '';

describe('units that nobody offered on the mesh', () => {
  it('were agreed by telephone, and are written down by one line', async () => {
    const ran = await run(
      'agreed',
      '--as',
      'kent',
      ...AGREED,
      '--why',
      'network down',
      '--line',
      LINE,
      ...TERMS,
    );
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(ran.out).toContain('essex confirms it in its own ledger');
    const booking = `${idIn(ran)}-1`;
    await eventually(async () => (await run('home', 'confirm', booking, '--as', 'essex')).exit === 0, {
      deadlineMs: DEADLINE_MS,
      what: 'the home ledger has seen the agreement',
    });
    await committed(idIn(ran));
  });

  it('are lent by direction of the national centre, to a request that stands', async () => {
    const line = LINE.replace('-30m', '+1h');
    const ask = ['request', 'create', '--as', 'kent', '--line', line, ...TERMS, '--ask', 'durham'];
    const created = await run(...ask);
    const direction = ['--units', 'essex/cy-fccu-1', '--quantity', '1', '--signed-by', 'npocc-gold'];
    const why = ['--scope', 'one team', '--reason', 'nobody offered'];
    const instrument = ['--instrument', 'PA96-S24-2'];
    const request = idIn(created);
    const ran = await run('direct', request, '--as', 'npocc', ...direction, ...instrument, ...why);
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(ran.out).toContain('direction.recorded');
    await committed(request);
  });

  it('are planned for all that is short, kept in a file, and approved row by row', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'muster-plan-')), 'plan.json');
    const line = LINE.replace('-30m', '+3d').replace('+2d', '+4d');
    const request = idIn(
      await run('request', 'create', '--as', 'kent', '--line', line, ...TERMS, '--ask', 'durham'),
    );
    const planned = ['plan', '--request', request, '--time-limit', '15'];
    const without = await run(...planned, '--as', 'kent', '--without', 'essex');
    expect(without.out).toContain('The plan assigns nothing.');
    expect(without.out).toContain('the plan is without essex');
    const shown = await run(...planned, '--as', 'npocc', '--save', file);
    expect(shown).toMatchObject({ exit: 0, err: '' });
    expect(shown.out).toContain('1 of 1 units for 1 lines, from 1 forces');
    expect(shown.out).toContain('Proven: no plan is better');
    expect(shown.out).toMatch(/essex .* \d+ min by the straight line {2}in time/);
    const none = await run('plan', 'approve', file, '--as', 'npocc', '--skip', 'essex');
    expect(none).toMatchObject({ exit: 2 });
    const other = await run('plan', 'approve', file, '--as', 'npocc', '--mode', 'exercise');
    expect(other.err).toContain('is a plan of mode actual');
    const approved = await run('plan', 'approve', file, '--as', 'npocc', '--only', '1');
    expect(approved).toMatchObject({ exit: 0, err: '' });
    expect(approved.out).toContain('Approved 1 of 1 rows: 1 units are reserved');
    const again = await run('plan', 'approve', file, '--as', 'npocc');
    expect(again.exit).toBe(3);
    expect(again.err).toContain('row 1 (1 of essex/cy-fccu-1 for kent/');
    expect(again.err).toContain('line-full');
  });

  it('says what cannot be understood, and where', async () => {
    const ran = await run(
      'agreed',
      '--as',
      'kent',
      ...AGREED,
      '--why',
      'x',
      '--line',
      'code=NOPE,quantity=1',
      ...TERMS,
    );
    expect(ran.exit).toBe(2);
    expect(ran.err).toContain('lines[0].code');
  });
});
