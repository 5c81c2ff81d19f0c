import type { MusterEvent } from '@muster/contracts';
import type { InternalCommand, Ledger } from '@muster/domain';
import type { Logger } from 'pino';
import type { Internal } from '../command/internal.ts';
import type { Outcome } from '../command/outcome.ts';
import { GENESIS_BATCH_MAX, WORK_RETRY_MS } from '../limits.ts';

type Capability = { donor: string; capabilityId: string };

/** Sees to it that every advertised capability has its genesis record, and that a smaller advert is noticed. */
export type AdvertKeeper = {
  /** Takes note of an advert; the work is done later, in batches. */
  note(event: MusterEvent): void;
  start(): void;
  stop(): Promise<void>;
};

export type AdvertOptions = { ledger: Ledger; internal: Internal; log: Logger };

/**
 * The capability to look at after an event: an advert may have become smaller, and a reservation may rest
 * on an advert that another replica had not yet seen replaced.
 */
const capabilityOf = (event: MusterEvent): Capability | undefined => {
  switch (event.type) {
    case 'muster.capability.advertised.v1':
    case 'muster.capability.withdrawn.v1':
      return { donor: event.data.force, capabilityId: event.data.capabilityId };
    case 'muster.booking.changed.v1':
      return { donor: event.data.donor, capabilityId: event.data.capabilityId };
    default:
      return undefined;
  }
};

/** True when trying again may help. */
const isOpenEnded = (outcome: Outcome): boolean =>
  outcome.kind === 'unknown' ||
  (outcome.kind === 'refused' && ['contention', 'unavailable'].includes(outcome.refusal.refused));

export const keepAdverts = (o: AdvertOptions): AdvertKeeper => {
  const noted = new Map<string, Capability>();
  let running = false;
  let stopped = true;
  let busy: Promise<void> = Promise.resolve();

  const isOpen = (row: Capability): boolean =>
    o.ledger.view.bookings(row.donor, row.capabilityId) !== undefined;

  const run = async (command: InternalCommand): Promise<boolean> => {
    if (!o.internal.hasEffect(command)) return true;
    const outcome = await o.internal.run(command);
    if (outcome.kind === 'refused') o.log.warn({ command, ...outcome.refusal }, 'an advert was not taken up');
    return !isOpenEnded(outcome);
  };

  /** Returns whether all of it is done. */
  const take = async (rows: readonly Capability[]): Promise<boolean> => {
    const fresh = rows.filter((row) => !isOpen(row));
    let done = fresh.length === 0 || (await run({ name: 'open-bookings', capabilities: fresh }));
    for (const row of rows) {
      // Nothing can be short on a capability that had no genesis a moment ago.
      if (!fresh.includes(row)) done = (await run({ name: 'check-shortfall', ...row })) && done;
    }
    return done;
  };

  const round = async (): Promise<void> => {
    const rows = [...noted.entries()].slice(0, GENESIS_BATCH_MAX);
    for (const [key] of rows) noted.delete(key);
    if (await take(rows.map(([, row]) => row))) return;
    for (const [key, row] of rows) if (!noted.has(key)) noted.set(key, row);
    await new Promise((resolve) => setTimeout(resolve, WORK_RETRY_MS));
  };

  const drain = async (): Promise<void> => {
    while (!stopped && noted.size > 0) {
      await round().catch((error: unknown) => o.log.error({ err: error }, 'adverts could not be taken up'));
    }
    running = false;
  };

  const wake = (): void => {
    if (running || stopped) return;
    running = true;
    // In a turn of its own, so that adverts that come together are taken up together.
    busy = new Promise((resolve) => setImmediate(() => resolve(drain())));
  };

  return {
    note(event) {
      const capability = capabilityOf(event);
      if (!capability) return;
      noted.set(`${capability.donor}.${capability.capabilityId}`, capability);
      wake();
    },
    start() {
      stopped = false;
      wake();
    },
    async stop() {
      stopped = true;
      await busy;
    },
  };
};
