import type { Board } from '@muster/contracts';
import { askForReset } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { describe, expect, it } from 'vitest';
import { startCli } from './testing/cli.ts';
import { converse, DEADLINE_MS } from './testing/conversation.ts';

const { mesh, run, stored } = converse(['kent', 'essex', 'npocc'], 'exercise');

const boardOf = async (org: string): Promise<Board & { exercise: boolean }> =>
  (await run('board', '--as', org, '--json')).json() as Board & { exercise: boolean };

const ASK = [
  ...['request', 'create', '--as', 'kent', '--ask', 'essex', '--answer-by', '+40m'],
  ...['--line', 'code=CY.FCCU,quantity=3,from=+1h,to=+2d', '--threat', 'CYBER', '--reason', 'ransomware'],
  ...['--contact-desk', 'control room'],
];

describe('the board of an exercise', () => {
  it('shows each organisation what is short and what waits for it, and follows what happens', async () => {
    const created = await stored(...ASK);
    expect(created.split('\n').every((line) => line === '' || line.startsWith('EXERCISE'))).toBe(true);
    expect(created).toMatch(/muster --mode exercise request show \S+ --as kent/);
    const request = /request id +(\S+)$/m.exec(created)?.[1] ?? '';

    await using watching = startCli(
      ['board', '--watch', '--json', '--as', 'kent', '--data', mesh().data, '--mode', 'exercise'],
      {},
    );
    const seen = () =>
      watching
        .out()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Board);
    await eventually(() => seen().length > 0, { deadlineMs: DEADLINE_MS, what: 'a first board' });
    expect(seen()[0]).toMatchObject({ totals: { requests: 1, linesShort: 1, unitsMissing: 3 } });

    const essex = await boardOf('essex');
    expect(essex.exercise).toBe(true);
    expect(essex.actions).toMatchObject([{ kind: 'answer', isMine: true, waitsFor: ['essex'] }]);
    const offer = ['--line', 'line-1', '--capability', 'cy-fccu-1', '--quantity', '2', '--arrival', '+2h'];
    await stored('offer', 'make', request, '--as', 'essex', ...offer);
    await eventually(() => seen().some(({ totals }) => totals.unitsMissing === 1), {
      deadlineMs: DEADLINE_MS,
      what: 'the watched board shows the offer',
    });
    const text = await stored('board', '--as', 'kent');
    expect(text).toContain('▒');
    expect(text).toMatch(/choose-offers +request \S+ of kent +offer accept \S+/);
    expect(text).toContain('1 asked: 1 offered, 0 declined, 0 silent, 0 to answer');
    expect((await boardOf('npocc')).actions).toMatchObject([{ kind: 'choose-offers', isMine: false }]);
    watching.signal('SIGINT');
    expect((await watching.ended).exit).toBe(0);
  });

  it('is empty after a reset, which only the epoch at hand may end', async () => {
    expect(await run('exercise', 'reset', '--epoch', 'another')).toMatchObject({ exit: 3, out: '' });
    expect((await boardOf('kent')).totals.requests).toBe(1);
    const { epoch } = (await run('exercise', 'show', '--json')).json() as { epoch: string };
    expect(await stored('exercise', 'reset', '--epoch', epoch)).toContain(
      'EXERCISE  The exercise begins anew',
    );
    await eventually(async () => (await boardOf('kent')).totals.requests === 0, {
      deadlineMs: DEADLINE_MS,
      what: 'the broker has begun anew',
    });
    expect((await run('exercise', 'reset', '--epoch', epoch)).err).toContain('somebody has reset it since');

    await using serving = startCli(['exercise', 'serve', '--data', mesh().data]);
    await eventually(() => serving.err().includes('until Ctrl-C'), {
      deadlineMs: DEADLINE_MS,
      what: 'the reset is served',
    });
    const now = (await run('exercise', 'show', '--json')).json() as { epoch: string };
    const gateway = await mesh().muster.connect('hub-gateway');
    expect(await askForReset(gateway, { epoch: now.epoch, by: 'npocc/national-centre/desk' })).toMatchObject({
      kind: 'done',
    });
    serving.signal('SIGINT');
    expect((await serving.ended).exit).toBe(0);
  });
});
