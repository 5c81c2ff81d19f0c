import { type Muster, startMuster } from '@muster/mesh/testing';
import { forEachWay } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './probe.ts';
import { keyOf, nextOf, pull, type Reader } from './pull.ts';

const ORGS = ['kent', 'surrey', 'essex', 'npocc'];

/** Every event of the ledger with who may read it. */
const LEDGER: { subject: string; readers: string[] }[] = [
  { subject: 'actual.request.surrey.R1.submitted._', readers: ['surrey'] },
  { subject: 'actual.request.surrey.R1.notice.kent', readers: ['surrey', 'kent'] },
  { subject: 'actual.request.surrey.R1.notice.essex', readers: ['surrey', 'essex'] },
  { subject: 'actual.request.surrey.R1.offer-made.kent', readers: ['surrey', 'kent'] },
  { subject: 'actual.request.npocc.R2.notice.essex', readers: ['essex'] },
  { subject: 'actual.booking.kent.c1', readers: ['kent'] },
  { subject: 'actual.booking.essex.c1', readers: ['essex'] },
  { subject: 'actual.deployment.kent.D1.opened.surrey', readers: ['kent', 'surrey'] },
  { subject: 'actual.deployment.essex.D2.opened.surrey', readers: ['essex', 'surrey'] },
  { subject: 'actual.claim.kent.C1.made.surrey', readers: ['kent', 'surrey'] },
  { subject: 'actual.policy.kent.delegations.delegation-granted._', readers: ['kent'] },
  { subject: 'actual.policy.essex.delegations.delegation-granted._', readers: ['essex'] },
  // What essex has not approved yet, though it is an answer to a request of surrey.
  { subject: 'actual.offer.essex.O1.prepared._', readers: ['essex'] },
  // A force's name in another place than its own must not open anything.
  { subject: 'actual.request.essex.kent.submitted._', readers: ['essex'] },
  { subject: 'actual.deployment.essex.kent.opened.surrey', readers: ['essex', 'surrey'] },
];

/** Longest wait for an acknowledgement, in milliseconds. */
const ACK_MS = 5_000;

/** Pulls until the server has nothing more; acknowledges each. */
const pullAll = async (reader: Reader, force: string): Promise<string[]> => {
  const seen: string[] = [];
  for (;;) {
    const msg = await pull(reader, force);
    if (!msg) return seen;
    seen.push(msg.subject);
    await reader.nc.request(msg.reply ?? '', '+ACK', { timeout: ACK_MS });
  }
};

await forEachWay(describe, 'reading the ledger', (way) => {
  let muster: Muster;
  beforeAll(async () => {
    muster = await startMuster({ way, orgs: ORGS });
    const broker = await muster.connect('hub-broker');
    for (const { subject } of LEDGER) await broker.nc.request(subject, '{}');
  });
  afterAll(() => muster[Symbol.asyncDispose]());

  it.each(['kent', 'surrey', 'essex'])(
    '%s gets what is addressed to it, once, and nothing else',
    async (force) => {
      const { nc } = await muster.connect(`${force}.actual`);
      const key = keyOf(muster, `${force}.actual`);
      const due = LEDGER.filter(({ readers }) => readers.includes(force)).map(({ subject }) => subject);
      expect(await pullAll({ nc, key }, force)).toEqual(due);
      const info = await muster.admin.jsm.consumers.info('ASSISTANCE_ACTUAL', `ADAPTER_${force}`);
      expect(info).toMatchObject({ num_ack_pending: 0, num_pending: 0 });
    },
  );

  it("is refused through another force's durable and through that of the other mode", async () => {
    const { nc } = await muster.connect('kent.actual');
    expect(await ask(nc, nextOf('surrey'))).toBe('refused');
    expect(await ask(nc, nextOf('kent', 'exercise'))).toBe('refused');
  });

  it('is refused to an organisation that is no force', async () => {
    const { nc } = await muster.connect('npocc.actual');
    expect(await ask(nc, nextOf('npocc'))).toBe('refused');
    expect(await ask(nc, nextOf('kent'))).toBe('refused');
  });

  it('shows nothing to whoever listens', async () => {
    const { nc } = await muster.connect('surrey.actual');
    const broker = await muster.connect('hub-broker');
    const seen: string[] = [];
    const listening = ['actual.>', 'actual.request.surrey.>', '>'].map((subject) =>
      nc.subscribe(subject, { callback: (_, msg) => void seen.push(msg?.subject) }),
    );
    await nc.flush();
    await broker.nc.request('actual.request.surrey.R3.submitted._', '{}');
    await nc.flush();
    expect(listening.map((subscription) => subscription.isClosed())).toEqual([true, true, true]);
    expect(seen.filter((subject) => subject !== undefined)).toEqual([]);
  });

  it('needs a durable that the hub made: a force can neither make, change nor delete one', async () => {
    const { nc } = await muster.connect('kent.actual');
    const wanted = { stream_name: 'ASSISTANCE_ACTUAL', config: { durable_name: 'SPY', ack_policy: 'none' } };
    for (const call of ['CONSUMER.CREATE', 'CONSUMER.DURABLE.CREATE']) {
      const subject = `$JS.API.${call}.ASSISTANCE_ACTUAL.SPY`;
      expect(await ask(nc, subject, JSON.stringify(wanted))).toBe('refused');
    }
    expect(await ask(nc, '$JS.API.CONSUMER.DELETE.ASSISTANCE_ACTUAL.ADAPTER_kent')).toBe('refused');
    const names = await muster.admin.jsm.consumers.list('ASSISTANCE_ACTUAL').next();
    expect(names.map(({ name }) => name).sort()).toEqual([
      'ADAPTER_essex',
      'ADAPTER_kent',
      'ADAPTER_surrey',
      'BROKER_ARM',
    ]);
  });
});
