import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers';
import { eventually } from '../eventually.ts';
import { freePort } from '../ports.ts';
import { greets } from './probe.ts';
import { waitForReload } from './reload.ts';
import {
  BROKER_DEADLINE_MS,
  type Broker,
  type BrokerOptions,
  type ConfigText,
  LOOPBACK,
  plainConfig,
} from './types.ts';

/** Image of the broker unless MUSTER_NATS_IMAGE names another. */
export const NATS_IMAGE_DEFAULT = 'nats:2.15-alpine';

export const natsImage = (): string => process.env.MUSTER_NATS_IMAGE ?? NATS_IMAGE_DEFAULT;

const CLIENT_PORT = 4222;
const CONFIG_FILE = '/muster-nats.conf';

/** Binds to loopback only; the library by itself would bind to every interface. */
class LoopbackContainer extends GenericContainer {
  bindTo(port: number): this {
    this.withExposedPorts({ container: CLIENT_PORT, host: port });
    this.hostConfig.PortBindings = {
      [`${CLIENT_PORT}/tcp`]: [{ HostIp: LOOPBACK, HostPort: String(port) }],
    };
    return this;
  }
}

const configFor = (config: ConfigText): string =>
  config({ host: '0.0.0.0', port: CLIENT_PORT, storeDir: '/muster-store' });

const create = (port: number, config: ConfigText) =>
  new LoopbackContainer(natsImage())
    .bindTo(port)
    .withCopyContentToContainer([{ content: configFor(config), target: CONFIG_FILE }])
    .withCommand(['-c', CONFIG_FILE])
    .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
    .withStartupTimeout(BROKER_DEADLINE_MS)
    .start();

/** A nats-server in a container, its client port on loopback only. */
export const startContainerBroker = async (options: BrokerOptions = {}): Promise<Broker> => {
  const port = options.port ?? (await freePort());
  const started = await create(port, options.config ?? plainConfig);
  const engine = await getContainerRuntimeClient();
  const container = engine.container.getById(started.getId());
  const isUp = async () => (await container.inspect()).State.Running;
  const gone = () =>
    eventually(async () => !(await isUp()), { deadlineMs: BROKER_DEADLINE_MS, what: 'the container ends' });
  let disposed = false;
  const log = async () => (await container.logs({ stdout: true, stderr: true, follow: false })).toString();
  return {
    way: 'container',
    port,
    url: `nats://${LOOPBACK}:${port}`,
    start: async () => {
      await container.start();
      await eventually(() => greets(port), { deadlineMs: BROKER_DEADLINE_MS, what: 'the broker greets' });
    },
    stop: async () => void (await container.stop()),
    kill9: async () => {
      await container.kill({ signal: 'SIGKILL' });
      await gone();
    },
    pause: async () => void (await container.pause()),
    resume: async () => void (await container.unpause()),
    reload: async (config) => {
      await started.copyContentToContainer([{ content: configFor(config), target: CONFIG_FILE }]);
      const from = (await log()).length;
      await container.kill({ signal: 'SIGHUP' });
      await waitForReload(async () => (await log()).slice(from));
    },
    log,
    [Symbol.asyncDispose]: async () => {
      if (disposed) return;
      disposed = true;
      if ((await container.inspect()).State.Paused) await container.unpause();
      await started.stop({ timeout: 0 });
    },
  };
};
