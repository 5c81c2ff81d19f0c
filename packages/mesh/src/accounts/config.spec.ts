import { isForce, MODES, ORGS } from '@muster/contracts';
import { expect, it } from 'vitest';
import { usersOf } from '../keys/users.ts';
import { serverConfig } from './config.ts';
import { entrancesOf } from './interface.ts';

/** Stands for the public keys: what is looked at here is who may do what. */
const KEYS = Object.fromEntries(usersOf().map((user) => [user, `key-of-${user}`]));
const options = {
  serverName: 'hub-1',
  listen: { host: '127.0.0.1', port: 4222 },
  storeDir: '/data',
  publicKeys: KEYS,
  syncAlways: true,
};

type User = {
  nkey: string;
  permissions: { publish: { allow: string[] }; subscribe: { allow: string[] } };
};
type Account = {
  users: User[];
  exports: { service: string; accounts: string[] }[];
  imports: { service: { account: string; subject: string } }[];
};

/** The accounts of a configuration; every top-level setting stands as `name: JSON`. */
const accountsOf = (text: string): Record<string, Account> => {
  const start = text.indexOf('\naccounts: ') + '\naccounts: '.length;
  return JSON.parse(text.slice(start));
};

const subjectsOf = (org: string) =>
  MODES.flatMap((mode) => entrancesOf(org, mode).map(({ subject }) => subject)).sort();

it('gives every organisation of the reference data an account that imports its own subjects only', () => {
  const accounts = accountsOf(serverConfig(options));
  expect(Object.keys(accounts)).toEqual(['SYS', 'HUB', ...ORGS.map((org) => `ORG_${org}`)]);
  for (const org of ORGS) {
    const account = accounts[`ORG_${org}`];
    const imports = account?.imports.map(({ service }) => service) ?? [];
    expect(imports.every(({ account: from }) => from === 'HUB')).toBe(true);
    expect(imports.map(({ subject }) => subject).sort()).toEqual(subjectsOf(org));
    const foreign = ORGS.filter((other) => other !== org);
    const tokens = new Set(imports.flatMap(({ subject }) => subject.split(/[._]/)));
    expect(foreign.filter((other) => tokens.has(other))).toEqual([]);
    expect(account?.users.map(({ nkey }) => nkey)).toEqual(MODES.map((mode) => `key-of-${org}.${mode}`));
  }
});

it('exports every subject of the hub to one account', () => {
  const { HUB: hub } = accountsOf(serverConfig(options));
  expect(hub?.exports.every(({ accounts }) => accounts.length === 1)).toBe(true);
  const exported = hub?.exports.map(({ service }) => service) ?? [];
  expect(new Set(exported).size).toBe(exported.length);
  expect(exported.sort()).toEqual(ORGS.flatMap(subjectsOf).sort());
});

it('lets a user act in one mode only', () => {
  const accounts = accountsOf(serverConfig(options));
  for (const org of ORGS) {
    const [actual, exercise] = accounts[`ORG_${org}`]?.users ?? [];
    const of = (user: User | undefined) => [
      ...(user?.permissions.publish.allow ?? []),
      ...(user?.permissions.subscribe.allow ?? []),
    ];
    expect(of(actual).filter((subject) => /exercise/i.test(subject))).toEqual([]);
    expect(of(exercise).filter((subject) => /(?<!key-of-[a-z-]*\.)actual/i.test(subject))).toEqual([]);
    expect(of(actual)).toHaveLength(of(exercise).length);
  }
});

it('gives a force and another organisation exactly this', () => {
  expect(entrancesOf('kent', 'actual')).toMatchInlineSnapshot(`
    [
      {
        "answers": "one",
        "subject": "cmd.actual.kent.*",
      },
      {
        "answers": "one",
        "subject": "ask.actual.kent.*",
      },
      {
        "answers": "one",
        "subject": "actual.capability.kent.*",
      },
      {
        "answers": "one",
        "subject": "actual.home.kent.*",
      },
      {
        "answers": "one",
        "subject": "dead.actual.kent.*.*",
      },
      {
        "answers": "many",
        "subject": "$JS.API.CONSUMER.MSG.NEXT.ASSISTANCE_ACTUAL.ADAPTER_kent",
      },
      {
        "answers": "one",
        "subject": "$JS.ACK.ASSISTANCE_ACTUAL.ADAPTER_kent.>",
      },
      {
        "answers": "one",
        "subject": "$JS.ACK.*.*.ASSISTANCE_ACTUAL.ADAPTER_kent.>",
      },
    ]
  `);
  expect(entrancesOf('npocc', 'exercise')).toMatchInlineSnapshot(`
    [
      {
        "answers": "one",
        "subject": "cmd.exercise.npocc.*",
      },
      {
        "answers": "one",
        "subject": "ask.exercise.npocc.*",
      },
    ]
  `);
  expect(ORGS.filter((org) => !isForce(org) && entrancesOf(org, 'actual').length !== 2)).toEqual([]);
});

it('leaves the ledger room for batches when every stream that forces write is full of open ones', () => {
  const text = serverConfig({ ...options, orgs: [] });
  const limit = (name: string) => Number(new RegExp(`"${name}": (\\d+)`).exec(text)?.[1]);
  const writtenByForces = MODES.length * ['CAPABILITY', 'HOME'].length;
  expect(writtenByForces * limit('max_inflight_per_stream')).toBeLessThan(limit('max_inflight_total'));
});

it('says which key is missing', () => {
  const { 'kent.actual': _, ...others } = KEYS;
  expect(() => serverConfig({ ...options, publicKeys: others })).toThrow(
    'no public key for "kent.actual": make its key with "muster keys generate"',
  );
});

it('writes what a node of a cluster, monitoring and the disk need', () => {
  const text = serverConfig({
    ...options,
    orgs: [],
    monitorPort: 8222,
    cluster: { name: 'hub', port: 6222, routes: ['nats-route://127.0.0.1:6222'] },
  });
  expect(text.slice(0, text.indexOf('accounts:'))).toMatchInlineSnapshot(`
    "# Made from the reference data; change that or the keys, not this file.
    server_name: "hub-1"
    listen: "127.0.0.1:4222"
    http: "127.0.0.1:8222"
    jetstream: {
     "store_dir": "/data",
     "domain": "HUB",
     "sync_interval": "always",
     "limits": {
      "batch": {
       "max_inflight_per_stream": 500,
       "max_inflight_total": 5000
      }
     }
    }
    cluster: {
     "name": "hub",
     "listen": "127.0.0.1:6222",
     "routes": [
      "nats-route://127.0.0.1:6222"
     ]
    }
    system_account: "SYS"
    "
  `);
  expect(serverConfig({ ...options, orgs: [], syncAlways: false })).not.toContain('sync_interval');
});

it('speaks WebSocket on the loopback address only, and only when asked to', () => {
  const text = serverConfig({
    ...options,
    listen: { host: '0.0.0.0', port: 4222 },
    orgs: [],
    webSocketPort: 8443,
  });
  expect(text).toContain('"listen": "127.0.0.1:8443"');
  expect(serverConfig({ ...options, orgs: [] })).not.toContain('websocket');
});
