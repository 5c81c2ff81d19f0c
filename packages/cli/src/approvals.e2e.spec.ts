import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import { converse, idIn, lineOf, TERMS } from './testing/conversation.ts';

const { run, stored: done } = converse(['kent', 'essex', 'durham', 'npocc']);

const WHY = join(mkdtempSync(join(tmpdir(), 'muster-why-')), 'why.yaml');
writeFileSync(
  WHY,
  'information: two sites down\nthreatAndRisk: no control room\npowersAndPolicy: s24\noptions: wait or ask\nactionAndReview: ask, look at six\n',
);
const LINE = lineOf({ quantity: 2 });
const CREATE = ['request', 'create', '--as', 'kent', '--line', LINE, ...TERMS, '--ask', 'durham'];

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
    const request = idIn(await done(...CREATE, '--draft'), 'request');
    expect(await done('request', 'list', '--as', 'npocc')).not.toContain(request);
    await done('request', 'submit', request, '--as', 'kent', '--approval', 'person');
    expect(await done('request', 'show', request, '--as', 'kent')).toContain(
      'an approver, before anyone is asked',
    );

    const approve = ['request', 'approve', request, '--as', 'kent', '--rationale', WHY];
    expect((await run(...approve)).err).toContain('another post');
    expect(await done(...approve, '--desk', 'duty-acc')).toContain('request.issued');
    expect(await done('request', 'show', request, '--as', 'durham')).toContain('waiting');
    const received = await done('request', 'acknowledge', request, '--as', 'durham', '--at', '-1m');
    expect(received).toContain('request.acknowledged');
    const twice = await run('request', 'acknowledge', request, '--as', 'durham');
    expect(twice).toMatchObject({ exit: 3, err: expect.stringContaining('durham acknowledged it at') });
  });

  it('is approved by word of mouth, amended, asked further and taken up a tier', async () => {
    const oral = ['--approval', 'oral', '--approved-by', 'duty-acc', '--approved-because', 'going down now'];
    const request = idIn(await done(...CREATE, ...oral, '--tier', '1'), 'request');
    expect(await done('request', 'show', request, '--as', 'npocc')).toContain(
      'duty-acc to approve in writing by',
    );
    const told = await done('request', 'oral', '--as', 'npocc');
    expect(told).toMatch(/duty-acc +.*going down now.* due by /);
    expect(told).toContain('1 by word of mouth: 0 decided in writing in time, 0 late, 1 still awaited');
    expect(await done('request', 'oral', '--as', 'kent', '--csv')).toMatch(
      new RegExp(`^kent,${request},duty-acc,.*,going down now,.*,awaited,,,no`, 'm'),
    );
    expect(await done('request', 'oral', '--as', 'kent', '--late')).toContain('Nothing was approved');
    expect(await done('request', 'oral', '--as', 'durham')).toContain('Nothing was approved');

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

  it('says which elements of the rationale are missing', async () => {
    const request = idIn(await done(...CREATE, '--draft'), 'request');
    await done('request', 'submit', request, '--as', 'kent', '--approval', 'person');
    const approve = ['request', 'approve', request, '--as', 'kent', '--desk', 'duty-acc'];
    const ran = await run(...approve, '--information', 'two sites down', '--options', 'wait or ask');
    expect(ran.exit).toBe(2);
    for (const missing of ['threatAndRisk', 'powersAndPolicy', 'actionAndReview']) {
      expect(ran.err).toContain(missing);
    }
    expect(ran.err).not.toContain('rationale.options');
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
