import { getContainerRuntimeClient, ImageName } from 'testcontainers';
import { natsImage, startContainerBroker } from './container.ts';
import { startProcessBroker } from './process.ts';
import type { Broker, BrokerOptions, BrokerWay } from './types.ts';

/** How a broker runs when a test does not say: MUSTER_BROKER_WAY, or a process. */
const defaultWay = (): BrokerWay => (process.env.MUSTER_BROKER_WAY === 'container' ? 'container' : 'process');

/** Starts a real nats-server; `await using` ends it and removes its store. */
export const startBroker = (options: BrokerOptions = {}): Promise<Broker> =>
  (options.way ?? defaultWay()) === 'container' ? startContainerBroker(options) : startProcessBroker(options);

let engine: Promise<string | undefined> | undefined;

const lookForEngine = async (): Promise<string | undefined> => {
  try {
    const { image } = await getContainerRuntimeClient();
    const name = ImageName.fromString(natsImage());
    if (!(await image.exists(name))) await image.pull(name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Why no broker can run in a container here, or undefined when an engine answers and has the image. Looked up once. */
export const engineFault = (): Promise<string | undefined> => {
  engine ??= lookForEngine();
  return engine;
};

/** The part of vitest's `describe` that is used here. */
export type Describe = {
  (name: string, suite: () => void): unknown;
  skip: (name: string, suite: () => void) => unknown;
};

/**
 * Runs a suite once for each way of running a broker. Where no container engine answers, that half is
 * skipped and the reason stands in its name. Await it at the top of the spec.
 */
export const forEachWay = async (
  describe: Describe,
  name: string,
  suite: (way: BrokerWay) => void,
): Promise<void> => {
  describe(`${name} (process)`, () => suite('process'));
  const fault = await engineFault();
  if (fault === undefined) describe(`${name} (container)`, () => suite('container'));
  else {
    console.warn(`skipped in a container, no engine answers: ${fault}`);
    describe.skip(`${name} (container: no engine answers: ${fault})`, () => suite('container'));
  }
};
