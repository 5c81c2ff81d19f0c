import { systemClock } from '@muster/mesh';
import { type Broker, startBroker } from '@muster/testkit';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { pino } from 'pino';

/** A broker of its own with a ledger stream, a durable on it, and a stream of dead letters. */
export const startWire = async () => {
  const broker: Broker = await startBroker();
  const nc = await connect({ servers: broker.url });
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  await jsm.streams.add({ name: LEDGER, subjects: ['actual.request.>', 'actual.booking.>'] });
  await jsm.streams.add({ name: 'DEADLETTER', subjects: ['dead.>'] });
  await jsm.consumers.add(LEDGER, {
    durable_name: DURABLE,
    ack_policy: 'explicit',
    ack_wait: 30_000_000_000,
  });
  return {
    nc,
    js: jetstream(nc),
    jsm,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    [Symbol.asyncDispose]: async () => {
      await nc.close();
      await broker[Symbol.asyncDispose]();
    },
  };
};

export type Wire = Awaited<ReturnType<typeof startWire>>;
export const LEDGER = 'ASSISTANCE_ACTUAL';
export const DURABLE = 'ADAPTER_kent';
