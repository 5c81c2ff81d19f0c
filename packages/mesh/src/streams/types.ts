import type { ConsumerConfig, StreamConfig } from '@nats-io/jetstream';

/** A stream as it should be. Settings that are not named are the server's defaults. */
export type StreamDefinition = { name: string; config: Partial<StreamConfig> & { name: string } };

/** A durable consumer as it should be. */
export type DurableDefinition = {
  stream: string;
  name: string;
  config: Partial<ConsumerConfig> & { durable_name: string };
};

export type Definitions = { streams: readonly StreamDefinition[]; durables: readonly DurableDefinition[] };
