import type { ActorRole, Mode } from '@muster/contracts';
import type { Appender, Caller, Clock, Mesh, WorkMessage, Writer } from '@muster/mesh';
import type { Logger } from 'pino';

/** One force's way on to the mesh: its connection, and what it writes and asks with. */
export type ForceLink = {
  force: string;
  mode: Mode;
  mesh: Mesh;
  appender: Appender;
  caller: Caller;
  clock: Clock;
  log: Logger;
};

/** As much of it as the home ledger needs. */
export type HomeLink = Pick<ForceLink, 'force' | 'mode' | 'appender' | 'caller' | 'clock'>;

/** The hand-over of an event that is being handled. */
export type Taken = Pick<WorkMessage, 'seq' | 'deliveries' | 'traceparent' | 'log'>;

/** Where events of an adapter say that they come from. */
const sourceOf = (force: string): string => `/muster/${force}/force-adapter`;

/** Envelope of what the adapter decides by the force's declared policy. */
export const writerOf = (
  link: Pick<ForceLink, 'force' | 'clock'>,
  commandId: string,
  cause: {
    causationId?: string | undefined;
    correlationId?: string | undefined;
    traceparent?: string | undefined;
  } = {},
  actor: { role: ActorRole; id: string } = { role: 'adapter', id: 'force-adapter' },
): Writer => ({
  org: link.force,
  commandId,
  source: sourceOf(link.force),
  actor: `${link.force}/${actor.role}/${actor.id}`,
  time: new Date(link.clock.now()).toISOString(),
  classification: 'OFFICIAL',
  ...cause,
});

export const isoNow = (clock: Clock): string => new Date(clock.now()).toISOString();
