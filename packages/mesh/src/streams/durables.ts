import { HUB, isForce, MODES, type Mode, ORGS, streamName } from '@muster/contracts';
import type { ConsumerConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { DurableDefinition } from './types.ts';

/** Every force of the reference data. */
export const ALL_FORCES: readonly string[] = ORGS.filter(isForce);

/** Feeds a force's adapter with what is addressed to the force; on the ledger stream of each mode. */
export const adapterDurable = (force: string): string => `ADAPTER_${force}`;
/** Feeds the brokers with what the forces decided; on the home stream. */
export const BROKER_HOME = 'BROKER_HOME';
/** Feeds the brokers with the events after which something is due: a deadline, a settling; on the ledger stream. */
export const BROKER_ARM = 'BROKER_ARM';
/** Feeds the brokers with the deadlines that have come; on the timer stream. */
export const BROKER_DUE = 'BROKER_DUE';

/** Feeds the alerters with the orders to tell somebody; on the alert stream. */
export const ALERTS_DELIVER = 'ALERTS_DELIVER';

/** Whose work a durable feeds, and which service does it; one that is not ours counts as the hub's, under its own name. */
export const workerOf = (durable: string): { owner: string; service: string } => {
  if (([BROKER_HOME, BROKER_ARM, BROKER_DUE] as string[]).includes(durable)) {
    return { owner: HUB, service: 'request-broker' };
  }
  if (durable === ALERTS_DELIVER) return { owner: HUB, service: 'alerter' };
  const force = ALL_FORCES.find((each) => adapterDurable(each) === durable);
  return force === undefined ? { owner: HUB, service: durable } : { owner: force, service: 'force-adapter' };
};

/** A message that is not acknowledged in this time, in milliseconds, is delivered again. */
const ACK_WAIT_MS = 30_000;
/** Messages that may be under way to one adapter. */
const ADAPTER_PENDING_MAX = 64;
/** Messages that may be under way to all brokers, or to all alerters, together. */
const BROKER_PENDING_MAX = 256;

/** What a force may read of the ledger: its own aggregates, and events that name it as addressee. */
export const adapterFilters = (mode: Mode, force: string): string[] => [
  `${mode}.request.${force}.>`,
  `${mode}.request.*.*.*.${force}`,
  `${mode}.offer.${force}.>`,
  `${mode}.booking.${force}.*`,
  `${mode}.deployment.${force}.>`,
  `${mode}.deployment.*.*.*.${force}`,
  `${mode}.claim.${force}.>`,
  `${mode}.claim.*.*.*.${force}`,
  `${mode}.policy.${force}.>`,
];

const durable = (
  stream: string,
  name: string,
  filters: string[],
  max_ack_pending: number,
): DurableDefinition => {
  const config: DurableDefinition['config'] = {
    durable_name: name,
    deliver_policy: 'all',
    ack_policy: 'explicit',
    ack_wait: nanos(ACK_WAIT_MS),
    // The worker counts deliveries and writes a dead letter; a limit here would make messages vanish.
    max_deliver: -1,
    max_ack_pending,
    replay_policy: 'instant',
    ...filterOf(filters),
  };
  return { stream, name, config };
};

const filterOf = (filters: string[]): Pick<ConsumerConfig, 'filter_subject' | 'filter_subjects'> => {
  const [only, ...others] = filters;
  return others.length === 0 && only !== undefined ? { filter_subject: only } : { filter_subjects: filters };
};

const brokerDurables = (mode: Mode): DurableDefinition[] => [
  durable(streamName('HOME', mode), BROKER_HOME, [`${mode}.home.>`], BROKER_PENDING_MAX),
  durable(
    streamName('ASSISTANCE', mode),
    BROKER_ARM,
    [`${mode}.request.>`, `${mode}.booking.>`],
    BROKER_PENDING_MAX,
  ),
  durable(streamName('TIMERS', mode), BROKER_DUE, [`${mode}.due.>`], BROKER_PENDING_MAX),
];

const alerterDurable = (mode: Mode): DurableDefinition =>
  durable(streamName('ALERTS', mode), ALERTS_DELIVER, [`${mode}.page.>`], BROKER_PENDING_MAX);

/** The durable consumers of the brokers and of the adapters of these forces. */
export const durableDefinitions = (
  options: { modes?: readonly Mode[]; forces?: readonly string[] } = {},
): DurableDefinition[] =>
  (options.modes ?? MODES).flatMap((mode) => [
    ...brokerDurables(mode),
    alerterDurable(mode),
    ...(options.forces ?? ALL_FORCES).map((force) =>
      durable(
        streamName('ASSISTANCE', mode),
        adapterDurable(force),
        adapterFilters(mode, force),
        ADAPTER_PENDING_MAX,
      ),
    ),
  ]);
