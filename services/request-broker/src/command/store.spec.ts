import type { Aggregate } from '@muster/contracts';
import { createLedger, type Ledger } from '@muster/domain';
import type { AppendRequest, StoredEvent } from '@muster/mesh';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { type StoreOptions, store } from './store.ts';

const SEQ = 7;
const KNOWN: Aggregate = { kind: 'booking', owner: 'essex', id: 'fccu-1' };
const UNKNOWN: Aggregate = { kind: 'booking', owner: 'essex', id: 'fccu-2' };

const opened: StoredEvent = {
  seq: SEQ,
  subject: 'exercise.booking.essex.fccu-1',
  storedAt: Date.parse('2026-12-07T08:00:00.000Z'),
  envelope: {
    id: 'hub.open-1.1',
    source: '/muster/hub/request-broker',
    type: 'muster.booking.opened.v1',
    time: '2026-12-07T08:00:00.000Z',
    commandId: 'open-1',
    actor: 'hub/broker/request-broker',
    classification: 'OFFICIAL',
  },
  event: {
    type: 'muster.booking.opened.v1',
    data: { donor: 'essex', capabilityId: 'fccu-1', bookingVersion: 0 },
  },
};

/** A replica that has read the genesis of one capability, and what it asks the server to store. */
const replica = (change: Partial<Ledger> = {}) => {
  const ledger = createLedger();
  ledger.apply(opened);
  const asked: AppendRequest[] = [];
  const options = {
    mode: 'exercise',
    views: {
      ledger: { ...ledger, ...change },
      assistance: { projection: { seq: () => SEQ, waitFor: async () => true } },
    },
    appender: {
      append: async (request: AppendRequest) => {
        asked.push(request);
        return { kind: 'stored', seq: SEQ + 1, ids: [] };
      },
    },
    log: pino({ level: 'silent' }),
    fault: () => undefined,
    random: () => 0,
  };
  const append = (...aggregates: Aggregate[]) =>
    store(
      options as unknown as StoreOptions,
      { events: [], aggregates, writer: {} as never, version: 1 },
      () => undefined,
    );
  return { append, asked };
};

describe('what a write expects of a capability', () => {
  it('is the last sequence that was read of one that is known, and nothing of one that is not', async () => {
    const { append, asked } = replica();
    expect(await append(KNOWN, UNKNOWN)).toMatchObject({ kind: 'end', outcome: { kind: 'stored' } });
    expect(asked.map(({ expect: of }) => of)).toEqual([
      [
        { aggregate: KNOWN, lastSeq: SEQ },
        { aggregate: UNKNOWN, lastSeq: 0 },
      ],
    ]);
  });

  it('is never nothing of one that is known: the write fails before anything is sent', async () => {
    const { append, asked } = replica({ lastSeq: () => 0 });
    await expect(append(KNOWN)).rejects.toThrow('booking.essex.fccu-1 is known but has no sequence');
    expect(asked).toEqual([]);
  });
});
