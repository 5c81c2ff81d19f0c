import { describe, expect, it } from 'vitest';
import { addressOf, askedOf, USUAL_TIME } from './asked.ts';

const read = (address: string, requestId?: string) => askedOf(new URLSearchParams(address), requestId);

describe('what a plan is asked for', () => {
  it('is nothing until the address says so', () => {
    expect(read('', 'r1').scope).toBeUndefined();
    expect(read('plan=this').scope).toBeUndefined();
    expect(read('plan=everything').scope).toBeUndefined();
    expect(read('plan=all&seconds=3600').asked).toEqual({ without: [] });
  });

  it('is the request that is shown, or all', () => {
    expect(read('plan=this', 'r1')).toEqual({ scope: 'this', asked: { requestIds: ['r1'], without: [] } });
    expect(read('plan=all', 'r1')).toEqual({ scope: 'all', asked: { without: [] } });
  });

  it('comes back from the address as it was written into it, and leaves the rest of it alone', () => {
    const by = '2026-12-01T18:00:00.000Z';
    const address = addressOf(new URLSearchParams('find=x&without=surrey'), {
      ...{ scope: 'all', without: ['kent', 'essex'], by, seconds: '15' },
    });
    expect(address.get('find')).toBe('x');
    expect(askedOf(address, undefined).asked).toEqual({
      ...{ without: ['kent', 'essex'], by, timeLimitMs: 15_000 },
    });
    const again = addressOf(address, { scope: 'all', without: [], by: undefined, seconds: USUAL_TIME });
    expect(again.toString()).toBe('find=x&plan=all');
  });
});
