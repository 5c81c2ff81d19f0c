import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandName } from '@muster/contracts';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { EXIT } from './errors.ts';
import type { Io } from './io.ts';
import { buildProgram } from './program.ts';
import { runHere } from './testing/cli.ts';

const run = (argv: readonly string[]) =>
  runHere(
    argv,
    { MUSTER_DATA: '/nowhere' },
    { now: () => Date.parse('2026-11-22T21:00:00.000Z'), newId: () => 'new-id' },
  );

const commandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsOf)];

const quiet: Io = {
  out: () => undefined,
  err: () => undefined,
  env: {},
  color: false,
  now: () => 0,
  newId: () => '',
  interrupted: new AbortController().signal,
};
const leaves = commandsOf(buildProgram(quiet, false)).filter((command) => command.commands.length === 0);
const pathOf = (command: Command): string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : [];

/** The command lines of the examples, in words, without what the shell does with their output. */
const examplesIn = (help: string): string[][] =>
  (help.split('Examples:\n')[1] ?? '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('muster '))
    .map((line) => {
      const [command = ''] = line.split(/ >> | \| /);
      return [...command.matchAll(/(?:"[^"]*"|[^\s"])+/g)].slice(1).map(([word]) => word.replaceAll('"', ''));
    });

/** By which command line each command of the contracts is sent. */
const SENT_BY: Record<CommandName, string> = {
  'request-create': 'request create',
  'request-draft': 'request create',
  'request-submit': 'request submit',
  'request-approve': 'request approve',
  'request-refuse': 'request refuse',
  'request-amend': 'request amend',
  'request-cancel': 'request cancel',
  'request-acknowledge': 'request acknowledge',
  'request-ask': 'request ask',
  'request-escalate': 'request escalate',
  'request-desk-take': 'desk take',
  'delegation-grant': 'delegation grant',
  'delegation-revoke': 'delegation revoke',
  'approval-rules-set': 'delegation rules',
  'matching-policy-set': 'policy set',
  'escalation-accept': 'request accept-escalation',
  'unfilled-acknowledge': 'request acknowledge-unfilled',
  'ask-withdraw': 'request withdraw-ask',
  'offer-make': 'offer make',
  'offer-decline': 'offer decline',
  'offer-accept': 'offer accept',
  'offer-condition-met': 'offer condition-met',
  'offer-withdraw': 'offer withdraw',
  'offer-not-select': 'offer not-select',
  'acceptance-withdraw': 'offer take-back',
  'offer-approve': 'offer approve',
  'offer-refuse': 'offer refuse',
  'plan-approve': 'plan approve',
  'direction-record': 'direct',
  'agreement-record': 'agreed',
  'deployment-status': 'deployment status',
  'deployment-release': 'deployment release',
  'deployment-return': 'deployment return',
  'control-propose': 'deployment control',
  'control-confirm': 'deployment control',
  'return-request': 'deployment recall',
  'return-answer': 'deployment answer-recall',
  'return-withdraw': 'deployment withdraw-recall',
  'return-settle': 'deployment settle-recall',
  'deployment-forfeit': 'deployment forfeit',
  'deployment-abort': 'deployment abort',
  'deployment-debrief': 'deployment debrief',
  'status-request': 'deployment ask-status',
  'deployment-desk-take': 'desk take',
  'extension-ask': 'extension ask',
  'extension-answer': 'extension answer',
  'welfare-answer': 'deployment welfare',
  'secondment-review': 'secondment review',
  'claim-estimate': 'claim estimate',
  'claim-record': 'claim record',
  'claim-submit': 'claim submit',
  'claim-check': 'claim check',
  'claim-query': 'claim query',
  'claim-answer': 'claim answer',
  'claim-agree': 'claim agree',
  'claim-pay': 'claim pay',
  'claim-waive': 'claim waive',
};

const COMMANDS_FOLDER = fileURLToPath(new URL('./commands/', import.meta.url));

describe('the help', () => {
  it.each(leaves.map((command) => [pathOf(command).join(' ')]))('of %s has an example', async (path) => {
    const { exit, out } = await run([...path.split(' '), '--help']);
    expect(exit).toBe(EXIT.ok);
    expect(out).toMatch(new RegExp(`Examples:\\n +(eval "\\$\\()?muster ${path}`));
  });

  it.each(leaves.map((command) => [pathOf(command).join(' ')]))(
    'of %s names the options that every command takes',
    async (path) => {
      const { out } = await run([...path.split(' '), '--help']);
      for (const option of ['--as <org>', '--json', '--mode <mode>', '--timeout <seconds>'])
        expect(out).toMatch(new RegExp(`^ +${option} `, 'm'));
      expect(out).not.toContain('--version');
    },
  );

  it.each(leaves.map((command) => [pathOf(command).join(' ')]))(
    'of %s has only examples that the command takes',
    async (path) => {
      const { out } = await run([...path.split(' '), '--help']);
      // Some of them write keys, which must land nowhere else.
      const folder = mkdtempSync(join(tmpdir(), 'muster-cli-'));
      for (const written of examplesIn(out)) {
        const example = written.map((word) => (word.startsWith('./') ? join(folder, word) : word));
        const { exit, err } = await runHere(example, { MUSTER_DATA: folder });
        // No mesh is known here; what the command line or the request itself lacks is told before that.
        if (exit === EXIT.usage) expect(err, example.join(' ')).toMatch(/The file \S+ cannot be read/);
        else expect([EXIT.ok, EXIT.unreachable], `${example.join(' ')}: ${err}`).toContain(exit);
      }
      rmSync(folder, { recursive: true });
    },
  );

  it('of muster itself names the exit codes', async () => {
    const { out } = await run(['--help']);
    expect(out).toContain('Exit codes:');
    expect(out).toContain('6  outcome unknown');
  });

  it.each(Object.entries(SENT_BY))('says how %s is sent: by muster %s', (name, path) => {
    expect(leaves.map((command) => pathOf(command).join(' '))).toContain(path);
    const sources = readdirSync(COMMANDS_FOLDER).map((file) =>
      readFileSync(join(COMMANDS_FOLDER, file), 'utf8'),
    );
    expect(sources.some((source) => source.includes(`'${name}'`))).toBe(true);
  });

  it('has every command of the plan', () => {
    const paths = leaves.map((command) => pathOf(command).join(' '));
    expect(paths).toEqual(expect.arrayContaining(['capability list', 'capability show', 'cover']));
    expect(paths).toMatchInlineSnapshot(`
      [
        "capability list",
        "capability show",
        "cover",
        "forecast",
        "request create",
        "request submit",
        "request approve",
        "request refuse",
        "request amend",
        "request oral",
        "request acknowledge",
        "request escalate",
        "request accept-escalation",
        "request ask",
        "request withdraw-ask",
        "request acknowledge-unfilled",
        "request list",
        "request show",
        "request candidates",
        "request cancel",
        "offer make",
        "offer decline",
        "offer accept",
        "offer approve",
        "offer refuse",
        "offer condition-met",
        "offer withdraw",
        "offer not-select",
        "offer take-back",
        "corrections",
        "plan approve",
        "direct",
        "agreed",
        "delegation grant",
        "delegation revoke",
        "delegation list",
        "delegation rules",
        "policy show",
        "policy set",
        "deployment list",
        "deployment show",
        "deployment status",
        "deployment release",
        "deployment return",
        "deployment control",
        "deployment ask-status",
        "deployment recall",
        "deployment answer-recall",
        "deployment withdraw-recall",
        "deployment settle-recall",
        "deployment forfeit",
        "deployment abort",
        "deployment debrief",
        "deployment welfare",
        "extension ask",
        "extension answer",
        "secondment review",
        "claim estimate",
        "claim record",
        "claim submit",
        "claim answer",
        "claim check",
        "claim query",
        "claim agree",
        "claim pay",
        "claim waive",
        "claim list",
        "claim show",
        "claim pack",
        "claim export",
        "desk take",
        "desk show",
        "handover",
        "alert list",
        "alert acknowledge",
        "board",
        "home show",
        "home use",
        "home return",
        "home confirm",
        "home refuse",
        "watch",
        "dead list",
        "dead show",
        "dead replay",
        "streams plan",
        "streams apply",
        "exercise show",
        "exercise reset",
        "exercise serve",
        "keys generate",
        "keys rotate",
        "doctor",
        "completion",
      ]
    `);
  });
});

it.each(['--version', '-V'])('%s is answered with the version alone', async (flag) => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(await run([flag])).toMatchObject({ exit: EXIT.ok, out: `${version}\n`, err: '' });
});

describe('a command line that is wrong ends with 2 and says why', () => {
  it.each([
    [[], 'Usage: muster'],
    [['capabilities'], "unknown command 'capabilities'"],
    [['capability', 'list', '--colour', 'red'], "unknown option '--colour'"],
    [['capability', 'show', 'kent'], "missing required argument 'capability'"],
    [['capability', 'list'], 'Say for whom you act: --as kent, or set MUSTER_AS'],
    [['capability', 'list', '--as', 'kint'], '"kint" is not an organisation on the mesh'],
    [['capability', 'list', '--as', 'ken'], 'did you mean kent?'],
    [['capability', 'list', '--as', 'kent', '--mode', 'play'], 'use actual or exercise'],
    [['capability', 'list', '--as', 'kent', '--minimum', 'few'], 'Use a whole number from 1'],
    [['request', 'cancel', 'x', '--as', 'kent'], "required option '--reason <code>' not specified"],
    [['completion', 'fish'], 'Allowed choices are bash, zsh'],
    [['keys', 'rotate'], 'Name the users whose keys are replaced'],
    [['keys', 'rotate', 'kent.actuel'], 'kent.actuel: did you mean kent.actual or kent.exercise?'],
    [['keys', 'generate', 'kint.actual'], 'kint.actual: write <org>.actual or <org>.exercise'],
    [['capability', 'list', '--as', 'kent', '--timeout', '0'], '--timeout takes seconds'],
  ])('%j', async (argv, said) => {
    const { exit, err } = await run(argv);
    expect(err).toContain(said);
    expect(exit).toBe(EXIT.usage);
  });

  it('also in JSON', async () => {
    const { exit, out, err } = await run(['capability', 'list', '--json', '--colour']);
    expect(exit).toBe(EXIT.usage);
    expect(out).toBe('');
    expect(JSON.parse(err)).toEqual({
      error: { exit: 2, code: 'usage', because: "unknown option '--colour'" },
    });
  });
});

describe('where the mesh is', () => {
  it('must be known', async () => {
    const { exit, err } = await run(['cover', '--as', 'kent']);
    expect(exit).toBe(EXIT.unreachable);
    expect(err).toBe(
      'muster: No mesh is known here: there is no /nowhere/mesh.json.\nStart one with npm start, or give --url and --keys (or NATS_URL and MUSTER_KEYS_DIR).\n',
    );
  });

  it('is read from what npm start left; a damaged file is told', async () => {
    const data = mkdtempSync(join(tmpdir(), 'muster-cli-'));
    writeFileSync(join(data, 'mesh.json'), '{"url": 1}');
    const damaged = await run(['cover', '--as', 'kent', '--data', data]);
    expect(damaged.exit).toBe(EXIT.unreachable);
    expect(damaged.err).toContain('mesh.json does not say where the mesh is');
    writeFileSync(join(data, 'mesh.json'), JSON.stringify({ url: 'nats://127.0.0.1:1', keysDir: data }));
    const found = await run(['cover', '--as', 'kent', '--data', data]);
    expect(found.exit).toBe(EXIT.unreachable);
    expect(found.err).toContain(`${data}/kent.actual.nk does not exist`);
  });
});

describe('a request that is wrong', () => {
  it('is told by its fields before a mesh is looked for', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'muster-cli-')), 'request.yaml');
    writeFileSync(file, 'lines:\n  - { code: CY.NOPE, quantity: 0, from: soon, to: +3d }\n');
    const { exit, err } = await run(['request', 'create', '--as', 'kent', '--file', file]);
    expect(err).toContain(`The request in ${file} cannot be sent`);
    for (const path of ['lines[0].code', 'lines[0].quantity', 'lines[0].from', 'terms'])
      expect(err).toContain(path);
    expect(exit).toBe(EXIT.usage);
  });

  it('is told so from flags too, and a good one then misses the mesh', async () => {
    const good = [
      ...['request', 'create', '--as', 'kent', '--threat', 'CYBER', '--reason', 'ransomware'],
      ...['--contact-desk', 'control-room', '--line', 'code=CY.RCCU,quantity=2,from=+4h,to=+3d'],
    ];
    expect((await run([...good, '--answer-by', 'never'])).exit).toBe(EXIT.usage);
    const { exit, err } = await run(good);
    expect(err).toContain('No mesh is known here');
    expect(exit).toBe(EXIT.unreachable);
  });
});

describe('exercise reset', () => {
  it.each([
    [['--mode', 'actual'], {}],
    [[], { MUSTER_MODE: 'actual' }],
  ])('never touches the actual mode, given %j and %j', async (flags, env) => {
    const refused = await runHere(['exercise', 'reset', '--epoch', 'first', ...flags], env);
    expect(refused).toMatchObject({ exit: EXIT.usage, out: '' });
    expect(refused.err).toContain('never touches the actual mode');
  });

  it('asks for the epoch that is to end', async () => {
    expect((await run(['exercise', 'reset'])).exit).toBe(EXIT.usage);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh'])('for %s knows every command and option', async (shell) => {
    const { exit, out } = await run(['completion', shell]);
    expect(exit).toBe(EXIT.ok);
    for (const command of leaves) expect(out).toContain(`"${pathOf(command).join(' ')}")`);
    expect(out).toContain('--accreditation');
    expect(out).toContain('--json');
  });

  it('completes in a real bash', async () => {
    const { out } = await run(['completion', 'bash']);
    const completed = (...words: string[]): string[] => {
      const ask = `COMP_WORDS=(muster ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _muster; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const ran = spawnSync('bash', ['-c', `${out}\n${ask}`], { encoding: 'utf8' });
      expect(ran.stderr).toBe('');
      return ran.stdout.trim().split('\n');
    };
    expect(completed('cap')).toEqual(['capability']);
    expect(completed('capability', '')).toEqual([
      'list',
      'show',
      '--as',
      '--json',
      '--mode',
      '--data',
      '--url',
      '--keys',
      '--desk',
      '--timeout',
    ]);
    expect(completed('capability', 'list', '--acc')).toEqual(['--accreditation']);
    expect(completed('--as', 'kent', 'offer', 'ac')).toEqual(['accept']);
  });
});
