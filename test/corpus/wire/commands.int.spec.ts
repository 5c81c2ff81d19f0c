import type { Command } from '@muster/contracts';
import { serveCommands } from '@muster/mesh';
import { describe, expect, it } from 'vitest';
import { COMMAND_CASES, GOOD_OFFER } from './commands.cases.ts';
import { startWire } from './link.ts';

describe('commands at fault on the wire', () => {
  it('are refused with every field at fault before anything is done, and good ones go through', async () => {
    await using wire = await startWire();
    const done: Command[] = [];
    const server = serveCommands(wire, 'actual', {
      queue: 'corpus',
      handle: async (command) => {
        done.push(command);
        return { ok: true, commandId: command.body.commandId, seq: 1, repeated: false, events: [] };
      },
    });
    const ask = async (subject: string, body: Uint8Array): Promise<string> =>
      (await wire.nc.request(subject, body, { timeout: 5_000 })).string();

    for (const { name, subject, body, says } of COMMAND_CASES) {
      const reply = await ask(subject, body);
      expect(JSON.parse(reply), name).toMatchObject({ ok: false, refused: 'invalid' });
      for (const part of says) expect(reply, name).toContain(part);
    }
    expect(done).toEqual([]);

    const good = await ask(
      'cmd.actual.kent.offer-make',
      new TextEncoder().encode(JSON.stringify(GOOD_OFFER)),
    );
    expect(JSON.parse(good)).toMatchObject({ ok: true, commandId: 'offer-1' });
    expect(done.map(({ name, org }) => [name, org])).toEqual([['offer-make', 'kent']]);
    await server.stop();
  });

  it('are ignored when the answer would go to a subject of the ledger', async () => {
    await using wire = await startWire();
    const done: string[] = [];
    const server = serveCommands(wire, 'actual', {
      queue: 'corpus',
      handle: async (command) => {
        done.push(command.name);
        return { ok: true, commandId: command.body.commandId, seq: 1, repeated: false, events: [] };
      },
    });
    const reply = 'actual.booking.kent.cy-fccu-1';
    wire.nc.publish('cmd.actual.kent.offer-make', JSON.stringify(GOOD_OFFER), { reply });
    await wire.nc.request('cmd.actual.kent.offer-make', JSON.stringify(GOOD_OFFER));
    expect(done).toEqual(['offer-make']);
    expect(server.forged()).toBe(1);
    expect((await wire.jsm.streams.info('ASSISTANCE_ACTUAL')).state.messages).toBe(0);
    await server.stop();
  });
});
