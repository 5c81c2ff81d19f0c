import type { Approval } from '../../values.ts';

// Fixed values for every golden fixture. Once a fixture is committed these may not change for its type.

export const HOST = 'kent';
export const DONOR = 'essex';
export const CAPABILITY_ID = 'fccu-team-1';
export const CODE = 'CY.FCCU';
export const REQUEST_ID = 'req-20261122-01';
export const OFFER_ID = 'off-20261122-07';
export const LINE_ID = 'l1';
export const TOKEN = 4;
export const FROM = '2026-11-23T08:00:00.000Z';
export const TO = '2026-11-26T20:00:00.000Z';
export const ANSWER_BY = '2026-11-22T22:00:00.000Z';
export const CONFIRM_BY = '2026-11-22T22:30:00.000Z';
export const APPROVAL: Approval = { basis: 'policy', policy: 'auto-within-reserve-floor' };
export const PLACE = { name: 'Maidstone', lat: 51.27, lon: 0.52 };

export const ofRequest = { host: HOST, requestId: REQUEST_ID };
export const ofOffer = { ...ofRequest, offerId: OFFER_ID, lineId: LINE_ID, donor: DONOR };
export const ofCapability = { donor: DONOR, capabilityId: CAPABILITY_ID };
export const ofBooking = { bookingId: OFFER_ID, token: TOKEN };
