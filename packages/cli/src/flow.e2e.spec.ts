import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import { startCli } from './testing/cli.ts';
import { converse, DEADLINE_MS, idIn, lineOf, TERMS } from './testing/conversation.ts';

const { mesh, run } = converse(['kent', 'essex', 'durham']);

/** Parts of the answers that the tests go on with; each command gives some of them. */
type Answer = {
  ids: Readonly<Record<string, string>>;
  items: readonly unknown[];
  calendar: readonly { host?: string }[];
  seq: number;
};

/** Runs a command that must succeed, and gives its JSON. */
const done = async (...args: string[]): Promise<Answer> => {
  const ran = await run(...args, '--json');
  if (ran.exit !== 0) throw new Error(`muster ${args.join(' ')} ended with ${ran.exit}: ${ran.err}`);
  return ran.json() as Answer;
};

const CREATE = [
  ...['request', 'create', '--as', 'kent', '--line', lineOf({ quantity: 2 }), ...TERMS],
  ...['--ask', 'essex'],
];

const ask = async (): Promise<string> => {
  const created = await done(...CREATE);
  return created.ids['request id'] ?? '';
};

describe('from request to return, by people at the command line', () => {
  let request = '';
  let offer = '';

  it('a host asks, and sees who could help', async () => {
    const created = await run(...CREATE);
    expect(created).toMatchObject({ exit: 0, err: '' });
    expect(created.out).toContain('request.submitted');
    request = idIn(created.out, 'request');
    expect(created.out).toContain(`Next:\n  muster request show ${request} --as kent`);
    const candidates = await run('request', 'candidates', request, 'line-1', '--as', 'kent');
    expect(candidates.out).toMatch(/^1 +essex +cy-fccu-1 +4 /m);
    expect(candidates.out).toContain('road by the straight line');
    expect(candidates.out).toContain('Ranked by the weights of matching policy 2;');
    const { items } = await done('request', 'list', '--as', 'essex');
    expect(items).toMatchObject([{ requestId: request, host: 'kent', status: 'open' }]);
  });

  it('a donor offers, and the host accepts by the beginning of the ids', async () => {
    const flags = ['--line', 'line-1', '--capability', 'cy-fccu-1', '--quantity', '2', '--arrival', '+2h'];
    const made = await done('offer', 'make', request.slice(0, 8), '--as', 'essex', ...flags);
    offer = made.ids['offer id'] ?? '';
    const shown = await run('request', 'show', request.slice(0, 8), '--as', 'kent');
    expect(shown.out).toContain(`muster offer accept ${request} ${offer} --as kent`);
    const accepted = await run('offer', 'accept', request.slice(0, 8), offer.slice(0, 8), '--as', 'kent');
    expect(accepted).toMatchObject({ exit: 0, err: '' });
    expect(accepted.out).toContain('2 reserved');
    expect(accepted.out).toContain('booking.changed');
  });

  it('the donor confirms in its own ledger', async () => {
    const waiting = await eventually(
      async () => {
        const ran = await run('home', 'show', '--as', 'essex');
        return ran.out.includes('waits for you until') && ran.out;
      },
      { deadlineMs: DEADLINE_MS, what: 'the reservation reaches the home ledger' },
    );
    expect(waiting).toContain('kent');
    const confirmed = await run('home', 'confirm', offer.slice(0, 8), '--as', 'essex');
    expect(confirmed).toMatchObject({ exit: 0, err: '' });
    expect(confirmed.out).toContain('home.recorded');
    await eventually(async () => (await done('deployment', 'list', '--as', 'kent')).items.length === 1, {
      deadlineMs: DEADLINE_MS,
      what: 'the deployment is opened',
    });
    const shown = await run('deployment', 'show', offer.slice(0, 8), '--as', 'kent');
    expect(shown.out).toMatch(/^units +2 of cy-fccu-1$/m);
    expect(shown.out).toMatch(/^status +COMMITTED since /m);
  });

  it('what is lent cannot be used at home, what is left can', async () => {
    const tooMuch = await run(
      'home',
      'use',
      'cy-fccu-1',
      '--as',
      'essex',
      '--quantity',
      '3',
      '--from',
      '+2h',
      '--to',
      '+4h',
    );
    expect(tooMuch.exit).toBe(3);
    expect(tooMuch.err).toContain('committed to other forces');
    const used = await done(
      'home',
      'use',
      'cy-fccu-1',
      '--as',
      'essex',
      '--quantity',
      '1',
      '--from',
      '+2h',
      '--to',
      '+4h',
    );
    const shown = await eventually(
      async () => {
        const { calendar } = await done('capability', 'show', 'essex', 'cy-fccu-1', '--as', 'durham');
        return calendar.length === 2 ? calendar : undefined;
      },
      { deadlineMs: DEADLINE_MS, what: 'the calendar shows both' },
    );
    expect(shown.map((entry) => entry.host)).toEqual([undefined, undefined]);
    const back = await run('home', 'return', used.ids['use id'] ?? '', '--as', 'essex');
    expect(back).toMatchObject({ exit: 0, err: '' });
  });

  it('units go out, are released and come home', async () => {
    const id = offer.slice(0, 8);
    const early = await run('deployment', 'status', id, 'on-task', '--as', 'essex');
    expect(early.exit).toBe(3);
    expect(early.err).toContain('are committed and cannot be reported on task now');
    for (const status of ['mobilising', 'EN_ROUTE']) {
      expect(await run('deployment', 'status', id, status, '--as', 'essex', '--eta', '+1h')).toMatchObject({
        exit: 0,
      });
    }
    expect(await run('deployment', 'status', id, 'on-task', '--as', 'kent')).toMatchObject({ exit: 0 });
    expect(await run('deployment', 'return', id, '--as', 'durham')).toMatchObject({ exit: 4 });
    expect(await run('deployment', 'release', id, '--as', 'kent')).toMatchObject({ exit: 0 });
    expect(await run('deployment', 'return', id, '--as', 'essex', '--injuries', '0')).toMatchObject({
      exit: 0,
    });
    const { items } = await done('deployment', 'list', '--as', 'kent');
    expect(items).toMatchObject([{ status: 'RETURNED', quantity: 2 }]);
    expect(await done('request', 'show', request, '--as', 'kent')).toMatchObject({ status: 'closed' });
  });

  it('all of it can be read back, and gone on from where one stopped', async () => {
    const all = await run('watch', '--as', 'kent', '--request', request, '--no-follow');
    expect(all.exit).toBe(0);
    for (const type of [
      'request.submitted',
      'offer.made',
      'offer.accepted',
      'commitment.made',
      'deployment.returned',
    ]) {
      expect(all.out).toContain(type);
    }
    const after = /--after (\d+)/.exec(all.err)?.[1] ?? '';
    const rest = await run('watch', '--as', 'kent', '--after', after, '--no-follow', '--json');
    expect(rest).toMatchObject({ exit: 0, out: '' });
    const from = async (seq: number): Promise<{ seq: number }[]> => {
      const { out } = await run('watch', '--as', 'kent', '--after', String(seq), '--no-follow', '--json');
      return out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    };
    const whole = await from(0);
    const middle = Math.floor(whole.length / 2);
    expect(await from(whole[middle]?.seq ?? 0)).toEqual(whole.slice(middle + 1));
    const events = (await run('watch', '--as', 'durham', '--after', '0', '--no-follow', '--json')).out;
    expect(events).toBe('');
  });
});

describe('muster watch', () => {
  it('shows what is new as it is stored, and says where to go on when it is stopped', async () => {
    await using watching = startCli([
      'watch',
      '--as',
      'kent',
      '--after',
      '0',
      '--json',
      '--data',
      mesh().data,
    ]);
    await eventually(() => watching.out().includes('request.submitted'), {
      deadlineMs: DEADLINE_MS,
      what: 'the past is shown',
    });
    const request = await ask();
    await eventually(() => watching.out().includes(request), {
      deadlineMs: DEADLINE_MS,
      what: 'the new request is shown',
    });
    watching.signal('SIGINT');
    const ended = await watching.ended;
    expect(ended.exit).toBe(0);
    const seqs = ended.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(ended.err).toBe(
      `Showing what comes after 0; Ctrl-C ends it\nGo on from here with: muster watch --after ${seqs.at(-1)} --as kent\n`,
    );
  });

  it('shows only what is new when it is not told where to begin', async () => {
    const before = await ask();
    await using watching = startCli(['watch', '--as', 'kent', '--data', mesh().data]);
    await eventually(() => watching.err().includes('Showing what comes after'), { deadlineMs: DEADLINE_MS });
    const request = await ask();
    await eventually(() => watching.out().includes(request.slice(0, 8)), { deadlineMs: DEADLINE_MS });
    watching.signal('SIGTERM');
    const ended = await watching.ended;
    expect(ended.exit).toBe(0);
    expect(ended.out).not.toContain(before.slice(0, 8));
  });
});

describe('a command sent again', () => {
  it('is stored once, and says so', async () => {
    const first = await done(...CREATE, '--command-id', 'again-1');
    expect(first).toMatchObject({ commandId: 'again-1', repeated: false });
    expect(await done(...CREATE, '--command-id', 'again-1')).toMatchObject({
      repeated: true,
      seq: first.seq,
    });
  });

  it('under the id of another command is refused', async () => {
    const ran = await run(
      'request',
      'cancel',
      'again-1',
      '--as',
      'kent',
      '--reason',
      'resolved',
      '--command-id',
      'again-1',
    );
    expect(ran.exit).toBe(3);
    expect(ran.err).toContain('Leave --command-id out');
    expect(await done('request', 'cancel', 'again-1', '--as', 'kent', '--reason', 'resolved')).toMatchObject({
      repeated: false,
    });
  });
});

describe('what is refused or not there', () => {
  it('an ambiguous beginning of an id names what it could be', async () => {
    await done(...CREATE, '--command-id', 'twin-1');
    await done(...CREATE, '--command-id', 'twin-2');
    const ran = await run('request', 'show', 'twin', '--as', 'kent');
    expect(ran.exit).toBe(2);
    expect(ran.err).toContain('could be 2 requests: ');
  });

  it('a donor declines with a reason, once', async () => {
    const decline = [
      'offer',
      'decline',
      'twin-1',
      '--as',
      'essex',
      '--line',
      'line-1',
      '--reason',
      'own-demand',
    ];
    expect(await run(...decline)).toMatchObject({ exit: 0 });
    const again = await run(...decline, '--json');
    expect(again.exit).toBe(3);
    expect(again.json()).toMatchObject({ error: { code: 'already-answered' } });
    const wrong = await run(
      'offer',
      'decline',
      'twin-2',
      '--as',
      'essex',
      '--line',
      'line-1',
      '--reason',
      'tired',
    );
    expect(wrong.exit).toBe(2);
    expect(wrong.err).toContain('reasonCode');
  });

  it('another force does not find it', async () => {
    expect(await run('request', 'show', 'twin-1', '--as', 'durham')).toMatchObject({ exit: 4 });
  });

  it('everything is well, says the doctor', async () => {
    await done('streams', 'apply');
    const ran = await run('doctor', '--as', 'kent', '--json');
    expect(ran.exit).toBe(0);
    expect(ran.json()).toMatchObject({ healthy: true });
  });

  it('without the broker service a command ends with 5, for nothing was sent', async () => {
    await mesh().stop('request-broker');
    const ran = await run(...CREATE, '--timeout', '2');
    expect(ran.exit).toBe(5);
    expect(ran.err).toContain('Nothing was stored');
  });
});
