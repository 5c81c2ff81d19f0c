import { type Command, type Refusal, refuse } from '@muster/contracts';
import { type Server, serveCommands } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startKent, startTestMesh, type TestMesh } from '../testing/kent.ts';
import {
  createTestLedger,
  issued,
  NEED,
  reserved,
  SOON,
  type TestLedger,
  TRACE_ID,
} from '../testing/ledger.ts';
import { tempRoster } from '../testing/roster.ts';

let mesh: TestMesh;
let ledger: TestLedger;
let server: Server;
let sent: Command[] = [];
let acknowledged: Command[] = [];
let traces: string[] = [];
let refusing: (command: Command) => Refusal | undefined = () => undefined;

beforeAll(async () => {
  mesh = await startTestMesh();
  const broker = await mesh.muster.connect('hub-broker');
  ledger = createTestLedger(broker);
  server = serveCommands(broker, 'actual', {
    queue: 'request-broker',
    handle: async (command, { traceparent }) => {
      if (command.name === 'request-acknowledge') acknowledged.push(command);
      else {
        sent.push(command);
        traces.push(traceparent);
      }
      const refusal = command.name === 'request-acknowledge' ? undefined : refusing(command);
      const { commandId } = command.body;
      return refusal
        ? { ok: false, ...refusal, commandId }
        : { ok: true, commandId, seq: 1, repeated: false, events: [] };
    },
  });
});
beforeEach(() => {
  sent = [];
  acknowledged = [];
  traces = [];
  refusing = () => undefined;
});
afterAll(async () => {
  await server.stop();
  await mesh[Symbol.asyncDispose]();
});

const brief = (): unknown[] =>
  sent.map(({ name, org, body }) => [
    name,
    org,
    'quantity' in body ? body.quantity : 'reasonCode' in body ? body.reasonCode : undefined,
  ]);

describe('a force that is asked', () => {
  it('offers by policy what is above its reserve floor, and declines when it has nothing', async () => {
    using roster = tempRoster({ capability_id: 'a-1', quantity: '4', reserve_floor: '1' });
    await using kent = await startKent(mesh.muster, roster.folder);
    await kent.ready;
    await ledger.write('q-1', issued('q-1', 10));
    await eventually(() => sent.length === 1);
    expect(brief()).toEqual([['offer-make', 'kent', 3]]);
    roster.write({ capability_id: 'a-1', quantity: '1', reserve_floor: '1' });
    await eventually(() => mesh.hub.adverts.get('kent/a-1')?.advert.quantity === 1);
    await ledger.write('q-2', issued('q-2', 10));
    await eventually(() => sent.length === 2);
    expect(brief()[1]).toEqual(['offer-decline', 'kent', 'no-capacity']);
    expect(traces).toEqual(Array(2).fill(expect.stringContaining(TRACE_ID)));
  });

  it('sends the same command again, with the same id, until it is answered', async () => {
    using roster = tempRoster({ capability_id: 'a-2' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    refusing = () => (sent.length < 3 ? refuse('contention', 'try again') : undefined);
    await ledger.write('q-3', issued('q-3', 1));
    await eventually(() => kent.health().handled >= 1 && sent.length >= 3);
    expect(new Set(sent.map(({ body }) => body.commandId)).size).toBe(1);
    expect(sent).toHaveLength(3);
  });

  it('declines the line when the hub says that the capability cannot help', async () => {
    using roster = tempRoster({ capability_id: 'a-3' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    refusing = ({ name }) => (name === 'offer-make' ? refuse('no-capacity', 'all is booked') : undefined);
    await ledger.write('q-4', issued('q-4', 1));
    await eventually(() => sent.length === 2);
    expect(brief()).toEqual([
      ['offer-make', 'kent', 1],
      ['offer-decline', 'kent', 'no-capacity'],
    ]);
  });

  it('declines a line that is full, so that it does not end as one that was silent', async () => {
    using roster = tempRoster({ capability_id: 'a-6' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    refusing = ({ name }) => (name === 'offer-make' ? refuse('line-full', 'needs no more') : undefined);
    await ledger.write('q-7', issued('q-7', 1));
    await eventually(() => sent.length === 2);
    expect(sent[1]).toMatchObject({
      name: 'offer-decline',
      body: { lineIds: ['l-1'], reasonCode: 'other', remarks: 'needs no more' },
    });
  });

  it('leaves the answer to a person where that is the policy', async () => {
    using roster = tempRoster({ capability_id: 'a-4' });
    await using kent = await startKent(mesh.muster, roster.folder, { answer: 'person', withdrawShareMax: 1 });
    await kent.ready;
    const before = kent.health().handled;
    await ledger.write('q-5', issued('q-5', 1));
    await eventually(() => kent.health().handled > before);
    expect(sent).toEqual([]);
  });

  it('says that it has the request on its desk, before it is answered and also where people answer', async () => {
    using roster = tempRoster({ capability_id: 'a-7' });
    await using kent = await startKent(mesh.muster, roster.folder, { answer: 'person', withdrawShareMax: 1 });
    await kent.ready;
    await ledger.write('q-8', issued('q-8', 1));
    await eventually(() => acknowledged.length === 1);
    expect(acknowledged[0]).toMatchObject({ org: 'kent', body: { requestId: 'q-8' } });
  });
});

describe('units that are released', () => {
  const of = (deploymentId: string) => ({ donor: 'kent', deploymentId, host: 'essex' });
  const release = (deploymentId: string) =>
    ({
      type: 'muster.resource.released.v1',
      data: {
        ...of(deploymentId),
        releasedAt: NEED.from,
        reasonCode: 'request-cancelled',
        to: 'origin',
      },
    }) as const;

  it('are reported home at once if they had not set out, and by people if they had', async () => {
    using roster = tempRoster({ capability_id: 'a-5' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    const status = (deploymentId: string, status: 'MOBILISING' | 'EN_ROUTE') =>
      ({
        type: 'muster.deployment.status.v1',
        data: { ...of(deploymentId), status, at: NEED.from },
      }) as const;
    const before = kent.health().handled;
    await ledger.write('q-6', status('d-1', 'MOBILISING'), release('d-1'));
    await ledger.write('q-6', status('d-2', 'EN_ROUTE'), release('d-2'));
    await eventually(() => kent.health().handled === before + 4);
    expect(sent.map(({ name, body }) => [name, 'deploymentId' in body && body.deploymentId])).toEqual([
      ['deployment-return', 'd-1'],
    ]);
    expect(traces).toEqual([expect.stringContaining(TRACE_ID)]);
  });
});

describe('a force that is asked to leave its units for longer', () => {
  const asks = (deploymentId: string, newEnd: string, extensionId = 'ext-1') => ({
    type: 'muster.extension.requested.v1' as const,
    data: {
      ...{ donor: 'kent', deploymentId, host: 'essex', extensionId },
      ...{ end: NEED.to, newEnd, reason: 'Not done yet', answerBy: SOON() },
    },
  });

  it('says yes by policy once its ledger has the units committed and the time, and leaves long stays to people', async () => {
    using roster = tempRoster({ capability_id: 'a-9', available_to: '2036-01-01 00:00' });
    await using kent = await startKent(mesh.muster, roster.folder, { withdrawShareMax: 1 });
    await kent.ready;
    await ledger.book('a-9', reserved('b-9', 1));
    await ledger.book('a-9', { kind: 'confirmed', bookingId: 'b-9', token: 1, homeVersion: 1 });
    await ledger.write('r-1', asks('b-9', '2030-01-04T08:00:00.000Z'));
    await eventually(() => sent.length === 1);
    expect(sent[0]).toMatchObject({
      name: 'extension-answer',
      org: 'kent',
      body: { deploymentId: 'b-9', extensionId: 'ext-1', answer: 'accept', actor: { role: 'adapter' } },
    });
    const handled = kent.health().handled;
    await ledger.write('r-1', asks('b-9', '2030-06-01T08:00:00.000Z', 'ext-2'));
    await eventually(() => kent.health().handled > handled);
    expect(sent).toHaveLength(1);
  });
});
