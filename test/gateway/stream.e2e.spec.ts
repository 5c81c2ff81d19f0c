import { createAppender, resetExercise } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, signIn } from './browser.ts';
import { listen, type Sent } from './events.ts';
import { openSlowly } from './slow.ts';
import { FORCES, help, MODE, offer, type Stack, startStack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  // Signs of life tell how far a stream has come also where nothing passes its filter.
  stack = await startStack({ MUSTER_HEARTBEAT_MS: '1000' }, { alsoModes: ['actual'] });
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
/** An event as the mesh tells it, without HTTP. */
type Told = { seq: number; subject: string; envelope: { type: string; correlationId?: string } };
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

  it('give what is asked for by mode, request, force, region, code and type, and nothing else', async () => {
    const kent = await stack.as('kent-requester');
    const [id, order] = [await history(), newKey('request')];
    const [line] = help().lines;
    const lines = [{ ...line, capabilityCode: 'PO.PSU.L2' }];
    const only = { kind: 'forces', forces: ['surrey'] };
    const asked = await kent.command('request-create', help({ lines, recipients: only }), order);
    expect(asked.status).toBe(200);
    const { seq: last } = (await asked.json()) as { seq: number };
    const national = await stack.as('npocc-national-centre');
    const answer = await national.get(`/v1/${MODE}/events?afterSeq=0&limit=1000`);
    const { events } = (await answer.json()) as { events: Told[] };
    const all = events.filter(({ seq }) => seq <= last);
    expect(all.at(-1)?.seq).toBe(last);

    /** What comes until a sign of life tells that the stream is past all of these. */
    const listed = async (path: string, until = last): Promise<number[]> => {
      await using stream = await listen(national, stack.base, path);
      const isPast = ({ event, id: at }: Sent): boolean => event === 'position' && Number(at) >= until;
      await eventually(() => stream.got.some(isPast), { what: path });
      return stream.seqs().filter((seq) => seq <= last);
    };
    const isOf =
      (...names: string[]) =>
      ({ subject }: Told) =>
        names.some((name) => subject.split('.').includes(name));
    const isOrder = ({ envelope }: Told): boolean => envelope.correlationId === order;
    const isOffer = ({ envelope }: Told): boolean => envelope.type === 'muster.offer.made.v1';
    const some: [string, (one: Told) => boolean][] = [
      [`request=${id}`, ({ envelope }: Told) => envelope.correlationId === id],
      [
        `request=${id}&request=${order}`,
        ({ envelope }: Told) => [id, order].includes(envelope.correlationId ?? ''),
      ],
      ['force=essex', isOf('essex')],
      ['force=surrey&force=essex', isOf('surrey', 'essex')],
      ['region=south-east', isOf('surrey')],
      ['code=PO', isOrder],
      ['code=PO.PSU', isOrder],
      // What belongs to no request has no code.
      ['code=CY', (one: Told) => one.envelope.correlationId !== undefined && !isOrder(one)],
      ['type=muster.offer.made.v1', isOffer],
      ['type=muster.offer.made.v1&region=eastern&code=CY', isOffer],
      [`force=surrey&request=${order}`, (one: Told) => isOrder(one) && isOf('surrey')(one)],
    ];
    const shares = some.map(([query, fits]) => [query, all.filter(fits).length]);
    expect(shares.filter(([, n]) => n === 0 || n === all.length)).toEqual([]);
    const none = ['force=durham', 'region=wales', 'code=AI', 'request=none', 'code=PO&force=essex'].map(
      (query) => [query, () => false] as const,
    );
    // No more at a time than one session may have.
    for (const queries of [some, none]) {
      const due = queries.map(([query, fits]) => [query, all.filter(fits).map(({ seq }) => seq)]);
      const got = queries.map(async ([query]) => [query, await listed(`${PATH}?after=0&${query}`)]);
      expect(await Promise.all(got)).toEqual(due);
    }
    for (const [code, shown, hidden] of [
      ['CY', id, order],
      ['PO', order, id],
    ] as const) {
      await using stream = await listen(national, stack.base, `${PATH}?code=${code}`);
      await eventually(() => stream.got.some(isLive));
      const open = stream.got.filter(({ event }) => event === 'snapshot').map(({ data }) => data);
      expect([code, open.join().includes(shown), open.join().includes(hidden)]).toEqual([code, true, false]);
    }
    expect(await listed('/v1/actual/stream?after=0', 0)).toEqual([]);
    expect(await listed(`${PATH}?after=0`)).toEqual(all.map(({ seq }) => seq));
    for (const wrong of ['region=nowhere', 'force=nobody', 'type=x', 'after=-1', 'colour=red']) {
      expect([wrong, (await national.get(`${PATH}?${wrong}`)).status]).toEqual([wrong, 422]);
    }
    const lost = await national.get(PATH, { 'last-event-id': 'x' });
    expect(await lost.json()).toMatchObject({ code: 'invalid', fields: [{ path: 'last-event-id' }] });
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
