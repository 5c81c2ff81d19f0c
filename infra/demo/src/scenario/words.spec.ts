import { expect, it } from 'vitest';
import { check } from './checks.ts';
import { checkText } from './words.ts';

it.each([
  [{ request: 'port', status: ['closed'] }, 'port to be closed'],
  [{ request: 'port', status: ['filled', 'closed'], tier: 2 }, 'port to be filled or closed, at tier 2'],
  [{ request: 'port', tier: { atLeast: 2 } }, 'port to be at tier at least 2'],
  [
    { request: 'port', event: 'request.issued', where: { wave: 3, because: { kind: 'plan' } } },
    'request.issued of port with wave 3, because.kind plan',
  ],
  [
    { request: 'port', event: 'request.escalated', count: 1, afterSeconds: { atLeast: 8 } },
    'request.escalated of port, 1 times, at least 8 s after it was submitted',
  ],
  [
    {
      request: 'port',
      line: 'psu',
      committed: { atLeast: 2, atMost: 4 },
      declinedBy: { kent: 'own-demand' },
    },
    'port/psu with at least 2 and at most 4 committed, declined by kent (own-demand)',
  ],
  [
    { board: 'npocc', waits: 'accept-escalation', request: 'port', isMine: true, isLate: true },
    'accept-escalation of port on the board of npocc, which waits for it, late',
  ],
  [
    { free: 3, request: 'port', line: 'psu', force: 'kent', capability: 'psu-1' },
    '3 free of kent/psu-1 for port/psu',
  ],
  [
    { request: 'port', deployments: { atMost: 2 }, donor: 'kent', line: 'psu', status: ['ON_TASK'] },
    'at most 2 deployments of port/psu by kent at ON_TASK',
  ],
])('%j is told in words', (written, words) => {
  expect(checkText(check.parse(written))).toBe(words);
});
