import { describe, expect, it } from 'vitest';
import type { Parameters } from '../api/http.ts';
import { SILENCE_MS_MAX } from './follow.ts';
import { createShare, type Relayed, type Wanted } from './share.ts';

type Opened = {
  path: string;
  parameters: Parameters;
  closed: boolean;
  tell(type: string, lastEventId?: string): void;
};

const stage = () => {
  const opened: Opened[] = [];
  const timers = new Set<{ call: () => void; ms: number }>();
  const share = createShare({
    open: (path, parameters) => {
      const listeners: [string, (event: MessageEvent<string>) => void][] = [];
      const source = {
        path,
        parameters,
        closed: false,
        addEventListener: (type: string, listen: (event: MessageEvent<string>) => void) =>
          void listeners.push([type, listen]),
        close: () => {
          source.closed = true;
        },
        tell: (type: string, lastEventId = '') => {
          for (const [of, listen] of listeners)
            if (of === type) listen({ lastEventId, data: type } as MessageEvent<string>);
        },
      };
      opened.push(source);
      return source;
    },
    later: (call, ms) => {
      const timer = { call, ms };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  const page = (over: Partial<Wanted> = {}) => {
    const heard: string[] = [];
    const wanted = { path: '/v1/exercise/stream', parameters: { as: 'kent' }, person: 'a', after: undefined };
    const leave = share.join({ ...wanted, ...over }, ({ type, lastEventId }: Relayed) => {
      heard.push(`${type}${lastEventId}`);
    });
    return { heard, leave };
  };
  const pass = (ms: number): void => {
    for (const timer of [...timers]) {
      timer.ms -= ms;
      if (timer.ms > 0) continue;
      timers.delete(timer);
      timer.call();
    }
  };
  return { share, opened, page, pass, last: () => opened.at(-1) as Opened };
};

describe('sharing streams among pages', () => {
  it('opens one for all pages, and tells one that comes later that it is open', () => {
    const { opened, page, last } = stage();
    const first = page({ after: 7 });
    last().tell('open');
    last().tell('message', '8');
    const second = page({ after: 3 });
    last().tell('position', '9');
    expect(opened.map(({ parameters }) => parameters)).toEqual([{ as: 'kent', after: 7 }]);
    expect(first.heard).toEqual(['open', 'message8', 'position9']);
    expect(second.heard).toEqual(['open', 'position9']);
  });

  it('tells one that comes later what waits for the person, as it was told last', () => {
    const { page, last } = stage();
    page();
    last().tell('open');
    last().tell('notices');
    last().tell('message', '8');
    expect(page().heard).toEqual(['open', 'notices']);
  });

  it('opens another for another organisation, and for another person', () => {
    const { opened, page } = stage();
    page();
    page({ parameters: { as: 'essex' } });
    page({ person: 'b' });
    expect(opened).toHaveLength(3);
  });

  it('keeps it until the last page has left, whichever came first', () => {
    const { share, page, last } = stage();
    const [first, second] = [page(), page()];
    first.leave();
    last().tell('open');
    expect([first.heard, second.heard]).toEqual([[], ['open']]);
    second.leave();
    expect([last().closed, share.size()]).toEqual([true, 0]);
  });

  it.each(['error', 'end', 'resume', 'reset'])(
    'is over for every page after %s, and opened anew once',
    (type) => {
      const { opened, page, last } = stage();
      const pages = [page(), page()];
      last().tell('open');
      last().tell(type);
      expect(last().closed).toBe(true);
      for (const { heard } of pages) expect(heard).toEqual(['open', type]);
      const again = [page(), page()];
      for (const { leave } of pages) leave();
      last().tell('open');
      for (const { heard } of again) expect(heard).toEqual(['open']);
      expect(opened).toHaveLength(2);
    },
  );

  it('takes one without a sign of life as lost, and lets no page join it', () => {
    const { opened, page, pass, last } = stage();
    const { heard } = page();
    last().tell('open');
    pass(SILENCE_MS_MAX - 1);
    last().tell('position', '3');
    pass(SILENCE_MS_MAX - 1);
    expect(heard).toEqual(['open', 'position3']);
    pass(1);
    expect([heard.at(-1), last().closed]).toEqual(['error', true]);
    page();
    expect(opened).toHaveLength(2);
  });

  it('relays nothing of one that is over', () => {
    const { opened, page, last } = stage();
    const { heard } = page();
    last().tell('error');
    opened[0]?.tell('message', '4');
    expect(heard).toEqual(['error']);
  });
});
