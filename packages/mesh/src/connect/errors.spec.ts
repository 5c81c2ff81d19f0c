import { errors } from '@nats-io/nats-core';
import { expect, it } from 'vitest';
import { ConnectError, faultOf } from './errors.ts';

it("tells the server's refusals and an absent server apart", () => {
  const said = (text: string) =>
    errors.UserAuthenticationExpiredError.parse(text) ?? errors.AuthorizationError.parse(text);
  expect(faultOf(said('User Authentication Expired'))).toBe('expired');
  expect(faultOf(said('Authorization Violation'))).toBe('refused');
  expect(faultOf(said('Account Authentication Expired'))).toBe('refused');
  expect(faultOf(new errors.ConnectionError('connection refused'))).toBe('unreachable');
  expect(faultOf(new Error('getaddrinfo ENOTFOUND'))).toBe('unreachable');
});

it.each([
  ['refused', /does not know this key/],
  ['expired', /past their end/],
  ['unreachable', /NATS_URL/],
  ['bad-seed', /muster keys generate/],
] as const)('names place and remedy when %s', (code, remedy) => {
  const error = new ConnectError(code, 'nats://hub:4222', { cause: new Error('x') });
  expect(error.message).toMatch(/^no connection to nats:\/\/hub:4222/);
  expect(error.message).toMatch(remedy);
  expect(error.cause).toBeInstanceOf(Error);
});
