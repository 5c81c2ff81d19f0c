import { type Aggregate, aggregateKey, aggregateOf, type Command, isRefusal } from '@muster/contracts';
import { decide } from '@muster/domain';
import { createAppender, type Mesh } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { openView } from '../view.ts';

const HOUR_MS = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** What stands for the broker: commands are decided by the domain and stored under guard, one after another. */
export type Lending = AsyncDisposable & {
  /** Kent asks these forces for two cyber officers. */
  ask(requestId: string, forces: readonly string[]): Promise<void>;
  /** A force says that it cannot help. */
  decline(requestId: string, force: string): Promise<void>;
};

export const openLending = async (mesh: Mesh): Promise<Lending> => {
  const view = openView(mesh, 'exercise', () => undefined);
  await view.ready;
  const appender = createAppender(mesh);
  const seqs = new Map<string, number>();

  const send = async (command: Command): Promise<void> => {
    const now = new Date().toISOString();
    const decision = decide(command, view.ledger.view, now);
    if (isRefusal(decision)) throw new Error(decision.because);
    const written = decision.events.map(aggregateOf);
    const all = new Map<string, Aggregate>(
      [...written, ...(decision.alsoGuard ?? [])].map((aggregate) => [aggregateKey(aggregate), aggregate]),
    );
    const { commandId, actor } = command.body;
    const outcome = await appender.append({
      ...{ mode: 'exercise', stream: 'ASSISTANCE', events: decision.events },
      writer: {
        ...{ org: command.org, commandId, time: now, classification: 'OFFICIAL' },
        source: '/muster/hub/request-broker',
        actor: `${command.org}/${actor.role}/${actor.id}`,
      },
      expect: [...all].map(([key, aggregate]) => ({ aggregate, lastSeq: seqs.get(key) ?? 0 })),
    });
    if (outcome.kind !== 'stored') throw new Error(JSON.stringify(outcome));
    for (const [at, aggregate] of written.entries()) {
      seqs.set(aggregateKey(aggregate), outcome.seq - written.length + 1 + at);
    }
    await eventually(() => view.ledger.result(command.org, commandId) !== undefined);
  };

  return {
    ask: (requestId, forces) =>
      send({
        name: 'request-create',
        org: 'kent',
        body: {
          ...{ commandId: requestId, classification: 'OFFICIAL' },
          actor: { role: 'requester', id: 'duty-desk' },
          lines: [
            {
              ...{ lineId: 'a', capabilityCode: 'CY.FCCU', quantity: 2, minimumQuantity: 1 },
              ...{ from: inHours(2), to: inHours(8), accreditations: [] },
              reportTo: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
            },
          ],
          terms: {
            ...{ urgency: 'IMMEDIATE', threatCategory: 'CYBER', legalBasis: 'PA96-S24' },
            ...{
              costCategory: 'SPECIALIST_STAFF',
              specialDemandReason: 'ransomware',
              contactDesk: 'duty desk',
            },
          },
          recipients: { kind: 'forces', forces: [...forces] },
          answerBy: inHours(1),
        },
      } as Command),
    decline: (requestId, force) =>
      send({
        name: 'offer-decline',
        org: force,
        body: {
          ...{ commandId: `no-${requestId}`, classification: 'OFFICIAL', host: 'kent', requestId },
          ...{ lineIds: ['a'], reasonCode: 'own-demand', actor: { role: 'donor-desk', id: 'resources' } },
        },
      } as Command),
    [Symbol.asyncDispose]: () => view.stop(),
  };
};
