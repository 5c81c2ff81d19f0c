import { getContainerRuntimeClient } from 'testcontainers';
import { startContainerBroker } from './container.ts';
import { startProcessBroker } from './process.ts';
import type { Broker, BrokerOptions, BrokerWay } from './types.ts';

/** Starts a real nats-server; `await using` ends it and removes its store. */
export const startBroker = (options: BrokerOptions = {}): Promise<Broker> =>
  options.way === 'container' ? startContainerBroker(options) : startProcessBroker(options);

let engine: Promise<string | undefined> | undefined;

/** Why no container engine can be used here, or undefined when one answers. Looked up once. */
export const engineFault = (): Promise<string | undefined> => {
  engine ??= getContainerRuntimeClient().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
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
