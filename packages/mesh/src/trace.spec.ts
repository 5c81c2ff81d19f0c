import { describe, expect, it } from 'vitest';
import { continueTrace, newTraceparent } from './trace.ts';

const SENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

describe('continueTrace', () => {
  it('keeps the trace and its flags, and makes a span of its own', () => {
    const ours = continueTrace(SENT);
    expect(ours).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-00$/);
    expect(ours).not.toBe(SENT);
    expect(continueTrace(SENT)).not.toBe(ours);
  });

  it.each([undefined, '', 'nonsense', SENT.replace(/4bf9\w+/, '0'.repeat(32)), `${SENT}-more`])(
    'starts a new trace for %j',
    (received) => {
      expect(continueTrace(received)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(continueTrace(received)).not.toContain('4bf92f3577b34da6a3ce929d0e0e4736');
    },
  );
});

describe('newTraceparent', () => {
  it('never makes the same one twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, newTraceparent)).size).toBe(1_000);
  });
});
