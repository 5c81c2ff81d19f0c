import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import { converse, DEADLINE_MS, idIn, lineOf, TERMS } from './testing/conversation.ts';

const { run, asked, confirmed } = converse(['kent', 'essex', 'npocc']);

const LINE = lineOf({ from: '-30m' });
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
    const request = idIn(ran.out, 'request');
    await confirmed(`${request}-1`);
    await committed(request);
  });

  it('are lent by direction of the national centre, to a request that stands', async () => {
    const request = await asked([], 'durham');
    const direction = ['--units', 'essex/cy-fccu-1', '--quantity', '1', '--signed-by', 'npocc-gold'];
    const why = ['--scope', 'one team', '--reason', 'nobody offered'];
    const instrument = ['--instrument', 'PA96-S24-2'];
    const ran = await run('direct', request, '--as', 'npocc', ...direction, ...instrument, ...why);
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(ran.out).toContain('direction.recorded');
    await committed(request);
  });

  it('are planned for all that is short, kept in a file, and approved row by row', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'muster-plan-')), 'plan.json');
    const request = await asked([], 'durham', lineOf({ from: '+3d', to: '+4d' }));
    const planned = ['plan', '--request', request, '--time-limit', '15'];
    const without = await run(...planned, '--as', 'kent', '--without', 'essex');
    expect(without.out).toContain('The plan assigns nothing.');
    expect(without.out).toContain('the plan is without essex');
    const shown = await run(...planned, '--as', 'npocc', '--save', file);
    expect(shown).toMatchObject({ exit: 0, err: '' });
    expect(shown.out).toContain('1 of 1 unit for 1 line, from 1 force');
    expect(shown.out).toContain('Proven: no plan is better');
    expect(shown.out).toMatch(/essex .* \d+ min by the straight line {2}in time/);
    const none = await run('plan', 'approve', file, '--as', 'npocc', '--skip', 'essex');
    expect(none).toMatchObject({ exit: 2 });
    const other = await run('plan', 'approve', file, '--as', 'npocc', '--mode', 'exercise');
    expect(other.err).toContain('is a plan of mode actual');
    const approved = await run('plan', 'approve', file, '--as', 'npocc', '--only', '1');
    expect(approved).toMatchObject({ exit: 0, err: '' });
    expect(approved.out).toContain('Approved 1 of 1 rows: 1 unit reserved');
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
