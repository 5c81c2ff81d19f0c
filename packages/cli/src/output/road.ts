import type { PlannedAssignment, TravelEstimate, TravelSource } from '@muster/contracts';

const SOURCES: Record<TravelSource, string> = {
  'great-circle': 'the straight line',
  'osrm-table': 'the road table',
};

/** By what the time on the road is known, and why by no better. */
export const roadSource = ({ source, because }: TravelEstimate): string =>
  because === undefined ? `road by ${SOURCES[source]}` : `road by ${SOURCES[source]}, since ${because}`;

/** The road of one row of a plan, in short. */
export const roadText = ({ travel }: PlannedAssignment): string =>
  travel === undefined ? 'as offered' : `${Math.round(travel.minutes)} min by ${SOURCES[travel.source]}`;

/** Why some rows of a plan go by the straight line though there is a road table; each reason once. */
export const roadNotes = (rows: readonly PlannedAssignment[]): string =>
  [...new Set(rows.flatMap(({ travel }) => travel?.because ?? []))]
    .map((because) => `Some roads are by the straight line, since ${because}.`)
    .join('\n');
