import { createAppender, resetExercise } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, signIn } from './browser.ts';
import { listen, type Sent } from './events.ts';
import { openSlowly } from './slow.ts';
import { FORCES, help, MODE, offer, type Stack, startStack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.[Symbol.asyncDispose]());

const PATH = `/v1/${MODE}/stream`;

const entitled = async (person: string): Promise<number[]> => {
  const answer = await (await stack.as(person)).get(`/v1/${MODE}/events?afterSeq=0&limit=1000`);
  const { events } = (await answer.json()) as { events: { seq: number }[] };
  return events.map(({ seq }) => seq);
};

const GRANTS = `${PATH}?snapshot=none&type=muster.delegation.granted.v1`;
/** Events of one append, and how many appends are more than the buffers of a connection hold. */
const GRANTS_AT_ONCE = 50;
const APPENDS_MAX = 200;

/** Appends events that kent may see, each of the greatest length; their places in the ledger. */
const granting = async (): Promise<() => Promise<number[]>> => {
  const appender = createAppender(await stack.world.connectAs('hub-broker'));
  let lastSeq = 0;
  return async () => {
    const commandId = newKey('grants');
    const outcome = await appender.append({
      mode: MODE,
      stream: 'ASSISTANCE',
      writer: {
        ...{ org: 'kent', commandId, source: '/muster/hub/test', actor: 'kent/approver/chief' },
        ...{ time: new Date().toISOString(), classification: 'OFFICIAL' },
      },
      events: Array.from({ length: GRANTS_AT_ONCE }, (_, n) => ({
        type: 'muster.delegation.granted.v1',
        data: {
          ...{ org: 'kent', policyId: 'delegations', delegationId: `${commandId}-${n}`, post: 'gold' },
          ...{ role: 'approver', scope: { codes: ['CY'], maxQuantity: 1, emergencies: false } },
          ...{ validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-01-02T00:00:00.000Z' },
          ...{ grantedBy: 'chief', reason: 'x'.repeat(1_000) },
        },
      })),
      expect: [{ aggregate: { kind: 'policy', owner: 'kent', id: 'delegations' }, lastSeq }],
    });
    if (outcome.kind !== 'stored') throw new Error(`not stored: ${JSON.stringify(outcome)}`);
    lastSeq = outcome.seq;
    return Array.from({ length: GRANTS_AT_ONCE }, (_, n) => lastSeq - GRANTS_AT_ONCE + 1 + n);
  };
};

const seqsOf = (sent: readonly Sent[]): number[] =>
  sent.filter(({ event }) => event === 'message').map(({ id }) => Number(id));
const isLive = ({ event }: Sent): boolean => event === 'live';

/** A request of kent that essex and surrey are asked for, with an offer of essex. */
const history = async (): Promise<string> => {
  const id = newKey('request');
  const created = await (await stack.as('kent-requester')).command('request-create', help(), id);
  const offered = await (await stack.as('essex-donor-desk')).command('offer-make', offer(id));
  if (!created.ok || !offered.ok) throw new Error(`not stored: ${created.status}, ${offered.status}`);
  return id;
};

describe('event streams', () => {
  it('begin with what is open, and go on with every event after it', async () => {
    const before = await history();
    const kent = await stack.as('kent-requester');
    await using stream = await listen(kent, stack.base, PATH);
    await eventually(() => stream.got.some(isLive));
    const shown = stream.got.filter(({ event }) => event === 'snapshot').map(({ data }) => data);
    expect(shown.some((data) => data.includes(before))).toBe(true);
    const from = Number(stream.got.find(isLive)?.id);

    await history();
    const due = (await entitled('kent-requester')).filter((seq) => seq > from);
    expect(due.length).toBeGreaterThan(3);
    await eventually(() => stream.seqs().length >= due.length);
    expect(stream.seqs()).toEqual(due);
    const [first] = stream.got.filter(({ event }) => event === 'message');
    expect(JSON.parse(first?.data ?? '')).toMatchObject({
      specversion: '1.0',
      sequence: first?.id,
      data: {},
    });
  });

  it('give everyone what the broker lets them see, and nothing else', async () => {
    await history();
    for (const person of [
      'kent-requester',
      'essex-donor-desk',
      'surrey-donor-desk',
      'npocc-national-centre',
    ]) {
      const due = await entitled(person);
      await using stream = await listen(await stack.as(person), stack.base, `${PATH}?after=0`);
      await eventually(() => stream.seqs().length >= due.length, { what: person });
      expect([person, stream.seqs()]).toEqual([person, due]);
    }
    expect((await entitled('surrey-donor-desk')).length).toBeLessThan(
      (await entitled('kent-requester')).length,
    );
  });

  it('go on after a cut from the last event that was seen, without a gap and without a repeat', async () => {
    const kent = await stack.as('kent-requester');
    const all: number[] = [];
    let last = '0';
    for (let n = 0; n < 4; n += 1) {
      await history();
      const due = (await entitled('kent-requester')).at(-1) ?? 0;
      await using stream = await listen(kent, stack.base, PATH, last === '0' ? undefined : last);
      if (last === '0') {
        await eventually(() => stream.got.some(isLive));
        last = stream.got.find(isLive)?.id ?? '';
        all.push(...(await entitled('kent-requester')).filter((seq) => seq <= Number(last)));
      } else {
        await eventually(() => stream.seqs().includes(due));
        all.push(...stream.seqs());
        last = String(stream.seqs().at(-1));
      }
    }
    expect(all).toEqual((await entitled('kent-requester')).filter((seq) => seq <= Number(last)));
  });

  it('give what is asked for by request, force, region, code and type', async () => {
    const id = await history();
    const national = await stack.as('npocc-national-centre');
    const listed = async (query: string): Promise<{ seqs: number[]; data: string[] }> => {
      await using stream = await listen(national, stack.base, `${PATH}?after=0&${query}`);
      await (await stack.as('kent-requester')).command('request-create', help(), newKey('request'));
      await eventually(() => stream.got.length > 0, { deadlineMs: 1_000 }).catch(() => undefined);
      return { seqs: stream.seqs(), data: stream.got.map(({ data }) => data) };
    };
    const ofRequest = await listed(`request=${id}`);
    expect(ofRequest.data.length).toBeGreaterThan(2);
    expect(ofRequest.data.every((data) => data.includes(id))).toBe(true);
    expect(
      (await listed('type=muster.offer.made.v1')).data.every((data) => data.includes('offer.made')),
    ).toBe(true);
    expect((await listed('force=durham')).seqs).toEqual([]);
    expect((await listed('region=wales')).seqs).toEqual([]);
    expect((await listed('code=PO')).seqs).toEqual([]);
    expect((await listed('code=CY&region=south-east')).seqs.length).toBeGreaterThan(2);
    for (const wrong of ['region=nowhere', 'force=nobody', 'type=x', 'after=-1', 'colour=red']) {
      expect([wrong, (await national.get(`${PATH}?${wrong}`)).status]).toEqual([wrong, 422]);
    }
  });

  it('tell who comes from another life of the stream to begin anew', async () => {
    const kent = await stack.as('kent-requester');
    await using stream = await listen(kent, stack.base, PATH, '99999999');
    await stream.closed;
    expect(stream.got.at(-1)).toMatchObject({ event: 'reset', id: '' });
  });

  it('end when the session ends', async () => {
    const person = await signIn(stack.base, MODE, 'kent-auditor');
    await using stream = await listen(person, stack.base, PATH);
    await eventually(() => stream.got.some(isLive));
    await person.post('/auth/logout');
    await stream.closed;
    expect(stream.got.at(-1)?.event).toBe('end');
  });

  it('are as many for one session as it needs, and no more', async () => {
    const person = await signIn(stack.base, MODE, 'essex-auditor');
    const open = await Promise.all(Array.from({ length: 16 }, () => listen(person, stack.base, PATH)));
    expect((await person.get(PATH)).status).toBe(429);
    await Promise.all(open.map((stream) => stream[Symbol.asyncDispose]()));
    const again = await eventually(() => listen(person, stack.base, PATH).catch(() => undefined));
    await again[Symbol.asyncDispose]();
  });

  it('let go of who reads too slowly, who then goes on without a gap and without a repeat', async () => {
    const kent = await stack.as('kent-requester');
    const grant = await granting();
    await using quick = await listen(kent, stack.base, GRANTS);
    const slow = await openSlowly(kent, stack.base, GRANTS);
    const written: number[] = [];
    const write = async (): Promise<void> => {
      written.push(...(await grant()));
      await eventually(() => quick.seqs().length >= written.length, { what: 'others get it at once' });
    };
    for (let n = 0; (await stack.gateway.health()).readersLetGo === 0; n += 1) {
      expect(n).toBeLessThan(APPENDS_MAX);
      await write();
    }
    // Nothing more is kept for the reader from here on.
    await write();
    const told = await slow.readOn();
    expect(told.at(-1)).toMatchObject({ event: 'resume', data: expect.stringContaining('too slow') });
    const first = seqsOf(told);
    expect(first).toEqual(written.slice(0, first.length));
    expect(first.length).toBeLessThan(written.length);

    await using rest = await listen(kent, stack.base, GRANTS, String(first.at(-1)));
    await eventually(() => rest.seqs().length >= written.length - first.length);
    expect([...first, ...rest.seqs()]).toEqual(written);
    expect(quick.seqs()).toEqual(written);
    expect((await stack.gateway.health()).readersLetGo).toBe(1);
  });

  it('end when the exercise begins anew, and then tell of the new one alone', async () => {
    const before = await history();
    const kent = await stack.as('kent-requester');
    await using stream = await listen(kent, stack.base, PATH);
    await eventually(() => stream.got.some(isLive));
    const position = stream.got.find(isLive)?.id;
    const { epoch: old } = JSON.parse(stream.got.find(isLive)?.data ?? '');

    const { epoch } = await resetExercise(stack.world.admin, { forces: FORCES });
    await stream.closed;
    // The empty id makes a browser forget where it was.
    const reset = stream.got.find(({ event }) => event === 'reset');
    expect([reset?.id, JSON.parse(reset?.data ?? '')]).toEqual(['', { epoch }]);
    expect(stream.got.slice(stream.got.indexOf(reset as Sent) + 1).map(({ event }) => event)).toEqual([
      'resume',
    ]);

    // Adverts take until the adapter's next look, so nobody offers anything yet.
    const ask = async (): Promise<string> => {
      const id = newKey('request');
      const { ok, status } = await kent.command('request-create', help(), id);
      if (!ok) throw new Error(`not stored: ${status}`);
      return id;
    };
    const again = { deadlineMs: 30_000, everyMs: 250, what: 'the services have begun anew' };
    const after = await eventually(ask, again);
    await using fresh = await listen(kent, stack.base, PATH);
    await eventually(() => fresh.got.some(isLive));
    expect(JSON.parse(fresh.got.find(isLive)?.data ?? '')).toMatchObject({ epoch });
    const from = Number(fresh.got.find(isLive)?.id);
    const next = await ask();
    await eventually(() => fresh.got.some(({ event, data }) => event === 'message' && data.includes(next)));
    expect(fresh.seqs().every((seq) => seq > from)).toBe(true);
    const shown = fresh.got.map(({ data }) => data).join();
    expect([shown.includes(after), shown.includes(before)]).toEqual([true, false]);

    // Who was away meanwhile and says in which life of the streams, is not led on into another.
    for (const [last, life] of [
      [position, old],
      ['1', old],
    ] as const) {
      await using late = await listen(kent, stack.base, `${PATH}?epoch=${encodeURIComponent(life)}`, last);
      await late.closed;
      expect(late.got).toMatchObject([{ event: 'reset', id: '', data: JSON.stringify({ epoch }) }]);
    }
  });

  it('tell their readers that the gateway stops, and let them go', async () => {
    await using stream = await listen(await stack.as('kent-requester'), stack.base, PATH);
    await eventually(() => stream.got.some(isLive));
    expect(await stack.gateway.stop()).toBe(0);
    await stream.closed;
    expect(stream.got.some(({ event }) => event === 'end')).toBe(true);
  });
});
