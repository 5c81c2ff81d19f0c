import { findForce } from '@muster/contracts';
import { maySee, type Parties } from '@muster/domain';

/** What is known of one event without its body. */
export type Row = {
  seq: number;
  type: string;
  parties: Parties;
  requestId: string | undefined;
  /** Capability codes that the event is about. */
  codes: readonly string[];
};

/** What a reader wants: within a kind any of those named, and of all kinds together. Nothing named: everything. */
export type Filter = {
  force?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  /** Codes, or their first parts. */
  code?: readonly string[] | undefined;
  request?: readonly string[] | undefined;
  type?: readonly string[] | undefined;
};

const involved = ({ host, donor, addressee }: Parties): string[] =>
  [host, donor, addressee].filter((party) => party !== undefined);

const isUnder = (code: string, wanted: string): boolean => code === wanted || code.startsWith(`${wanted}.`);

/** Whether an event is for a reader: what the organisation may see comes first, then what it asked for. */
export const fits = (org: string, filter: Filter, row: Row): boolean => {
  if (!maySee(org, row.parties)) return false;
  const { force, region, code, request, type } = filter;
  if (type && !type.includes(row.type)) return false;
  if (request && (row.requestId === undefined || !request.includes(row.requestId))) return false;
  if (code && !row.codes.some((one) => code.some((wanted) => isUnder(one, wanted)))) return false;
  if (!force && !region) return true;
  const parties = involved(row.parties);
  if (force && !parties.some((party) => force.includes(party))) return false;
  return !region || parties.some((party) => region.includes(findForce(party)?.region ?? ''));
};

/** The same filter has the same key, so that its readers can be served together. */
export const filterKey = (org: string, filter: Filter): string =>
  JSON.stringify([
    org,
    ...[filter.force, filter.region, filter.code, filter.request, filter.type].map((each) =>
      [...(each ?? [])].sort(),
    ),
  ]);
