/** One row of a roster for a test; everything else takes a plain value. */
export type RosterRow = {
  id: string;
  code?: string;
  kind?: 'unit' | 'pool' | 'queue';
  quantity?: number;
  reserveFloor?: number;
  from?: string;
  to?: string;
};

const HEADER =
  'capability_id,code,kind,quantity,quantity_unit,base_town,base_lat,base_lon,notice_minutes,available_from,available_to,releasable_to,accreditation,accreditation_expires,reserve_floor,min_rest_minutes,status,remarks';

/** A roster as CSV, as a force's own system would write it. */
export const roster = (rows: readonly RosterRow[]): string =>
  `${[
    HEADER,
    ...rows.map((row) => {
      const { id, code = 'CY.FCCU', kind = 'unit', quantity = 1, reserveFloor = 0 } = row;
      const from = row.from ?? '2026-01-01 00:00';
      const to = row.to ?? '2035-12-31 23:59';
      return `${id},${code},${kind},${quantity},officers,Town,52.0,-1.0,60,${from},${to},national,,,${reserveFloor},0,available,`;
    }),
  ].join('\n')}\n`;
