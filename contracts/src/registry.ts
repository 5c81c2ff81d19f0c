import type { z } from 'zod';
import { bookingChanged, bookingOpened, bookingShortfall } from './booking/v1.ts';
import { capabilityAdvertised, capabilityWithdrawn } from './capability/v1.ts';
import type { ActorRole, Mode } from './codes.ts';
import {
  deploymentOpened,
  deploymentReturned,
  deploymentStatusReported,
  resourceReleased,
} from './deployment/v1.ts';
import { homeOpened, homeRecorded } from './home/v1.ts';
import {
  commitmentMade,
  commitmentRefused,
  offerAccepted,
  offerDeclined,
  offerLapsed,
  offerMade,
  offerNotSelected,
  requestAnswerTimeExpired,
  requestCancelled,
  requestClosed,
  requestExpired,
  requestIssued,
  requestNotice,
  requestSubmitted,
} from './request/v1.ts';
import {
  type Aggregate,
  bookingSubject,
  capabilitySubject,
  eventSubject,
  homeSubject,
  type StreamKind,
} from './subjects.ts';

/** Everything that the system knows about one event type. */
type Row<S extends z.ZodType> = {
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

const row = <S extends z.ZodType>(of: Row<S>): Row<S> => of;

type OfRequest = { host: string; requestId: string };
type OfDeployment = { donor: string; deploymentId: string; host: string };
type OfDonor = { donor: string; capabilityId: string };

const request = (data: OfRequest): Aggregate => ({ kind: 'request', owner: data.host, id: data.requestId });
const deployment = (data: OfDeployment): Aggregate => ({
  kind: 'deployment',
  owner: data.donor,
  id: data.deploymentId,
});
const booking = (data: OfDonor): Aggregate => ({ kind: 'booking', owner: data.donor, id: data.capabilityId });
const home = (data: OfDonor): Aggregate => ({ kind: 'home', owner: data.donor, id: data.capabilityId });
const capability = (data: { force: string; capabilityId: string }): Aggregate => ({
  kind: 'capability',
  owner: data.force,
  id: data.capabilityId,
});

const toDonor = (data: { donor: string }): string => data.donor;
const toHost = (data: { host: string }): string => data.host;

/** The event table: one row per event type and version. All else about events derives from it. */
export const EVENTS = {
  'muster.capability.advertised.v1': row({
    schema: capabilityAdvertised,
    stream: 'CAPABILITY',
    aggregate: capability,
    actors: ['adapter'],
    edxl: 'none (nearest: OfferUnsolicitedResource with BeginAvailable)',
    about: 'Full state of one capability, from its own force.',
  }),
  'muster.capability.withdrawn.v1': row({
    schema: capabilityWithdrawn,
    stream: 'CAPABILITY',
    aggregate: capability,
    actors: ['adapter'],
    edxl: 'MessageRecall Cancel',
    about: 'The force takes a capability off the mesh.',
  }),
  'muster.request.submitted.v1': row({
    schema: requestSubmitted,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'submitted',
    actors: ['requester'],
    edxl: 'none (internal draft of RequestResource)',
    about: 'A host force states its need.',
  }),
  'muster.request.issued.v1': row({
    schema: requestIssued,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'issued',
    actors: ['requester', 'broker'],
    edxl: 'RequestResource',
    about: 'The request goes out to the forces named.',
  }),
  'muster.request.notice.v1': row({
    schema: requestNotice,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'notice',
    addressee: (data) => data.force,
    actors: ['broker'],
    edxl: 'RequestResource, to one recipient',
    about: 'What one asked force is told, without the list of the others.',
  }),
  'muster.request.answer_time_expired.v1': row({
    schema: requestAnswerTimeExpired,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'answer-time-expired',
    actors: ['broker'],
    edxl: 'none',
    about: 'The time to answer has passed; the forces that stayed silent are named.',
  }),
  'muster.request.cancelled.v1': row({
    schema: requestCancelled,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'cancelled',
    actors: ['requester', 'approver', 'national-centre'],
    edxl: 'MessageRecall Cancel',
    about: 'The host takes the request back.',
  }),
  'muster.request.expired.v1': row({
    schema: requestExpired,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'expired',
    actors: ['broker'],
    edxl: 'none',
    about: 'The last window ended with nothing committed.',
  }),
  'muster.request.closed.v1': row({
    schema: requestClosed,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'closed',
    actors: ['broker'],
    edxl: 'none',
    about: 'Every deployment of the request has returned.',
  }),
  'muster.offer.made.v1': row({
    schema: offerMade,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'offer-made',
    addressee: toDonor,
    actors: ['donor-desk', 'donor-approver', 'adapter'],
    edxl: 'ResponseToRequestResource Accept',
    about: 'A donor force offers part or all of a line from one capability.',
  }),
  'muster.offer.declined.v1': row({
    schema: offerDeclined,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'offer-declined',
    addressee: toDonor,
    actors: ['donor-desk', 'donor-approver', 'adapter'],
    edxl: 'ResponseToRequestResource Decline',
    about: 'An asked force offers nothing for the lines named, and says why.',
  }),
  'muster.offer.accepted.v1': row({
    schema: offerAccepted,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'offer-accepted',
    addressee: toDonor,
    actors: ['requester', 'approver'],
    edxl: 'RequisitionResource',
    about: 'The host takes an offer; the units are reserved in the same append.',
  }),
  'muster.offer.not_selected.v1': row({
    schema: offerNotSelected,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'offer-not-selected',
    addressee: toDonor,
    actors: ['broker'],
    edxl: 'none',
    about: 'The line was filled or ended without this offer.',
  }),
  'muster.offer.lapsed.v1': row({
    schema: offerLapsed,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'offer-lapsed',
    addressee: toDonor,
    actors: ['broker'],
    edxl: 'none',
    about: 'An accepted offer lost its line before the home force answered.',
  }),
  'muster.commitment.made.v1': row({
    schema: commitmentMade,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'commitment-made',
    addressee: toDonor,
    actors: ['adapter', 'donor-desk', 'donor-approver'],
    edxl: 'CommitResource Accept',
    about: 'The home force confirmed; the units are committed.',
  }),
  'muster.commitment.refused.v1': row({
    schema: commitmentRefused,
    stream: 'ASSISTANCE',
    aggregate: request,
    token: 'commitment-refused',
    addressee: toDonor,
    actors: ['adapter', 'donor-desk', 'donor-approver'],
    edxl: 'CommitResource Decline',
    about: 'The home force did not confirm; the line is open again.',
  }),
  'muster.booking.opened.v1': row({
    schema: bookingOpened,
    stream: 'ASSISTANCE',
    aggregate: booking,
    actors: ['broker'],
    edxl: 'none',
    about: 'Genesis record of a capability in the ledger.',
  }),
  'muster.booking.changed.v1': row({
    schema: bookingChanged,
    stream: 'ASSISTANCE',
    aggregate: booking,
    actors: ['requester', 'adapter', 'broker'],
    edxl: 'none',
    about: 'All that one command changes in the bookings of one capability.',
  }),
  'muster.booking.shortfall.v1': row({
    schema: bookingShortfall,
    stream: 'ASSISTANCE',
    aggregate: booking,
    actors: ['broker'],
    edxl: 'none',
    about: 'A smaller advert leaves standing bookings uncovered.',
  }),
  'muster.deployment.opened.v1': row({
    schema: deploymentOpened,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'opened',
    addressee: toHost,
    actors: ['broker'],
    edxl: 'ReportResourceDeploymentStatus',
    about: 'A commitment became a deployment.',
  }),
  'muster.deployment.status.v1': row({
    schema: deploymentStatusReported,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'status',
    addressee: toHost,
    actors: ['donor-desk', 'unit-commander', 'requester', 'adapter'],
    edxl: 'ReportResourceDeploymentStatus',
    about: 'Where the deployed units are.',
  }),
  'muster.resource.released.v1': row({
    schema: resourceReleased,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'released',
    addressee: toHost,
    actors: ['requester', 'unit-commander', 'broker'],
    edxl: 'ReleaseResource',
    about: 'The host sends the units home.',
  }),
  'muster.deployment.returned.v1': row({
    schema: deploymentReturned,
    stream: 'ASSISTANCE',
    aggregate: deployment,
    token: 'returned',
    addressee: toHost,
    actors: ['donor-desk', 'unit-commander', 'adapter'],
    edxl: 'ReportResourceDeploymentStatus with ActualReturnArrival',
    about: 'The units are home.',
  }),
  'muster.home.opened.v1': row({
    schema: homeOpened,
    stream: 'HOME',
    aggregate: home,
    actors: ['adapter'],
    edxl: 'none',
    about: "Genesis record of a capability in its own force's ledger.",
  }),
  'muster.home.recorded.v1': row({
    schema: homeRecorded,
    stream: 'HOME',
    aggregate: home,
    actors: ['adapter', 'donor-desk', 'donor-approver', 'force-ict'],
    edxl: 'none',
    about: 'What the home force recorded or decided.',
  }),
};

type Table = typeof EVENTS;

/** `muster.<catalogue name>.v<version>`. */
export type EventType = keyof Table;

/** The body of an event of this type. */
export type EventData<T extends EventType> = z.infer<Table[T]['schema']>;

/** An event: its type and its body. Who, when and why travel in the envelope. */
export type MusterEvent<T extends EventType = EventType> = {
  [K in T]: { type: K; data: EventData<K> };
}[T];

export const EVENT_TYPES = Object.keys(EVENTS).filter((type): type is EventType => type in EVENTS);

export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENTS, type);

/** The row of an event type with its data type opened, for code that handles every type alike. */
export const eventRow = (type: EventType): Row<z.ZodType> => EVENTS[type] as unknown as Row<z.ZodType>;

/** The aggregate to which an event belongs. */
export const aggregateOf = (event: MusterEvent): Aggregate => eventRow(event.type).aggregate(event.data);

/** The stream kind that owns events of this type. */
export const streamOf = (type: EventType): StreamKind => EVENTS[type].stream;

/**
 * The subject on which the event is stored.
 * @throws RangeError when a part of the body cannot stand in a subject.
 */
export const subjectOf = (mode: Mode, event: MusterEvent): string => {
  const { aggregate, token, addressee } = eventRow(event.type);
  const of = aggregate(event.data);
  switch (of.kind) {
    case 'capability':
      return capabilitySubject(mode, of.owner, of.id);
    case 'booking':
      return bookingSubject(mode, of.owner, of.id);
    case 'home':
      return homeSubject(mode, of.owner, of.id);
    case 'request':
    case 'deployment':
      if (token === undefined) throw new Error(`${event.type} has no subject token in the event table`);
      return eventSubject(mode, of, token, addressee?.(event.data));
  }
};
