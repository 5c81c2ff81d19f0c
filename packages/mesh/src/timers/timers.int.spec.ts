import { dueSubject, type TimerName, timerSubject } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mesh } from '../connect/connect.ts';
import { BROKER_DUE } from '../streams/durables.ts';
import { type Muster, startMuster } from '../testing/mod.ts';
import type { Worker } from '../worker/types.ts';
import { work } from '../worker/work.ts';
import { armTimer, DUE_AT, readDue } from './timers.ts';

type Due = { timer: TimerName; ledgerSeq: number; at: string; traceparent: string };

let muster: Muster;
let hub: Mesh;
let worker: Worker;
const due: Due[] = [];

beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent', 'essex'], modes: ['actual'] });
  hub = await muster.connect('hub-broker');
  worker = work(hub, {
    stream: 'TIMERS_ACTUAL',
    durable: BROKER_DUE,
    mode: 'actual',
    owner: 'hub',
    service: 'request-broker',
    handle: async (message) => {
      const read = readDue(message);
      if (!read) return { do: 'dead', reason: 'bad-due', because: `not a due message: ${message.subject}` };
      due.push({ ...read, at: message.header(DUE_AT) ?? '', traceparent: message.traceparent });
      return { do: 'ack' };
    },
  });
});
afterAll(async () => {
  await worker.stop();
  await muster[Symbol.asyncDispose]();
});

const SENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CONTINUED = /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/;

/** How long a due message is kept: 30 days. */
const DUE_KEPT = '720h';

const timer = (id: string, name = 'answer-by'): TimerName => ({
  aggregate: { kind: 'request', owner: 'essex', id },
  name,
});
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const dueOf = (id: string): Due[] => due.filter((one) => one.timer.aggregate.id === id);
const arm = (id: string, at: string, ledgerSeq: number, mesh: Mesh = hub) =>
  armTimer(mesh, 'actual', { timer: timer(id), at, ledgerSeq, traceparent: SENT });
const standing = (id: string) =>
  hub.jsm.streams.getMessage('TIMERS_ACTUAL', { last_by_subj: timerSubject('actual', timer(id)) });
/** A timer that goes off after those armed before it shows that they would have gone off by now. */
const afterwards = async (id: string): Promise<void> => {
  await arm(id, inMs(1_500), 1);
  await eventually(() => dueOf(id).length === 1);
};

describe('a timer', () => {
  it('goes off once, says what it is for, and leaves nothing standing', async () => {
    const at = inMs(300);
    expect(await arm('once', at, 12)).toBe('armed');
    await eventually(() => dueOf('once').length === 1);
    expect(dueOf('once')).toEqual([
      { timer: timer('once'), ledgerSeq: 12, at, traceparent: expect.stringMatching(CONTINUED) },
    ]);
    expect(await standing('once')).toBeNull();
    const kept = await hub.jsm.streams.getMessage('TIMERS_ACTUAL', {
      last_by_subj: dueSubject('actual', timer('once')),
    });
    expect(kept?.header.get('Nats-TTL')).toBe(DUE_KEPT);
    await afterwards('once-later');
    expect(dueOf('once')).toHaveLength(1);
  });

  it('goes off at once when its time has passed', async () => {
    expect(await arm('past', inMs(-60_000), 1)).toBe('armed');
    await eventually(() => dueOf('past').length === 1);
  });

  it('armed twice by the same event stands once', async () => {
    const at = inMs(400);
    expect(await arm('same', at, 5)).toBe('armed');
    const before = (await standing('same'))?.seq;
    expect(await arm('same', at, 5)).toBe('armed');
    expect((await standing('same'))?.seq).toBe(before);
    await afterwards('same-later');
    expect(dueOf('same')).toHaveLength(1);
  });

  it('follows the latest event, in whatever order the events come', async () => {
    const late = inMs(500);
    expect(await arm('order', late, 20)).toBe('armed');
    expect(await arm('order', inMs(100), 19)).toBe('superseded');
    expect((await standing('order'))?.header.get(DUE_AT)).toBe(late);
    const later = inMs(600);
    expect(await arm('order', later, 21)).toBe('armed');
    await afterwards('order-later');
    expect(dueOf('order')).toMatchObject([{ timer: timer('order'), ledgerSeq: 21, at: later }]);
  });

  it('is armed again when it went off too early', async () => {
    await arm('early', inMs(50), 7);
    await eventually(() => dueOf('early').length === 1);
    const at = inMs(200);
    expect(await arm('early', at, 7)).toBe('armed');
    await eventually(() => dueOf('early').length === 2);
    expect(dueOf('early').at(-1)?.at).toBe(at);
  });

  it('armed by two brokers at once follows the later event', async () => {
    const other = await muster.connect('hub-broker');
    for (let round = 0; round < 20; round += 1) {
      const id = `race-${round}`;
      const outcomes = await Promise.all([
        arm(id, inMs(60_000), 1),
        arm(id, inMs(60_000), 3, other),
        arm(id, inMs(60_000), 2),
      ]);
      expect(outcomes[1]).toBe('armed');
      expect((await standing(id))?.header.get('muster-ledger-seq')).toBe('3');
    }
  });

  it('is unknown when the server is out of reach', async () => {
    const lone = await muster.connect('hub-broker');
    await lone.close();
    expect(await arm('gone', inMs(1_000), 1, lone)).toBe('unknown');
  });
});
