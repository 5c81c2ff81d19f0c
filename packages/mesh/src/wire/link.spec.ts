import { describe, expect, it } from 'vitest';
import { isPrivateInbox } from './link.ts';

describe('isPrivateInbox', () => {
  it.each(['_INBOX.abc', '_INBOX.UKEY.abc.1', '_INBOX_user.x', '_R_.abc.def'])('takes %j', (reply) => {
    expect(isPrivateInbox(reply)).toBe(true);
  });
  it.each([
    '',
    '_INBOX',
    '_INBOX.',
    '_INBOX.>',
    '_INBOX.a.*',
    '_INBOXES.a',
    '_R_x',
    '_R_.',
    'actual.booking.kent.c1',
    'x._INBOX.a',
    '$JS.API.STREAM.DELETE.X',
  ])('does not take %j', (reply) => {
    expect(isPrivateInbox(reply)).toBe(false);
  });
});
