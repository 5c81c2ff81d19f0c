import { type Command, type CommandReply, commandSubject, refuse } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { envelopeFor } from '../append/messages.ts';
import { createCaller } from '../call/call.ts';
import type { Mesh } from '../connect/connect.ts';
import type { MessageContext } from '../context.ts';
import { cancelled, writer } from '../fixture/events.ts';
import { keepLines } from '../fixture/log.ts';
import { type Muster, startMuster } from '../testing/mod.ts';
import { type AskHandlers, serveAsks } from './asks.ts';
import { serveCommands } from './commands.ts';
import type { Server } from './loop.ts';

let muster: Muster;
let hub: Mesh;
let kent: Mesh;
const servers: Server[] = [];

beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent', 'essex', 'npocc'], modes: ['actual'] });
  hub = await muster.connect('hub-broker');
  kent = await muster.connect('kent.actual');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
afterAll(async () => muster[Symbol.asyncDispose]());

const SENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CONTINUED = /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/;

const actor = { role: 'requester', id: 'desk-1' } as const;
const cancelBody = (commandId: string) =>
  ({ commandId, actor, requestId: 'r1', reasonCode: 'other', reason: 'over' }) as const;

const stored = (commandId: string): CommandReply => ({
  ok: true,
  commandId,
  seq: 7,
  repeated: false,
  events: [{ id: `kent.${commandId}.1`, type: 'muster.request.cancelled.v1', subject: 's' }],
});

const serve = async (
  handle: (command: Command, context: MessageContext) => Promise<CommandReply | undefined>,
  inFlightMax?: number,
) => {
  const server = serveCommands(hub, 'actual', {
    queue: 'request-broker',
    handle,
    ...(inFlightMax ? { inFlightMax } : {}),
  });
  servers.push(server);
  await server.ready;
  return server;
};

const answer = async (handlers: AskHandlers, log = hub.log) => {
  const server = serveAsks({ nc: hub.nc, log }, 'actual', { service: 'request-broker', handlers });
  servers.push(server);
  await server.ready;
};

describe('a command', () => {
  it('reaches the broker with the organisation of its account, and brings its answer back', async () => {
    const seen: Command[] = [];
    await serve(async (command) => {
      seen.push(command);
      return stored(command.body.commandId);
    });
    const outcome = await createCaller(kent).command('actual', 'kent', 'request-cancel', cancelBody('c1'));
    expect(outcome).toEqual({ kind: 'stored', reply: stored('c1') });
    expect(seen).toEqual([
      { name: 'request-cancel', org: 'kent', body: { ...cancelBody('c1'), classification: 'OFFICIAL' } },
    ]);
  });

  it('goes on with the trace of its sender', async () => {
    const traces: string[] = [];
    await serve(async ({ body }, { traceparent }) => {
      traces.push(traceparent);
      return stored(body.commandId);
    });
    const caller = createCaller(kent);
    await caller.command('actual', 'kent', 'request-cancel', cancelBody('t1'), { traceparent: SENT });
    await caller.command('actual', 'kent', 'request-cancel', cancelBody('t2'));
    expect(traces[0]).toMatch(CONTINUED);
    expect(traces[1]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('has a logger that names it, its sender and its trace, also when its handler fails', async () => {
    const { log, lines } = keepLines();
    const traces: string[] = [];
    const server = serveCommands({ nc: hub.nc, log }, 'actual', {
      queue: 'request-broker',
      handle: async (_, context) => {
        traces.push(context.traceparent);
        context.log.info('in hand');
        throw new Error('broken');
      },
    });
    servers.push(server);
    await server.ready;
    await createCaller(kent).command('actual', 'kent', 'request-cancel', cancelBody('l1'), {
      traceparent: SENT,
      deadlineMs: 100,
    });
    const [traceparent] = traces;
    expect(traceparent).toMatch(CONTINUED);
    const names = {
      service: 'request-broker',
      mode: 'actual',
      org: 'kent',
      command: 'request-cancel',
      commandId: 'l1',
      traceparent,
    };
    expect(lines).toMatchObject([
      { msg: 'in hand', ...names },
      { msg: 'request failed and is left unanswered', ...names, err: { message: 'broken' } },
    ]);
  });

  it('is refused with every field at fault', async () => {
    await serve(async ({ body }) => stored(body.commandId));
    const bad = { ...cancelBody('bad'), requestId: 'a b', reason: '' };
    const outcome = await createCaller(kent).command('actual', 'kent', 'request-cancel', bad);
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { refused: 'invalid' } });
    const fields = outcome.kind === 'refused' ? outcome.refusal.fields : undefined;
    expect(fields?.map(({ path }) => path)).toEqual(['requestId', 'reason']);
  });

  it('is refused when it is unknown, not JSON or too large', async () => {
    await serve(async ({ body }) => stored(body.commandId));
    const send = async (name: string, body: string): Promise<unknown> =>
      (await kent.nc.request(commandSubject('actual', 'kent', name), body, { timeout: 5_000 })).json();
    expect(await send('no-such', '{}')).toMatchObject({
      ok: false,
      refused: 'invalid',
      because: expect.stringContaining('no-such'),
    });
    expect(await send('request-cancel', '{')).toMatchObject({
      ok: false,
      because: expect.stringContaining('not JSON'),
    });
    expect(await send('request-cancel', 'x'.repeat(262_145))).toMatchObject({
      ok: false,
      because: expect.stringContaining('over the limit'),
    });
  });

  it('brings the refusal of the broker back as a value', async () => {
    await serve(async ({ body }) => ({
      ok: false,
      ...refuse('not-found', 'no such request'),
      commandId: body.commandId,
    }));
    const outcome = await createCaller(kent).command('actual', 'kent', 'request-cancel', cancelBody('n1'));
    expect(outcome).toEqual({
      kind: 'refused',
      refusal: { refused: 'not-found', because: 'no such request' },
    });
  });

  it('fails at once when nothing serves it', async () => {
    const outcome = await createCaller(kent).command('actual', 'kent', 'request-cancel', cancelBody('n2'), {
      deadlineMs: 60_000,
    });
    expect(outcome).toMatchObject({ kind: 'no-service' });
  });

  it('cannot be sent in the name of another organisation', async () => {
    await serve(async ({ body }) => stored(body.commandId));
    const outcome = await createCaller(kent).command('actual', 'essex', 'request-cancel', cancelBody('n3'), {
      deadlineMs: 60_000,
    });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { refused: 'not-permitted' } });
  });

  it('is left unknown when the handler does not know, fails or gives nonsense', async () => {
    const outcomes: unknown[] = [];
    for (const handle of [
      async () => undefined,
      async () => Promise.reject(new Error('broken')),
      async () => ({ ok: true }) as unknown as CommandReply,
    ]) {
      const server = await serve(handle);
      outcomes.push(
        await createCaller(kent).command('actual', 'kent', 'request-cancel', cancelBody('u1'), {
          deadlineMs: 100,
        }),
      );
      await server.stop();
    }
    expect(outcomes.map((outcome) => (outcome as { kind: string }).kind)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('is refused when too many are in work, and can be sent again', async () => {
    const gate = Promise.withResolvers<void>();
    const server = await serve(async ({ body }) => {
      await gate.promise;
      return stored(body.commandId);
    }, 2);
    const caller = createCaller(kent);
    const first = ['a', 'b'].map((id) => caller.command('actual', 'kent', 'request-cancel', cancelBody(id)));
    await eventually(() => server.inFlight() === 2);
    const third = await caller.command('actual', 'kent', 'request-cancel', cancelBody('c'));
    expect(third).toMatchObject({ kind: 'refused', refusal: { refused: 'unavailable' } });
    gate.resolve();
    expect((await Promise.all(first)).map(({ kind }) => kind)).toEqual(['stored', 'stored']);
  });

  it('that is in work when the server stops is still answered, and the next one finds nobody', async () => {
    const gate = Promise.withResolvers<void>();
    const server = await serve(async ({ body }) => {
      await gate.promise;
      return stored(body.commandId);
    });
    const caller = createCaller(kent);
    const first = caller.command('actual', 'kent', 'request-cancel', cancelBody('s1'));
    await eventually(() => server.inFlight() === 1);
    const stopped = server.stop();
    await eventually(async () => {
      const outcome = await caller.command('actual', 'kent', 'request-cancel', cancelBody('s2'), {
        deadlineMs: 200,
      });
      return outcome.kind === 'no-service';
    });
    gate.resolve();
    await stopped;
    expect(await first).toMatchObject({ kind: 'stored' });
  });
});

describe('a forged reply subject', () => {
  it('is ignored before anything is done, whatever subject it names', async () => {
    const seen: string[] = [];
    const server = await serve(async ({ org, body }) => {
      seen.push(org);
      return stored(body.commandId);
    });
    const { admin } = muster;
    const body = JSON.stringify(cancelBody('f1'));
    const subject = commandSubject('actual', 'kent', 'request-cancel');
    // Only inside the hub's account can a reply subject be chosen at all; there it must not help either.
    for (const reply of [
      'actual.booking.kent.c1',
      'cmd.actual.essex.request-cancel',
      '$JS.API.STREAM.DELETE.HOME_ACTUAL',
    ]) {
      admin.nc.publish(subject, body, { reply });
    }
    admin.nc.publish(subject, body);
    await eventually(() => server.forged() === 4);
    expect(seen).toEqual([]);
    const outcome = await createCaller(admin).command('actual', 'kent', 'request-cancel', cancelBody('f2'));
    expect(outcome).toMatchObject({ kind: 'stored' });
  });

  it('from an account is replaced by the server, so the answer goes back to the sender alone', async () => {
    await serve(async ({ body }) => stored(body.commandId));
    const before = (await muster.admin.jsm.streams.info('ASSISTANCE_ACTUAL')).state.last_seq;
    kent.nc.publish(commandSubject('actual', 'kent', 'request-cancel'), JSON.stringify(cancelBody('g1')), {
      reply: 'actual.booking.kent.c1',
    });
    const follow = await createCaller(kent).command('actual', 'kent', 'request-cancel', cancelBody('g2'));
    expect(follow).toMatchObject({ kind: 'stored' });
    expect((await muster.admin.jsm.streams.info('ASSISTANCE_ACTUAL')).state.last_seq).toBe(before);
  });
});

describe('a query', () => {
  it('goes on with the trace of its sender, or starts one, and has a logger that names both', async () => {
    const { log, lines } = keepLines();
    const traces: string[] = [];
    await answer(
      {
        'request-list': (_query, context) => {
          traces.push(context.traceparent, context.traceparent);
          context.log.info('in hand');
          return { items: [] };
        },
        'request-show': () => Promise.reject(new Error('broken')),
      },
      log,
    );
    const caller = createCaller(kent);
    await caller.ask('actual', 'kent', 'request-list', {}, { traceparent: SENT });
    await caller.ask('actual', 'kent', 'request-list', {});
    const broken = { host: 'kent', requestId: 'r1' };
    await caller.ask('actual', 'kent', 'request-show', broken, { traceparent: SENT, deadlineMs: 100 });
    const [first, same, other] = traces;
    expect(first).toMatch(CONTINUED);
    expect(same).toBe(first);
    expect(other).toMatch(/^00-(?!4bf92f3577b34da6a3ce929d0e0e4736)[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    const names = { service: 'request-broker', mode: 'actual', org: 'kent' };
    expect(lines).toMatchObject([
      { msg: 'in hand', ...names, ask: 'request-list', traceparent: first },
      { msg: 'in hand', ...names, ask: 'request-list', traceparent: other },
      {
        msg: 'request failed and is left unanswered',
        ...names,
        ask: 'request-show',
        traceparent: expect.stringMatching(CONTINUED),
      },
    ]);
  });

  it('is answered with its defaults filled in, for the organisation of its account', async () => {
    await answer({
      'request-list': async (query, { org }) => {
        expect(query).toEqual({ limit: 100 });
        return { items: [], cursor: org };
      },
      'request-show': () => refuse('not-found', 'no such request'),
    });
    const caller = createCaller(kent);
    expect(await caller.ask('actual', 'kent', 'request-list', {})).toEqual({
      kind: 'answer',
      answer: { items: [], cursor: 'kent' },
    });
    expect(await caller.ask('actual', 'kent', 'request-show', { host: 'kent', requestId: 'r1' })).toEqual({
      kind: 'refused',
      refusal: { refused: 'not-found', because: 'no such request' },
    });
    expect(await caller.ask('actual', 'kent', 'request-list', { limit: 0 })).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'invalid', fields: [{ path: 'limit' }] },
    });
    expect(await caller.ask('actual', 'kent', 'cover', {})).toMatchObject({ kind: 'no-service' });
  });

  it('whose answer is too large is refused, not lost', async () => {
    await answer({
      events: () => ({
        events: [
          {
            seq: 1,
            subject: 's',
            envelope: envelopeFor(writer('c'), cancelled('r1'), 1),
            data: 'x'.repeat(1_100_000),
          },
        ],
        lastSeq: 1,
        epoch: 'first',
      }),
    });
    const outcome = await createCaller(kent).ask('actual', 'kent', 'events', { afterSeq: 0 });
    expect(outcome).toMatchObject({
      kind: 'refused',
      refusal: { because: expect.stringContaining('fewer rows') },
    });
  });

  it('with a wait gets that much longer', async () => {
    await answer({
      events: async ({ waitMs }) => {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        return { events: [], lastSeq: 0, epoch: 'first' };
      },
    });
    const outcome = await createCaller(kent).ask(
      'actual',
      'kent',
      'events',
      { afterSeq: 0, waitMs: 600 },
      { deadlineMs: 400 },
    );
    expect(outcome).toMatchObject({ kind: 'answer' });
  });
});
