import { bookingChanged, bookingOpened, bookingShortfall } from '../booking/v1.ts';
import { booking, row } from './row.ts';

/** Events of the hub’s ledger of bookings. */
export const BOOKING_EVENTS = {
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
};
