import { type Letter, listDead, project, showDead, work } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { headers as newHeaders } from '@nats-io/nats-core';
import { describe, expect, it } from 'vitest';
import { EVENT_CASES, goodEvent, type WireEvent } from './events.cases.ts';
import { DURABLE, LEDGER, startWire, type Wire } from './link.ts';

const put = async (wire: Wire, event: WireEvent): Promise<void> => {
  const headers = newHeaders();
  for (const [name, value] of Object.entries(event.headers)) headers.set(name, value);
  await wire.js.publish(event.subject, event.body, { headers });
};

/** Every bad event between two good ones. */
const fill = async (wire: Wire): Promise<string[]> => {
  const good: string[] = [];
  for (const [index, { event }] of EVENT_CASES.entries()) {
    await put(wire, goodEvent(`good-${index}`));
    await put(wire, event);
    good.push(`good-${index}`);
  }
  await put(wire, goodEvent('last'));
  return [...good, 'last'];
};

describe('events at fault on the wire', () => {
  it('become dead letters with their bytes and the reason, and every good one is handled in order', async () => {
    await using wire = await startWire();
    const good = await fill(wire);
    const handled: string[] = [];
    const worker = work(wire, {
      stream: LEDGER,
      durable: DURABLE,
      mode: 'actual',
      owner: 'kent',
      service: 'corpus',
      handle: async (message) => {
        const decoded = message.decode();
        if (!decoded.ok) return { do: 'dead', reason: 'bad-event', because: decoded.because };
        if ('capabilityId' in decoded.stored.event.data) handled.push(decoded.stored.event.data.capabilityId);
        return { do: 'ack' };
      },
    });
    await eventually(() => worker.handled() === good.length + EVENT_CASES.length, { deadlineMs: 20_000 });
    await worker.stop();
    expect(handled).toEqual(good);

    const letters = await listDead(wire, { owner: 'kent', reason: 'bad-event' satisfies Letter['reason'] });
    expect(letters).toHaveLength(EVENT_CASES.length);
    for (const [index, { name, event, says }] of EVENT_CASES.entries()) {
      const letter = letters[index];
      for (const part of says) expect(letter?.because, name).toContain(part);
      const detail = await showDead(wire, letter?.seq ?? 0);
      expect(Buffer.compare(detail?.body ?? new Uint8Array(), event.body), name).toBe(0);
    }
  });

  it('are skipped by a projection, which says why and applies all the others', async () => {
    await using wire = await startWire();
    const good = await fill(wire);
    const applied: string[] = [];
    const skipped: string[] = [];
    const projection = project(wire, {
      stream: LEDGER,
      dense: true,
      apply: ({ event }) => {
        if ('capabilityId' in event.data) applied.push(event.data.capabilityId);
      },
      skip: ({ because }) => skipped.push(because),
      alarm: (alarm) => skipped.push(`alarm ${alarm.kind}`),
      reset: () => skipped.push('reset'),
    });
    await projection.caughtUp;
    await projection.stop();
    expect(applied).toEqual(good);
    expect(skipped).toHaveLength(EVENT_CASES.length);
    for (const [index, { name, says }] of EVENT_CASES.entries()) {
      for (const part of says) expect(skipped[index], name).toContain(part);
    }
  });
});
