import type { Envelope, EventData, StoredEventView } from '@muster/contracts';
import { readHistory } from '../force/history.ts';
import type { ForceLink } from '../force/link.ts';

/** Capabilities whose bookings cannot go on, since an earlier change of them is not to be had. */
export type Parked = Map<string, { since: string; because: string; seenVersion: number }>;

type Booking = { data: EventData<'muster.booking.changed.v1'>; envelope: Envelope };

type Between = {
  capabilityId: string;
  /** Versions between these two, neither included. */
  after: number;
  before: number;
  beforeSeq: number;
  traceparent: string;
};

const bookingOf = ({ data, envelope }: StoredEventView): Booking[] =>
  envelope.type === 'muster.booking.changed.v1'
    ? // The broker has parsed the event against the table before it answered.
      [{ data: data as Booking['data'], envelope }]
    : [];

/** The changes of a capability's bookings that the force has not handled, in order; or why they are not known yet. */
export const missingBookings = async (
  link: ForceLink,
  { capabilityId, after, before, beforeSeq, traceparent }: Between,
): Promise<Booking[] | string> => {
  const isBetween = ({ data }: Booking): boolean =>
    data.donor === link.force &&
    data.capabilityId === capabilityId &&
    data.bookingVersion > after &&
    data.bookingVersion < before;
  const found = await readHistory(link, { beforeSeq, traceparent }, (stored) =>
    bookingOf(stored).some(isBetween),
  );
  return typeof found === 'string' ? found : found.flatMap(bookingOf);
};
