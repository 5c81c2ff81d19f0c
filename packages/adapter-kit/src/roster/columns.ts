/** One column of a roster: whether the header must have it, and what to write in it. */
type Column = {
  required: boolean;
  /** Numbers may start with a minus sign; text may not. */
  numeric?: boolean;
  /** Field of the advert that it fills. */
  field: string;
  write: string;
};

/** The columns of a roster file, in their usual order. */
export const COLUMNS = {
  capability_id: {
    required: true,
    field: 'capabilityId',
    write: 'write up to 63 of a-z, 0-9 and "-", starting with a letter or digit, such as cy-fccu-1',
  },
  code: { required: true, field: 'code', write: 'write a code of the capability list, such as CY.FCCU' },
  kind: { required: true, field: 'kind', write: 'write unit, pool or queue' },
  quantity: {
    required: true,
    numeric: true,
    field: 'quantity',
    write: 'write a whole number from 1 to 10000',
  },
  quantity_unit: { required: true, field: 'quantityUnit', write: 'write what is counted, such as officers' },
  base_town: { required: true, field: 'base.name', write: 'write the town of the base' },
  base_lat: {
    required: true,
    numeric: true,
    field: 'base.lat',
    write: 'write degrees north from -90 to 90, such as 51.27',
  },
  base_lon: {
    required: true,
    numeric: true,
    field: 'base.lon',
    write: 'write degrees east from -180 to 180, such as -2.77',
  },
  notice_minutes: {
    required: true,
    numeric: true,
    field: 'noticeMinutes',
    write: 'write whole minutes from 0 to 43200',
  },
  available_from: {
    required: true,
    field: 'windows',
    write: 'write YYYY-MM-DD HH:MM in UK local time; several windows are separated by ";"',
  },
  available_to: {
    required: true,
    field: 'windows',
    write: 'write YYYY-MM-DD HH:MM in UK local time; several windows are separated by ";"',
  },
  releasable_to: {
    required: true,
    field: 'releasableTo',
    write: 'write national, region, or force ids separated by ";"',
  },
  accreditation: {
    required: false,
    field: 'accreditations',
    write: 'write schemes in A-Z, 0-9 and "-" separated by ";", such as PO-L2;FCR',
  },
  accreditation_expires: {
    required: false,
    field: 'accreditations',
    write: 'write the last day in date as YYYY-MM-DD, or leave it empty',
  },
  reserve_floor: {
    required: false,
    numeric: true,
    field: 'reserveFloor',
    write: 'write a whole number from 0 to 10000',
  },
  min_rest_minutes: {
    required: false,
    numeric: true,
    field: 'minRestMinutes',
    write: 'write whole minutes from 0 to 43200',
  },
  status: { required: false, field: 'status', write: 'write available or unavailable' },
  backlog: {
    required: false,
    numeric: true,
    field: 'backlog',
    write: 'write the items waiting in a queue as a whole number, or leave it empty',
  },
  remarks: { required: false, field: 'remarks', write: 'write at most 1000 characters, no personal data' },
} satisfies Record<string, Column>;

export type ColumnName = keyof typeof COLUMNS;

export const COLUMN_NAMES = Object.keys(COLUMNS).filter((name): name is ColumnName => name in COLUMNS);

export const isColumn = (name: string): name is ColumnName => Object.hasOwn(COLUMNS, name);

export const columnOf = (name: ColumnName): Column => COLUMNS[name];

/** What to do about a fault in this column. */
export const remedyFor = (name: ColumnName): string => COLUMNS[name].write;

/** The column that fills an advert's field, `capability_id` when none does. */
export const columnOfField = (path: readonly PropertyKey[]): ColumnName => {
  const whole = path.map(String).join('.');
  const found = COLUMN_NAMES.find((name) => COLUMNS[name].field === whole);
  return found ?? COLUMN_NAMES.find((name) => COLUMNS[name].field === String(path[0])) ?? 'capability_id';
};
