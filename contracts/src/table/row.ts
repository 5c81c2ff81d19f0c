import type { z } from 'zod';
import type { ActorRole } from '../codes.ts';
import type { Aggregate, StreamKind } from '../subjects.ts';

/** Everything that the system knows about one event type. */
export type Row<S extends z.ZodType> = {
  schema: S;
  stream: StreamKind;
  /** Which aggregate the event belongs to; makes the subject's owner and id. */
  aggregate: (data: z.infer<S>) => Aggregate;
  /** Subject token of the event, where its aggregate has several. */
  token?: string;
  /** The one force, other than the host, that may read it; none: for the host, and for the donor that owns the aggregate. */
  addressee?: (data: z.infer<S>) => string;
  /** Who may cause it. Only the hub's broker writes requests, bookings and deployments. */
  actors: readonly ActorRole[];
  /** Counterpart in EDXL-RM 1.0, or the nearest standard, or none. */
  edxl: string;
  /** One sentence for the event catalogue. */
  about: string;
};

export const row = <S extends z.ZodType>(of: Row<S>): Row<S> => of;

type OfRequest = { host: string; requestId: string };
type OfDeployment = { donor: string; deploymentId: string; host: string };
type OfDonor = { donor: string; capabilityId: string };

export const request = (data: OfRequest): Aggregate => ({
  kind: 'request',
  owner: data.host,
  id: data.requestId,
});
export const deployment = (data: OfDeployment): Aggregate => ({
  kind: 'deployment',
  owner: data.donor,
  id: data.deploymentId,
});
export const booking = (data: OfDonor): Aggregate => ({
  kind: 'booking',
  owner: data.donor,
  id: data.capabilityId,
});
export const home = (data: OfDonor): Aggregate => ({
  kind: 'home',
  owner: data.donor,
  id: data.capabilityId,
});
export const capability = (data: { force: string; capabilityId: string }): Aggregate => ({
  kind: 'capability',
  owner: data.force,
  id: data.capabilityId,
});

export const toDonor = (data: { donor: string }): string => data.donor;
export const toHost = (data: { host: string }): string => data.host;
