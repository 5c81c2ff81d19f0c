import { eventId, isRefusal, type MusterEvent, subjectOf } from '@muster/contracts';
import { createLedger, decide, type Ledger, type LedgerCommand } from '@muster/domain';
import { surgeOf } from './surge.ts';

/** The moment at which a surge begins: a Monday morning. */
const START_MS = Date.parse('2026-12-07T08:00:00.000Z');
export const NOW = new Date(START_MS).toISOString();
/** Capabilities of which one command opens the bookings. */
const GENESIS_BATCH = 500;

/** A surge as the broker's projection holds it. A request for what nobody lends is not made, as in real life. */
export const ledgerOf = (seed: number): Ledger => {
  const ledger = createLedger();
  let seq = 0;
  const put = (event: MusterEvent, id: string): void => {
    seq += 1;
    const [, commandId = id] = id.split('.');
    const envelope = {
      ...{ id, source: '/muster/bench', type: event.type, time: NOW, commandId },
      ...{ actor: 'hub/broker/bench', classification: 'OFFICIAL' as const },
    };
    ledger.apply({ seq, subject: subjectOf('exercise', event), envelope, event });
  };
  const run = (command: LedgerCommand, org: string, commandId: string): void => {
    const decision = decide(command, ledger.view, NOW);
    if (isRefusal(decision)) return;
    for (const [n, event] of decision.events.entries()) put(event, eventId({ org, commandId, n: n + 1 }));
  };
  const { adverts, requests } = surgeOf(seed, START_MS);
  for (const data of adverts) {
    put({ type: 'muster.capability.advertised.v1', data }, `${data.force}.${data.capabilityId}.1`);
  }
  for (let from = 0; from < adverts.length; from += GENESIS_BATCH) {
    const capabilities = adverts
      .slice(from, from + GENESIS_BATCH)
      .map(({ force: donor, capabilityId }) => ({ donor, capabilityId }));
    run({ name: 'open-bookings', capabilities }, 'hub', `genesis-${from}`);
  }
  for (const { host, body } of requests)
    run({ name: 'request-create', org: host, body }, host, body.commandId);
  return ledger;
};
