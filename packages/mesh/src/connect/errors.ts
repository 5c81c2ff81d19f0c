import { errors } from '@nats-io/nats-core';

export type ConnectFault = 'refused' | 'expired' | 'unreachable' | 'bad-seed';

const REMEDIES: Record<ConnectFault, string> = {
  refused:
    'the server does not know this key: check that it runs with the configuration made from the same keys, and that the key was not rotated',
  expired: 'the credentials are past their end: get new ones and start again',
  unreachable: 'check that the server runs and that NATS_URL names it',
  'bad-seed': 'the key is not an nkey seed of a user ("SU…"): make one with "muster keys generate"',
};

/** Why no connection could be made, and what to do about it. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly code: ConnectFault;
  readonly remedy: string;
  constructor(code: ConnectFault, servers: string, options?: ErrorOptions) {
    super(`no connection to ${servers} (${code}): ${REMEDIES[code]}`, options);
    this.code = code;
    this.remedy = REMEDIES[code];
  }
}

/** What kept the client from connecting. */
export const faultOf = (cause: unknown): ConnectFault => {
  if (cause instanceof errors.UserAuthenticationExpiredError) return 'expired';
  if (cause instanceof errors.AuthorizationError) return 'refused';
  return 'unreachable';
};
