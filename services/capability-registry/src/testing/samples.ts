import type {
  AskQuery,
  BookingChange,
  CapabilityAdvertised,
  EventData,
  HomeEntry,
  MusterEvent,
} from '@muster/contracts';
import { createCatalogue } from '../catalogue/catalogue.ts';
import { createTaken } from '../taken/taken.ts';

/** The moment at which the samples are asked about; a Monday. */
export const NOW = '2026-11-23T09:00:00.000Z';

/** An advert of four cyber officers at Maidstone that anyone may borrow, changed where a test says so. */
export const advert = (change: Partial<CapabilityAdvertised> = {}): CapabilityAdvertised => ({
  force: 'kent',
  capabilityId: 'cy-fccu-1',
  revision: 1,
  code: 'CY.FCCU',
  kind: 'pool',
  quantity: 4,
  quantityUnit: 'officers',
  base: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
  noticeMinutes: 240,
  windows: [{ from: '2026-01-01T00:00:00.000Z', to: '2028-01-01T00:00:00.000Z' }],
  releasableTo: { kind: 'national' },
  accreditations: [{ scheme: 'FSR-CODE', validTo: '2027-01-01T00:00:00.000Z' }],
  reserveFloor: 1,
  minRestMinutes: 660,
  status: 'available',
  expiresAt: '2026-12-01T00:00:00.000Z',
  ...change,
});

type Reserved = Extract<BookingChange, { kind: 'reserved' }>;

/** A reservation of two units by Essex for a day, changed where a test says so. */
export const reserved = (change: Partial<Reserved> = {}): Reserved => ({
  kind: 'reserved',
  bookingId: 'offer-1',
  token: 1,
  host: 'essex',
  requestId: 'request-1',
  lineId: 'line-1',
  quantity: 2,
  from: '2026-11-24T00:00:00.000Z',
  to: '2026-11-25T00:00:00.000Z',
  confirmBy: '2026-11-23T10:00:00.000Z',
  reliedOn: {
    revision: 1,
    quantity: 4,
    windowFrom: '2026-01-01T00:00:00.000Z',
    windowTo: '2028-01-01T00:00:00.000Z',
    expiresAt: '2026-12-01T00:00:00.000Z',
  },
  ...change,
});

export const booking = (
  version: number,
  changes: BookingChange[],
  of = { donor: 'kent', capabilityId: 'cy-fccu-1' },
): MusterEvent<'muster.booking.changed.v1'> => ({
  type: 'muster.booking.changed.v1',
  data: { ...of, bookingVersion: version, changes },
});

export const homeRecord = (
  version: number,
  entries: HomeEntry[],
  of = { donor: 'kent', capabilityId: 'cy-fccu-1' },
): EventData<'muster.home.recorded.v1'> => ({ ...of, homeVersion: version, entries });

/** Sources that hold these adverts, all stored at {@link NOW}. */
export const sourcesOf = (...adverts: CapabilityAdvertised[]) => {
  const sources = { catalogue: createCatalogue(), taken: createTaken() };
  for (const one of adverts) sources.catalogue.advertised(one, NOW);
  return sources;
};

/** A search as it looks after parsing. */
export const searchFor = (query: AskQuery<'capability-search'> = {}) => ({ limit: 100, ...query });
