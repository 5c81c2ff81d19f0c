import {
  RECIPIENTS_MAX,
  type Recipient,
  type RecipientChoice,
  type Refusal,
  type RequestLine,
  refuse,
} from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';
import { rejections } from './eligibility.ts';
import { distanceKm } from './travel.ts';

/** The nearest forces whose adverts fit the line, whatever is booked of them at the moment. */
const nearestForces = (
  line: RequestLine,
  host: string,
  count: number,
  view: LedgerView,
  now: string,
): string[] => {
  const nearest = new Map<string, number>();
  for (const advert of view.adverts(line.capabilityCode)) {
    if (rejections(advert, line, host, now).length > 0) continue;
    const { force, base } = advert.data;
    const km = distanceKm(base, line.reportTo);
    nearest.set(force, Math.min(km, nearest.get(force) ?? Number.POSITIVE_INFINITY));
  }
  return [...nearest]
    .sort(([a, aKm], [b, bKm]) => aKm - bKm || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([force]) => force);
};

const chooseNearest = (
  count: number,
  host: string,
  lines: readonly RequestLine[],
  view: LedgerView,
  now: string,
): Recipient[] | Refusal => {
  const asked = new Map<string, string[]>();
  for (const [index, line] of lines.entries()) {
    const forces = nearestForces(line, host, count, view, now);
    if (forces.length === 0) {
      const because = `no other force advertises ${line.capabilityCode} for that time and place`;
      return refuse('not-found', `line ${line.lineId}: ${because}; name the forces to ask instead`, [
        { path: `lines[${index}].capabilityCode`, because },
      ]);
    }
    for (const force of forces) asked.set(force, [...(asked.get(force) ?? []), line.lineId]);
  }
  if (asked.size > RECIPIENTS_MAX) {
    return refuse('invalid', `${asked.size} forces would be asked, at most ${RECIPIENTS_MAX} can be`);
  }
  return [...asked].map(([force, lineIds]) => ({ force, lineIds }));
};

/** Whom to ask for which lines: the forces named, for all lines; or the nearest that fit, line by line. */
export const chooseRecipients = (
  choice: RecipientChoice,
  host: string,
  lines: readonly RequestLine[],
  view: LedgerView,
  now: string,
): Recipient[] | Refusal => {
  switch (choice.kind) {
    case 'forces': {
      const own = choice.forces.indexOf(host);
      if (own >= 0) {
        const fields = [{ path: `recipients.forces[${own}]`, because: 'is the host itself' }];
        return refuse('invalid', 'a force cannot ask itself', fields);
      }
      const lineIds = lines.map(({ lineId }) => lineId);
      return [...new Set(choice.forces)].map((force) => ({ force, lineIds: [...lineIds] }));
    }
    case 'nearest':
      return chooseNearest(choice.count, host, lines, view, now);
  }
};
