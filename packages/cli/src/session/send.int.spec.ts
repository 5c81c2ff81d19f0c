import { setTimeout as pauseFor } from 'node:timers/promises';
import type { CommandBody, CommandReply } from '@muster/contracts';
import { createCaller, type Mesh, type Server, serveCommands } from '@muster/mesh';
import { type Muster, startMuster } from '@muster/mesh/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { CliError, EXIT } from '../errors.ts';
import { send, TRIES_MAX } from './send.ts';

let muster: Muster;
let hub: Mesh;
let kent: Mesh;
let server: Server | undefined;
/** Command ids in the order in which they reached the service. */
let received: string[] = [];
/** Their traces. */
let traces: string[] = [];
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

beforeAll(async () => {
  muster = await startMuster({ orgs: ['kent'], modes: ['exercise'] });
  hub = await muster.connect('hub-broker');
  kent = await muster.connect('kent.exercise');
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
afterAll(async () => {
  await muster?.[Symbol.asyncDispose]();
});

const body: CommandBody<'request-cancel'> = {
  commandId: 'c-1',
  actor: { role: 'requester', id: 'duty-desk' },
  classification: 'OFFICIAL',
  requestId: 'r-1',
  reasonCode: 'resolved',
  reason: 'over',
};

const stored: CommandReply = { ok: true, commandId: 'c-1', seq: 7, repeated: true, events: [] };
const refused = (code: 'unavailable' | 'request-ended'): CommandReply => ({
  ok: false,
  refused: code,
  because: 'as the test has it',
});

/** A service that answers as the script says, one entry a try; it is silent for `silence`. */
const serve = async (script: readonly (CommandReply | 'silence')[]): Promise<void> => {
  received = [];
  traces = [];
  server = serveCommands(hub, 'exercise', {
    queue: 'request-broker',
    handle: (command, { traceparent }) => {
      traces.push(traceparent);
      const answer = script[received.length];
      received.push(command.body.commandId);
      if (answer === 'silence' || answer === undefined) throw new Error('the script leaves it unanswered');
      return Promise.resolve(answer);
    },
  });
  // The broker knows of the subscription before the first command is sent.
  await hub.nc.flush();
};

const sendAs = (timeoutMs: number) =>
  send(
    {
      caller: createCaller(kent),
      mode: 'exercise',
      org: 'kent',
      traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01`,
      timeoutMs,
      now: () => performance.now(),
      pause: (ms) => pauseFor(ms),
    },
    'request-cancel',
    body,
  );

const faultOf = async (timeoutMs: number) => {
  try {
    await sendAs(timeoutMs);
  } catch (error) {
    if (error instanceof CliError) return error.fault;
    throw error;
  }
  throw new Error('it was stored');
};

it('sends the same command again when no answer comes, and gives what was stored', async () => {
  await serve(['silence', 'silence', stored]);
  expect(await sendAs(5_000)).toMatchObject({ seq: 7, repeated: true });
  expect(received).toEqual(['c-1', 'c-1', 'c-1']);
  expect(traces).toEqual(Array(3).fill(expect.stringContaining(TRACE_ID)));
});

it('ends as unknown, with the id to send again, when no try is answered', async () => {
  await serve([]);
  expect(await faultOf(1_000)).toMatchObject({
    exit: EXIT.unknown,
    code: 'unknown',
    commandId: 'c-1',
    remedy: expect.stringContaining('--command-id c-1'),
  });
  expect(received.length).toBeGreaterThan(1);
});

it('stays unknown when after a silent try the service only says that it is busy', async () => {
  await serve([
    'silence',
    refused('unavailable'),
    refused('unavailable'),
    refused('unavailable'),
    refused('unavailable'),
  ]);
  expect(await faultOf(4_000)).toMatchObject({ exit: EXIT.unknown });
});

it('tries again when the service is busy, a bounded number of times', async () => {
  await serve(Array.from({ length: 20 }, () => refused('unavailable')));
  expect(await faultOf(5_000)).toMatchObject({ exit: EXIT.refused, code: 'unavailable' });
  expect(received).toHaveLength(TRIES_MAX);
});

it('does not try again what is refused for good', async () => {
  await serve([refused('request-ended'), stored]);
  expect(await faultOf(5_000)).toMatchObject({ exit: EXIT.refused, code: 'request-ended' });
  expect(received).toHaveLength(1);
});

it('says that no service answers when there is none, for nothing was sent', async () => {
  expect(await faultOf(1_000)).toMatchObject({ exit: EXIT.unreachable, code: 'no-service' });
});
