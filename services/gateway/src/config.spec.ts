import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const base = { NATS_URL: 'nats://127.0.0.1:4222', MUSTER_KEYS_DIR: 'keys' };
const oidc = {
  MUSTER_OIDC_ISSUER: 'https://id.example.police.uk',
  MUSTER_OIDC_CLIENT_ID: 'muster',
  MUSTER_OIDC_CLIENT_SECRET: 'hidden',
};

test('serves both modes on the loopback address with the demo sign-in by default', () => {
  const config = readConfig(base);
  expect(config.MUSTER_MODES).toEqual(['actual', 'exercise']);
  expect(config.MUSTER_HTTP_HOST).toBe('127.0.0.1');
  expect(config.MUSTER_OIDC_ISSUER).toBeUndefined();
  expect(config.MUSTER_HEARTBEAT_MS).toBe(15_000);
});

test.each([
  ['the demo on every address', { MUSTER_HTTP_HOST: '0.0.0.0' }, 'MUSTER_HTTP_HOST'],
  ['the demo behind a public name', { MUSTER_PUBLIC_URL: 'https://muster.example' }, 'MUSTER_PUBLIC_URL'],
  ['plain http in public', { ...oidc, MUSTER_PUBLIC_URL: 'http://muster.example' }, 'use https'],
  ['an issuer without TLS', { ...oidc, MUSTER_OIDC_ISSUER: 'http://id.example' }, 'MUSTER_OIDC_ISSUER'],
  [
    'an issuer without a secret',
    { ...oidc, MUSTER_OIDC_CLIENT_SECRET: undefined },
    'MUSTER_OIDC_CLIENT_SECRET',
  ],
  ['no way back', { ...oidc, MUSTER_HTTP_HOST: '0.0.0.0' }, 'MUSTER_PUBLIC_URL'],
  ['a mode that there is not', { MUSTER_MODES: 'actual,play' }, 'MUSTER_MODES'],
  ['no broker', { NATS_URL: undefined }, 'NATS_URL'],
  ['signs of life without a rest', { MUSTER_HEARTBEAT_MS: '999' }, 'MUSTER_HEARTBEAT_MS'],
  ['signs of life too rare for a proxy', { MUSTER_HEARTBEAT_MS: '50001' }, 'MUSTER_HEARTBEAT_MS'],
])('refuses %s', (_, env, said) => {
  expect(() => readConfig({ ...base, ...env })).toThrow(said);
});

test('with an identity server of the force it may be reached from anywhere over https', () => {
  const config = readConfig({
    ...base,
    ...oidc,
    MUSTER_HTTP_HOST: '0.0.0.0',
    MUSTER_PUBLIC_URL: 'https://muster.example.police.uk/',
  });
  expect(config.MUSTER_PUBLIC_URL).toBe('https://muster.example.police.uk');
});
