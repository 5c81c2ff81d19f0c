import { chmodSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CapabilityAdvertised } from '@muster/contracts';
import { adapterDurable, bury, createAppender, work } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, runHere } from './testing/cli.ts';
import { type Service, startService } from './testing/mesh.ts';

const DAY_MS = 86_400_000;

let muster: Muster;
let registry: Service | undefined;
let data: string;

const advert = (change: Partial<CapabilityAdvertised> = {}): CapabilityAdvertised => ({
  force: 'kent',
  capabilityId: 'cy-fccu-1',
  revision: 1,
  code: 'CY.FCCU',
  kind: 'pool',
  quantity: 4,
  quantityUnit: 'officers',
  base: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
  noticeMinutes: 240,
  windows: [{ from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }],
  releasableTo: { kind: 'national' },
  accreditations: [{ scheme: 'FSR-CODE' }],
  reserveFloor: 1,
  minRestMinutes: 660,
  status: 'available',
  expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
  ...change,
});

const advertise = async (...adverts: CapabilityAdvertised[]): Promise<void> => {
  const appender = createAppender(await muster.connect('kent.actual'));
  for (const [n, data] of adverts.entries()) {
    const writer = {
      org: 'kent',
      commandId: `advert-${n}`,
      source: '/muster/test',
      actor: 'kent/adapter/test',
      time: new Date().toISOString(),
      classification: 'OFFICIAL',
    } as const;
    const event = { type: 'muster.capability.advertised.v1', data } as const;
    expect(await appender.publishState('actual', event, writer, 3_600)).toMatchObject({ kind: 'stored' });
  }
};

/** As a process of its own, as people start it. */
const spawned = (...args: string[]) => runCli([...args, '--data', data]);
const cli = (...args: string[]) => runHere([...args, '--data', data]);

beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent', 'essex', 'npocc'] });
  data = mkdtempSync(join(tmpdir(), 'muster-cli-'));
  writeFileSync(join(data, 'mesh.json'), JSON.stringify({ url: muster.url, keysDir: muster.keysDir }));
  await advertise(advert(), advert({ capabilityId: 'dmi', code: 'DF.DMI', kind: 'unit', quantity: 1 }));
  registry = await startService(muster, 'capability-registry');
});

afterAll(async () => {
  await registry?.stop();
  await muster?.[Symbol.asyncDispose]();
});

describe('muster capability', () => {
  it('lists for people as a table without colour codes', async () => {
    const ran = await spawned('capability', 'list', '--as', 'essex', '--code', 'CY');
    expect(ran).toMatchObject({ exit: 0, err: '' });
    expect(ran.out).toBe(
      [
        'force  capability  code     kind  free  of  unit      notice   base       status',
        'kent   cy-fccu-1   CY.FCCU  pool     4   4  officers  240 min  Maidstone  available',
        '1 capability',
        '',
      ].join('\n'),
    );
  });

  it('lists for machines as JSON', async () => {
    const ran = await cli(
      'capability',
      'list',
      '--as',
      'essex',
      '--near',
      'essex',
      '--within',
      '200',
      '--json',
    );
    expect(ran.json()).toMatchObject({ items: [{ force: 'kent', free: 4 }, { capabilityId: 'dmi' }] });
  });

  it('reads all pages, or as many rows as are wanted', async () => {
    const ran = await cli('capability', 'list', '--as', 'essex', '--limit', '1', '--json');
    expect(ran.json()).toMatchObject({ items: [{ capabilityId: 'cy-fccu-1' }] });
  });

  it('shows one with its calendar; one that is not there is not found', async () => {
    const shown = await cli('capability', 'show', 'kent', 'cy-fccu-1', '--as', 'essex');
    expect(shown.out).toContain('4 officers, 4 free now');
    expect(shown.out).toContain('Nothing of it is taken.');
    const missing = await spawned('capability', 'show', 'kent', 'nothing', '--as', 'essex', '--json');
    expect(missing).toMatchObject({ exit: 4, out: '' });
    expect(missing.json()).toMatchObject({ error: { code: 'not-found' } });
  });

  it('says which field is at fault, as the mesh tells it', async () => {
    const ran = await cli('capability', 'list', '--as', 'essex', '--code', 'SU.UC');
    expect(ran.exit).toBe(3);
    expect(ran.err).toContain('code: "SU.UC" is no capability code');
  });
});

describe('muster cover', () => {
  it('sums by code and region', async () => {
    const ran = await cli('cover', '--as', 'npocc', '--json');
    expect(ran.json()).toMatchObject({
      rows: [
        { code: 'CY.FCCU', region: 'eastern', advertised: 4, free: 4 },
        { code: 'DF.DMI', region: 'eastern', advertised: 1, free: 1 },
      ],
    });
  });
});

describe('muster request', () => {
  it('names every field at fault of a bad file, and sends nothing', async () => {
    const file = join(data, 'request.yaml');
    writeFileSync(
      file,
      'lines:\n  - { code: XX, quantity: 0, from: soon, to: +3d }\nterms: { urgency: NOW }\n',
    );
    const ran = await cli('request', 'create', '--as', 'kent', '--file', file);
    expect(ran.exit).toBe(2);
    for (const path of [
      'lines[0].code',
      'lines[0].quantity',
      'lines[0].from',
      'terms.urgency',
      'terms.threatCategory',
      'terms.specialDemandReason',
      'terms.contactDesk',
    ]) {
      expect(ran.err).toContain(`\n  ${path}: `);
    }
  });

  it('reads a file from the standard input', async () => {
    const args = ['request', 'create', '--as', 'kent', '--file', '-', '--data', data];
    const ran = await runCli(args, {}, '{"lines": "none"');
    expect(ran.exit).toBe(2);
    expect(ran.err).toContain('neither YAML nor JSON');
  });

  it('ends with 5 when no broker service answers', async () => {
    const ran = await cli('request', 'list', '--as', 'kent');
    expect(ran.exit).toBe(5);
    expect(ran.err).toContain('muster doctor');
  });
});

describe('muster with credentials that do not do', () => {
  it('ends with 5 for an organisation without a key', async () => {
    const ran = await cli('cover', '--as', 'durham');
    expect(ran.exit).toBe(5);
    expect(ran.err).toContain('durham.actual.nk does not exist');
  });

  it('ends with 5 for a key that the broker does not know', async () => {
    const keys = join(mkdtempSync(join(tmpdir(), 'muster-cli-')), 'keys');
    const made = await cli('keys', 'generate', 'kent.actual', '--keys', keys);
    expect(made).toMatchObject({ exit: 0, err: '' });
    expect(made.out).toContain('kent.actual');
    expect(statSync(join(keys, 'kent.actual.nk')).mode & 0o777).toBe(0o600);
    const ran = await cli('cover', '--as', 'kent', '--keys', keys);
    expect(ran.exit).toBe(5);
    expect(ran.err).toContain('refused');
  });

  it('ends with 5 for a key that others can read', async () => {
    const keys = join(mkdtempSync(join(tmpdir(), 'muster-cli-')), 'keys');
    await cli('keys', 'generate', 'kent.actual', '--keys', keys);
    chmodSync(join(keys, 'kent.actual.nk'), 0o644);
    const ran = await cli('cover', '--as', 'kent', '--keys', keys);
    expect(ran.exit).toBe(5);
    expect(ran.err).toContain('chmod 600');
  });
});

describe('muster in an exercise', () => {
  it('acts with the exercise key, and does not reach the services of the actual mode', async () => {
    const ran = await cli('cover', '--as', 'kent', '--mode', 'exercise');
    expect(ran.exit).toBe(5);
    expect(ran.err).toContain('No service answers cover');
  });
});

describe('muster keys', () => {
  it('keeps what there is, and replaces what is named', async () => {
    const keys = join(mkdtempSync(join(tmpdir(), 'muster-cli-')), 'keys');
    const first = await cli('keys', 'generate', '--keys', keys, '--json');
    expect(first.json()).toMatchObject({ made: expect.arrayContaining(['hub-admin', 'kent.exercise']) });
    const again = await cli('keys', 'generate', '--keys', keys, '--json');
    expect(again.json()).toMatchObject({ made: [], kept: expect.arrayContaining(['hub-admin']) });
    const rotated = await cli('keys', 'rotate', 'kent.actual', '--keys', keys, '--json');
    expect(rotated.json()).toMatchObject({ rotated: ['kent.actual'], made: [], kept: [] });
    expect(readdirSync(keys)).toContain('kent.actual.nk');
  });
});

describe('muster streams', () => {
  it('plans what is missing or differs, and applies it', async () => {
    const { jsm } = muster.admin;
    await jsm.consumers.delete('HOME_ACTUAL', 'BROKER_HOME');
    const plan = await cli('streams', 'plan', '--mode', 'actual', '--json');
    expect(plan.json()).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({
          do: 'create-durable',
          durable: expect.objectContaining({ name: 'BROKER_HOME' }),
        }),
      ]),
    });
    const applied = await cli('streams', 'apply', '--mode', 'actual');
    expect(applied.exit).toBe(0);
    expect(applied.out).toContain('durable BROKER_HOME of HOME_ACTUAL');
    const after = await cli('streams', 'plan', '--mode', 'actual');
    expect(after).toMatchObject({ exit: 0, out: 'Everything is as it should be.\n' });
  });
});

describe('muster dead', () => {
  it('lists, shows and tells what cannot be replayed', async () => {
    const kent = await muster.connect('kent.actual');
    const body = Buffer.from('kent,cy-fccu-1,not a number');
    await bury(kent, {
      mode: 'actual',
      owner: 'kent',
      service: 'force-adapter',
      reason: 'bad-row',
      because: 'row 3',
      body,
    });
    const list = await cli('dead', 'list', '--owner', 'kent', '--json');
    expect(list.json()).toMatchObject({ items: [{ owner: 'kent', reason: 'bad-row', because: 'row 3' }] });
    const { items } = list.json() as { items: { seq: number }[] };
    const shown = await cli('dead', 'show', String(items[0]?.seq));
    expect(shown.out).toContain('\n\n  kent,cy-fccu-1,not a number\n');
    const replayed = await cli('dead', 'replay', String(items[0]?.seq));
    expect(replayed.exit).toBe(3);
    expect(replayed.err).toContain('Mend it where it came from');
    expect(await cli('dead', 'show', '999999')).toMatchObject({ exit: 4 });
  });

  it('tells of what the server gave up, with the message where its stream still has it', async () => {
    const stream = 'CAPABILITY_ACTUAL';
    await muster.admin.jsm.consumers.add(stream, { durable_name: 'GIVES_UP', ack_policy: 'explicit' });
    const durable = await muster.admin.js.consumers.get(stream, 'GIVES_UP');
    (await durable.next())?.term('no use');
    await muster.admin.jsm.consumers.delete(stream, 'GIVES_UP');
    const [letter] = await eventually(async () => {
      const list = await cli('dead', 'list', '--reason', 'terminated', '--json');
      const { items } = list.json() as { items: { seq: number }[] };
      return items.length > 0 ? items : undefined;
    });
    const list = await cli('dead', 'list');
    expect(list.out).toContain('its consumer ended it, and no service kept it: no use');
    const shown = await cli('dead', 'show', String(letter?.seq));
    expect(shown.out).toContain('actual.capability.kent.');
    expect(shown.out).toContain('\n    "force": "kent",\n');
    const replayed = await cli('dead', 'replay', String(letter?.seq));
    expect(replayed).toMatchObject({
      exit: 3,
      err: expect.stringContaining('no durable of a service of ours'),
    });
  });
});

describe('muster dead replay', () => {
  it('hands a letter to its service until that can do it, and then takes it off the list', async () => {
    let isMended = false;
    const worker = work(await muster.connect('kent.actual'), {
      stream: 'ASSISTANCE_ACTUAL',
      durable: adapterDurable('kent'),
      mode: 'actual',
      owner: 'kent',
      service: 'force-adapter',
      handle: async () =>
        isMended ? { do: 'ack' } : { do: 'dead', reason: 'bad-event', because: 'no such capability' },
    });
    await muster.admin.nc.request('actual.booking.kent.cy-fccu-1', '{}');
    const listed = async (...flags: string[]) => {
      const ran = await cli('dead', 'list', '--reason', 'bad-event', '--json', ...flags);
      return (ran.json() as { items: { seq: number; replayedAt?: string }[] }).items;
    };
    const [letter] = await eventually(async () => {
      const items = await listed();
      return items.length > 0 ? items : undefined;
    });
    const replay = () => cli('dead', 'replay', String(letter?.seq));
    expect(await replay()).toMatchObject({ exit: 3, err: expect.stringContaining('no such capability') });
    expect(await listed()).toHaveLength(1);
    isMended = true;
    expect(await replay()).toMatchObject({ exit: 0, out: expect.stringContaining('has been handled') });
    expect(await listed()).toEqual([]);
    expect(await listed('--replayed')).toMatchObject([{ seq: letter?.seq, replayedAt: expect.any(String) }]);
    await worker.stop();
    expect(await replay()).toMatchObject({ exit: 5, err: expect.stringContaining('Start the service') });
  });
});

describe('muster doctor', () => {
  it('says what is well and what is not, with a remedy', async () => {
    const ran = await spawned('doctor', '--as', 'kent', '--json');
    const { checks } = JSON.parse(ran.out);
    expect(
      Object.fromEntries(checks.map((one: { check: string; state: string }) => [one.check, one.state])),
    ).toEqual({
      'Node.js': 'ok',
      broker: 'ok',
      'broker version': 'ok',
      credentials: 'ok',
      'capability-registry': 'ok',
      'request-broker': 'fault',
      clock: 'ok',
      streams: 'ok',
      'dead letters': 'warning',
    });
    expect(ran.exit).toBe(5);
    expect(ran.out).toContain('Start the services');
  });

  it('looks as the administrator when nobody is named, and asks for a name where that key is not', async () => {
    const hub = await cli('doctor', '--json');
    const { checks } = JSON.parse(hub.out);
    expect(checks).toContainEqual({ check: 'credentials', state: 'ok', found: 'hub-admin' });
    expect(checks).toContainEqual({ check: 'capability-registry', state: 'ok', found: 'answers' });
    const keys = mkdtempSync(join(tmpdir(), 'muster-keys-'));
    const force = await cli('doctor', '--keys', keys);
    expect(force.exit).toBe(2);
    expect(force.err).toContain('Say for whom you act');
  });

  it('says when there is no broker at all', async () => {
    const ran = await cli('doctor', '--as', 'kent', '--url', 'nats://127.0.0.1:1');
    expect(ran.exit).toBe(5);
    expect(ran.out).toContain('unreachable');
  });
});
