import type { CommandOutcome } from '@muster/mesh';
import { seeded } from '@muster/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { World } from '../world/world.ts';
import { answerFaults, DEFINITE_ANSWER_MS, runClients } from './acceptances.ts';

/** A part of the time that a client has, in milliseconds. */
const STEP_MS = 100;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const unknown: CommandOutcome = { kind: 'unknown', because: 'no answer in time' };
const full: CommandOutcome = { kind: 'refused', refusal: { refused: 'no-capacity', because: 'taken' } };
const busy: CommandOutcome = { kind: 'refused', refusal: { refused: 'contention', because: 'others' } };
const stored = (event: string, type = 'muster.offer.accepted.v1'): CommandOutcome => ({
  kind: 'stored',
  reply: {
    ok: true,
    commandId: 'a',
    seq: 1,
    repeated: false,
    events: [{ id: event, type, subject: 's' }],
  },
});

/** Sends acceptances to a hub that gives these answers to each id in turn, the last one for ever. */
const race = async (answers: Record<string, CommandOutcome[]>) => {
  const turns = new Map<string, number>();
  const command = async (...[, , , { commandId }]: [unknown, unknown, unknown, { commandId: string }]) => {
    const turn = turns.get(commandId) ?? 0;
    turns.set(commandId, turn + 1);
    return answers[commandId]?.at(Math.min(turn, (answers[commandId]?.length ?? 0) - 1));
  };
  const world = { mode: 'exercise', callerOf: async () => ({ command }) } as unknown as World;
  const acceptances = Object.keys(answers).map((commandId) => ({
    host: 'kent',
    commandId,
    requestId: 'r',
    offers: ['o'],
  }));
  const running = runClients(world, acceptances, 4, seeded(1));
  for (let ms = 0; ms < 2 * DEFINITE_ANSWER_MS; ms += STEP_MS) await vi.advanceTimersByTimeAsync(STEP_MS);
  const tally = await running;
  return { tally, faults: answerFaults(acceptances.length, tally) };
};

describe('the tally of a race', () => {
  it('sends a command under its id until it is stored or refused for good', async () => {
    const { tally, faults } = await race({ won: [unknown, busy, stored('e1')], lost: [busy, full] });
    expect(faults).toEqual([]);
    expect([...tally.definite].sort()).toEqual(['lost', 'won']);
    expect(tally.stored).toEqual([{ org: 'kent', commandId: 'won', eventIds: ['e1'] }]);
    expect(tally.retries).toBe(3);
  });

  it('counts a command that left something out once, however often it was sent', async () => {
    const some = Array.from({ length: 40 }, (_, n) => [`c${n}`, [stored('e', 'muster.offer.left_out.v1')]]);
    const { tally, faults } = await race({ ...Object.fromEntries(some), whole: [stored('e1')] });
    expect(faults).toEqual([]);
    expect(tally.leftOut).toBe(40);
  });

  it.each([
    ['is never definite', unknown],
    ['is only ever put off', busy],
  ])('finds a command whose answer %s', async (_, answer) => {
    expect((await race({ silent: [answer], won: [stored('e1')] })).faults).toEqual([
      `silent: no definite answer in ${DEFINITE_ANSWER_MS} ms`,
    ]);
  });

  it('finds a command that was never sent', async () => {
    const { tally } = await race({ won: [stored('e1')] });
    expect(answerFaults(2, tally)).toEqual(['of 2 acceptances 1 were sent']);
  });

  it('finds a command of which a repeated sending told another result', async () => {
    // Enough of them that some are sent more than once.
    const many = Array.from({ length: 40 }, (_, n) => [`c${n}`, [stored('e1'), stored('e2')]] as const);
    const { faults } = await race(Object.fromEntries(many.map(([id, answers]) => [id, [...answers]])));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every((fault) => fault.endsWith('its answers named different events'))).toBe(true);
  });
});
