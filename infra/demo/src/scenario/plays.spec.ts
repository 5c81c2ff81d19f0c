import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nextPlay, type Play } from './plays.ts';
import { readScenario } from './schema.ts';

const scenario = readScenario(fileURLToPath(new URL('../../scenarios/cyber-surge.yaml', import.meta.url)));

const HOUR_MS = 3_600_000;
const startedAt = Date.parse('2026-03-01T10:20:00.000Z');
/** The scenario's first window begins 28 hours after the next full hour. */
const firstWindow = Date.parse('2026-03-02T15:00:00.000Z');
const interrupted: Play = { runId: 'run', startedAt, finished: false };

describe('what a start plays', () => {
  it('is a new play on a new folder and after a finished one', () => {
    const fresh = { runId: startedAt.toString(36), startedAt, finished: false };
    expect(nextPlay(undefined, scenario, startedAt)).toEqual({ kind: 'new', play: fresh });
    const finished = { ...interrupted, finished: true };
    expect(nextPlay(finished, scenario, startedAt + HOUR_MS)).toMatchObject({
      kind: 'new',
      play: { startedAt: startedAt + HOUR_MS },
    });
  });

  it('is the interrupted play until its first window begins', () => {
    const next = nextPlay(interrupted, scenario, firstWindow - 1);
    expect(next).toEqual({ kind: 'go-on', play: interrupted });
  });

  it('is a new play once the first window of the interrupted one has begun', () => {
    const next = nextPlay(interrupted, scenario, firstWindow);
    expect(next).toMatchObject({ kind: 'too-late', last: interrupted, began: firstWindow });
    expect(next.play).toMatchObject({ startedAt: firstWindow, finished: false });
    expect(next.play.runId).not.toBe(interrupted.runId);
  });
});
