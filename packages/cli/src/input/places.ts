import { findForce, isForce, type Place } from '@muster/contracts';

const POINT = /^(-?\d{1,2}(?:\.\d+)?)[/ ](-?\d{1,3}(?:\.\d+)?)$/;

export const PLACE_FORMS =
  'use the id of a force for its headquarters, such as kent, or name@latitude/longitude, such as Maidstone@51.27/0.52';

export const POINT_FORMS =
  'use latitude/longitude, such as 51.27/0.52, or the id of a force for its headquarters';

export type PlaceResult = { ok: true; place: Place } | { ok: false; because: string };

/** The headquarters of a force. */
export const headquarters = (force: string): Place | undefined => {
  const of = findForce(force);
  return of && { name: `${of.name}, ${of.hqTown}`, lat: of.hqLat, lon: of.hqLon };
};

/** Reads `51.27/0.52`, or the id of a force. */
export const readPoint = (text: string): PlaceResult => {
  const home = headquarters(text);
  if (home) return { ok: true, place: home };
  const [, lat, lon] = POINT.exec(text.trim()) ?? [];
  if (lat === undefined || lon === undefined) {
    return { ok: false, because: `"${text}" is not a point; ${POINT_FORMS}` };
  }
  return { ok: true, place: { name: text.trim(), lat: Number(lat), lon: Number(lon) } };
};

/** Reads the id of a force, or `Maidstone@51.27/0.52`. */
export const readPlace = (text: string): PlaceResult => {
  if (isForce(text)) return readPoint(text);
  const [name, where, ...rest] = text.split('@');
  if (!name?.trim() || where === undefined || rest.length > 0) {
    return { ok: false, because: `"${text}" is not a place; ${PLACE_FORMS}` };
  }
  const point = readPoint(where);
  return point.ok ? { ok: true, place: { ...point.place, name: name.trim() } } : point;
};
