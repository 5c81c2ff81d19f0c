import { type CommandReply, type Mode, refuse } from '@muster/contracts';
import type { Health } from '@muster/mesh';
import { type Appender, type Mesh, type Server, serveAsks, serveCommands } from '@muster/mesh';
import { askHandlers } from './asks/handlers.ts';
import { handleCommand } from './command/external.ts';
import type { FaultPoint } from './faults.ts';
import { COMMANDS_IN_FLIGHT_MAX } from './limits.ts';
import { createPlanner, type Planner } from './optimum/planner.ts';
import { openReplica, type Replica } from './replica.ts';
import { straightLine, type TravelPort } from './travel/port.ts';

export const SERVICE = 'request-broker';

export type BrokerOptions = {
  mesh: Mesh;
  mode: Mode;
  appender: Appender;
  fault: FaultPoint;
  /** Uniform in [0, 1), for jitter only. */
  random: () => number;
  /** Looks up roads for rankings; by the straight line unless told otherwise. */
  travel?: TravelPort;
};

export type Broker = {
  /** Resolves once the broker has read all that is stored and takes commands. */
  ready: Promise<void>;
  health(): Health;
  /** Resolves when the broker cannot go on and its process should be started anew. */
  failed: Promise<Error>;
  /** Takes nothing new, answers what it has begun, finishes and stops reading. */
  stop(): Promise<void>;
};

type State = { replica: Replica; ready: boolean; stopping: boolean; servers: Server[] };

const healthOf = (o: BrokerOptions, state: State): Health => {
  const { views, integrity, streamAlarms } = state.replica;
  const ready = state.ready && !state.stopping;
  const reason = state.stopping ? 'stopping' : 'reading the streams';
  return {
    service: SERVICE,
    mode: o.mode,
    ready,
    ...(ready ? {} : { reason }),
    epoch: views.assistance.projection.epoch(),
    seq: views.assistance.projection.seq(),
    lag: {
      assistance: views.assistance.projection.lag(),
      home: views.home.projection.lag(),
      capability: views.capability.lag(),
    },
    skipped: views.skipped(),
    integrity: integrity.alarms(),
    streamAlarms: streamAlarms(),
  };
};

const notReady = (commandId: string): CommandReply => ({
  ok: false,
  commandId,
  ...refuse('unavailable', 'the broker is reading the ledger; send the same command again'),
});

const serve = (o: BrokerOptions, state: State, planner: Planner): Server[] => [
  serveCommands(o.mesh, o.mode, {
    queue: SERVICE,
    inFlightMax: COMMANDS_IN_FLIGHT_MAX,
    handle: async (command, { traceparent }) =>
      state.ready
        ? handleCommand(state.replica.external, command, traceparent)
        : notReady(command.body.commandId),
  }),
  serveAsks(o.mesh, o.mode, {
    service: SERVICE,
    handlers: askHandlers(
      () => state.replica.views,
      o.mesh.clock,
      () => state.replica.deadlines.open(),
      planner,
      o.travel ?? straightLine,
    ),
  }),
];

/** Starts one replica of the broker for one mode; any number of them may run side by side. */
export const startBroker = (o: BrokerOptions): Broker => {
  const first = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<Error>();
  const planner = createPlanner(o.mesh.log);
  let turning: Promise<void> = Promise.resolve();

  const open = (): Replica => {
    const replica: Replica = openReplica({ ...o, onReset: () => replace(replica) });
    void replica.views.failed.then(failed.resolve);
    return replica;
  };

  const begin = async (replica: Replica): Promise<void> => {
    await replica.views.caughtUp;
    if (state.stopping || state.replica !== replica) return;
    replica.act();
    if (state.servers.length === 0) state.servers = serve(o, state, planner);
    await Promise.all(state.servers.map((server) => server.ready));
    if (state.stopping || state.replica !== replica) return;
    state.ready = true;
    o.mesh.log.info({ seq: replica.views.assistance.projection.seq() }, 'takes commands');
    first.resolve();
  };

  /** The exercise was reset: everything read before is void, so the whole replica is made anew. */
  const replace = (old: Replica): void => {
    if (state.stopping || state.replica !== old) return;
    o.mesh.log.warn('the streams began anew under another epoch; reading them from the start');
    state.ready = false;
    const fresh = open();
    state.replica = fresh;
    turning = turning
      .then(() => old.stop())
      .then(() => begin(fresh))
      .catch((cause: unknown) => failed.resolve(new Error('could not begin anew', { cause })));
  };

  const state: State = { replica: open(), ready: false, stopping: false, servers: [] };
  begin(state.replica).catch(first.reject);

  return {
    ready: first.promise,
    failed: failed.promise,
    health: () => healthOf(o, state),
    async stop() {
      state.stopping = true;
      // A plan that is being made is not waited for: its answer would come too late.
      await planner.stop();
      await Promise.all(state.servers.map((server) => server.stop()));
      await turning;
      await state.replica.stop();
    },
  };
};
