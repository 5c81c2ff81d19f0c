import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Ran, runHere } from './testing/cli.ts';
import { startWhole, type Whole } from './testing/mesh.ts';

/** Longest that one test of a whole conversation may take, in milliseconds. */
const TEST_MS = 60_000;
vi.setConfig({ testTimeout: TEST_MS });

let mesh: Whole;
const run = (...args: string[]): Promise<Ran> => runHere([...args, '--data', mesh.data]);

/** Runs a command that must succeed, and gives what it printed. */
const done = async (...args: string[]): Promise<string> => {
  const ran = await run(...args);
  if (ran.exit !== 0) throw new Error(`muster ${args.join(' ')} ended with ${ran.exit}: ${ran.err}`);
  return ran.out;
};

beforeAll(async () => {
  mesh = await startWhole(['kent', 'essex', 'durham', 'npocc']);
}, TEST_MS);
afterAll(async () => {
  await mesh?.[Symbol.asyncDispose]();
});

const WHY = join(mkdtempSync(join(tmpdir(), 'muster-why-')), 'why.yaml');
writeFileSync(
  WHY,
  'information: two sites down\nthreatAndRisk: no control room\npowersAndPolicy: s24\noptions: wait or ask\nactionAndReview: ask, look at six\n',
);
const LINE = 'code=CY.FCCU,quantity=2,from=+1h,to=+2d';
const TERMS = ['--threat', 'CYBER', '--reason', 'ransomware', '--contact-desk', 'control room'];
const CREATE = ['request', 'create', '--as', 'kent', '--line', LINE, ...TERMS, '--ask', 'durham'];
const idIn = (out: string): string => /^request id +(\S+)$/m.exec(out)?.[1] ?? '';

describe('a request that people approve, at the command line', () => {
  it('is drafted, submitted, approved by another desk, and goes out', async () => {
    const scope = ['--codes', 'CY', '--units', '10', '--from', 'now', '--to', '+1d', '--emergencies'];
    const grant = ['--post', 'duty-acc', '--role', 'approver', '--reason', 'yearly scheme'];
    await done('delegation', 'grant', '--as', 'kent', '--desk', 'register', ...grant, ...scope);
    await done(
      'delegation',
      'rules',
      '--as',
      'kent',
      '--desk',
      'register',
      '--requests',
      '1',
      '--offers',
      'never',
      '--reason',
      'scheme',
    );
    expect(await done('delegation', 'list', '--as', 'kent')).toContain('requests above 1 units');

    const needs = await run(...CREATE);
    expect(needs.err).toContain('person');
    const request = idIn(await done(...CREATE, '--draft'));
    expect(await done('request', 'list', '--as', 'npocc')).not.toContain(request);
    await done('request', 'submit', request, '--as', 'kent', '--approval', 'person');
    expect(await done('request', 'show', request, '--as', 'kent')).toContain(
      'an approver, before anyone is asked',
    );

    const approve = ['request', 'approve', request, '--as', 'kent', '--rationale', WHY];
    expect((await run(...approve)).err).toContain('another post');
    expect(await done(...approve, '--desk', 'duty-acc')).toContain('request.issued');
    expect(await done('request', 'show', request, '--as', 'durham')).toContain('waiting');
  });

  it('is approved by word of mouth, amended, asked further and taken up a tier', async () => {
    const oral = ['--approval', 'oral', '--approved-by', 'duty-acc', '--approved-because', 'going down now'];
    const request = idIn(await done(...CREATE, ...oral, '--tier', '1'));
    expect(await done('request', 'show', request, '--as', 'npocc')).toContain(
      'duty-acc to approve in writing by',
    );

    const amend = ['request', 'amend', request, '--as', 'kent', '--reason', 'mistyped'];
    await done(
      ...amend,
      '--line',
      'id=line-1,quantity=1',
      '--corrects',
      `kent.${request}.1/mistyped-quantity`,
    );
    await done(
      'request',
      'withdraw-ask',
      request,
      '--as',
      'kent',
      '--force',
      'durham',
      '--reason',
      'too far',
    );
    await done('request', 'ask', request, '--as', 'kent', '--ask', 'essex', '--answer-by', '+1h');
    const up = ['request', 'escalate', request, '--as', 'kent', '--desk', 'duty-acc'];
    expect(await done(...up, '--to', '3', '--reason', 'it spreads')).toContain('escalat');
    const shown = await done('request', 'show', request, '--as', 'kent');
    expect(shown).toMatch(/durham +line-1 +withdrawn/);
    expect(shown).toMatch(/essex +line-1 +waiting/);
  });

  it('says which element of the rationale is missing', async () => {
    const ran = await run('request', 'approve', 'nothing', '--as', 'kent', '--information', 'x');
    expect(ran.exit).not.toBe(0);
  });
});

it('the national centre sets by which weights candidates are ranked, and everybody may read them', async () => {
  const weigh = [
    'policy',
    'set',
    '--as',
    'npocc',
    '--desk',
    'npocc-duty',
    '--lateness',
    '2',
    '--reason',
    'disorder',
  ];
  expect(await done('policy', 'show', '--as', 'kent')).toContain('the committed default');
  expect((await run(...weigh)).err).toContain('holds no delegation');
  const post = ['--post', 'npocc-duty', '--role', 'national-centre', '--codes', '*', '--units', '1'];
  const span = ['--from', 'now', '--to', '+1d', '--reason', 'yearly scheme'];
  await done('delegation', 'grant', '--as', 'npocc', '--desk', 'register', ...post, ...span);
  expect(await done(...weigh)).toContain('policy.matching_set');
  const shown = await done('policy', 'show', '--as', 'durham');
  expect(shown).toMatch(/^Matching policy 2\.1, set by npocc-duty on .*: disorder$/m);
  expect(shown).toMatch(/^lateness +2 /m);
  expect(shown).toMatch(/^2: the committed default$/m);
  const missing = await run('policy', 'set', '--as', 'npocc', '--reason', 'none');
  expect(missing).toMatchObject({ exit: 2, err: expect.stringContaining('at least one weight') });
});

it('a centre sees which codes fall under their national floors, and a force does not', async () => {
  const forecast = ['forecast', '--code', 'CY.FCCU', '--hours', '48'];
  // Essex has advertised four officers, once its adapter has read its roster; the floor is the country's.
  await eventually(async () => /^CY\.FCCU +\d+ +4 /m.test(await done(...forecast, '--as', 'npocc')));
  const told = JSON.parse(await done(...forecast, '--as', 'npocc', '--json'));
  expect(told.rows).toMatchObject([
    { code: 'CY.FCCU', freeNow: 4, below: [{ from: told.from, to: told.to }] },
  ]);
  expect((await run(...forecast, '--as', 'kent')).err).toContain('it is for the centres');
});
