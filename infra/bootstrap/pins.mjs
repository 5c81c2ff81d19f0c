/** Oldest major version of Node that the bootstrap itself runs on. */
export const NODE_BOOTSTRAP_MAJOR_MIN = 20;

/** Oldest major version of Node that runs Muster: it runs TypeScript sources directly. */
export const NODE_MAJOR_MIN = 24;

/** The Node that is fetched where the running one is older. */
export const NODE_PIN = '24.21.0';

/** Oldest nats-server that Muster runs on: message schedules, atomic batches with an end-of-batch commit. */
export const NATS_MIN = '2.14.0';

/** The nats-server that is fetched where none is found. */
export const NATS_PIN = '2.15.1';
