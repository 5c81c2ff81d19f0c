import { bookingSubject } from '@muster/contracts';
import { createAppender, createCaller, type Mesh, serveCommands } from '@muster/mesh';
import { headers as natsHeaders } from '@nats-io/nats-core';
import { baselineHeaders, bookingChanged } from './events.ts';
import { type Comparison, compare, timed } from './measure.ts';

const MODE = 'exercise' as const;
const COMMANDS = 1_000;

const body = (commandId: string) => ({
  commandId,
  actor: { role: 'requester' as const, id: 'duty-desk' },
  classification: 'OFFICIAL' as const,
  requestId: 'bench-request-0001',
  reasonCode: 'resolved' as const,
  reason: 'the bench takes it back',
});

type Side = { call: (commandId: string) => Promise<void>; close: () => Promise<void> };

/** Raw request/reply and the raw append that it makes, with the same JSON and headers. */
const rawSide = (client: Mesh, server: Mesh): Side => {
  const subject = 'bench.command';
  const subscription = server.nc.subscribe(subject, {
    callback: (_error, message) => {
      const { commandId } = message.json<{ commandId: string }>();
      const headers = natsHeaders();
      for (const [key, value] of baselineHeaders(commandId, 1)) headers.set(key, value);
      const capabilityId = `cmd-${commandId}`;
      void server.js
        .publish(
          bookingSubject(MODE, 'kent', capabilityId),
          JSON.stringify(bookingChanged(capabilityId, 1).data),
          {
            msgID: `hub.${commandId}.1`,
            expect: { lastSubjectSequence: 0 },
            headers,
          },
        )
        .then((ack) => message.respond(JSON.stringify({ ok: true, commandId, seq: ack.seq })));
    },
  });
  return {
    call: async (commandId) => {
      const reply = await client.nc.request(subject, JSON.stringify(body(commandId)), { timeout: 5_000 });
      if (!reply.json<{ ok: boolean }>().ok) throw new Error(reply.string());
    },
    close: async () => subscription.unsubscribe(),
  };
};

/** The same through `command`, `serveCommands` and `append`, with a handler that decides nothing. */
const ourSide = (client: Mesh, server: Mesh): Side => {
  const appender = createAppender(server);
  const caller = createCaller(client);
  const serving = serveCommands(server, MODE, {
    queue: 'bench',
    handle: async ({ body: { commandId } }, { traceparent }) => {
      const capabilityId = `cmd-${commandId}`;
      const outcome = await appender.append({
        mode: MODE,
        stream: 'ASSISTANCE',
        writer: {
          org: 'hub',
          commandId,
          source: '/muster/hub/bench',
          actor: 'hub/broker/bench',
          time: '2026-11-22T21:00:00.000Z',
          classification: 'OFFICIAL',
          correlationId: 'bench-request-0001',
          traceparent,
        },
        events: [bookingChanged(capabilityId, 1)],
        expect: [{ aggregate: { kind: 'booking', owner: 'kent', id: capabilityId }, lastSeq: 0 }],
      });
      if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
      return { ok: true, commandId, seq: outcome.seq, repeated: false, events: [] };
    },
  });
  return {
    call: async (commandId) => {
      const outcome = await caller.command(MODE, 'kent', 'request-cancel', body(commandId));
      if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
    },
    close: () => serving.stop(),
  };
};

/**
 * A command from request to stored answer. The bar is on time: at most 1.3 times the raw round trip, which
 * is a rate of at least 1 ÷ 1.3.
 */
export const benchCommand = async (client: Mesh, server: Mesh): Promise<Comparison> => {
  const raw = rawSide(client, server);
  const ours = ourSide(client, server);
  const run = (side: Side, prefix: string) =>
    timed(COMMANDS, async () => {
      for (let n = 0; n < COMMANDS; n += 1) await side.call(`${prefix}-${n}`);
    });
  const result = await compare(
    'command, from request to stored answer',
    1 / 1.3,
    (round) => run(raw, `raw-${round}`),
    (round) => run(ours, `own-${round}`),
  );
  await raw.close();
  await ours.close();
  return result;
};
