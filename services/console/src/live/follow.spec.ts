import { describe, expect, it } from 'vitest';
import {
  type FollowParts,
  follow,
  RETRY_MS,
  SILENCE_MS_MAX,
  type Source,
  type StreamState,
} from './follow.ts';

type Opened = Source & {
  after: number | undefined;
  closed: boolean;
  tell(type: string, id?: string, data?: string): void;
};

const stage = () => {
  let time = 0;
  let timer: { call: () => void; at: number } | undefined;
  const opened: Opened[] = [];
  const states: StreamState[] = [];
  const counts = { changes: 0, doubts: 0 };
  const notices: string[] = [];
  const parts: FollowParts = {
    open: (after) => {
      const listeners: [string, (event: MessageEvent<string>) => void][] = [];
      const source: Opened = {
        after,
        closed: false,
        addEventListener: (type, listen) => void listeners.push([type, listen]),
        close: () => {
          source.closed = true;
        },
        tell: (type, lastEventId = '', data = '') => {
          for (const [of, listen] of listeners)
            if (of === type) listen({ lastEventId, data } as MessageEvent<string>);
        },
      };
      opened.push(source);
      return source;
    },
    now: () => time,
    later: (call, ms) => {
      timer = { call, at: time + ms };
      return () => {
        timer = undefined;
      };
    },
    onState: (state) => void states.push(state),
    onChange: () => {
      counts.changes += 1;
    },
    onNotices: (json) => void notices.push(json),
    onDoubt: () => {
      counts.doubts += 1;
    },
  };
  const last = (): Opened => opened.at(-1) as Opened;
  const pass = (ms: number): void => {
    time += ms;
    if (timer && timer.at <= time) {
      const { call } = timer;
      timer = undefined;
      call();
    }
  };
  return { stop: follow(parts), opened, states, counts, notices, last, pass };
};

describe('following the stream', () => {
  it('is live once the stream is open, and tells of that and of every event', () => {
    const { last, states, counts } = stage();
    last().tell('open');
    last().tell('live', '7');
    last().tell('message', '8');
    last().tell('position', '9');
    expect(states).toEqual([{ kind: 'opening' }, { kind: 'live' }]);
    expect(counts).toEqual({ changes: 2, doubts: 0 });
  });

  it('tells what waits for the person, which is no event and has no place', () => {
    const { last, counts, notices, pass } = stage();
    last().tell('open');
    last().tell('message', '8');
    last().tell('notices', '', '{"notices":[]}');
    expect(notices).toEqual(['{"notices":[]}']);
    expect(counts.changes).toBe(2);
    last().tell('error');
    pass(RETRY_MS);
    expect(last().after).toBe(8);
  });

  it('says since when the stream is lost, goes on after the last event, and then reads again what may have changed', () => {
    const { last, states, counts, pass, opened } = stage();
    last().tell('open');
    last().tell('message', '8');
    pass(100);
    last().tell('error');
    expect(opened[0]?.closed).toBe(true);
    pass(RETRY_MS);
    last().tell('error');
    pass(RETRY_MS);
    expect(last().after).toBe(8);
    last().tell('open');
    expect(states.slice(2)).toEqual([
      { kind: 'lost', since: 100 },
      { kind: 'lost', since: 100 },
      { kind: 'live' },
    ]);
    expect(counts).toEqual({ changes: 3, doubts: 2 });
  });

  it('takes a stream without a sign of life as lost', () => {
    const { last, states, pass } = stage();
    last().tell('open');
    pass(SILENCE_MS_MAX - 1);
    last().tell('position', '3');
    pass(SILENCE_MS_MAX - 1);
    expect(states.at(-1)).toEqual({ kind: 'live' });
    pass(1);
    expect(states.at(-1)?.kind).toBe('lost');
  });

  it('begins anew after a reset', () => {
    const { last, counts, pass } = stage();
    last().tell('open');
    last().tell('message', '8');
    last().tell('reset');
    pass(RETRY_MS);
    expect(last().after).toBeUndefined();
    expect(counts.changes).toBe(3);
  });

  it('hears nothing of a stream that it has left, and opens none after it was stopped', () => {
    const { last, states, pass, opened, stop } = stage();
    const [first] = opened;
    last().tell('error');
    first?.tell('open');
    expect(states.at(-1)?.kind).toBe('lost');
    stop();
    pass(RETRY_MS);
    expect(opened).toHaveLength(1);
  });
});
