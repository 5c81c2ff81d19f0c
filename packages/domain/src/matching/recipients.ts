import {
  RECIPIENTS_MAX,
  type Recipient,
  type RecipientChoice,
  type Refusal,
  type RequestLine,
  refuse,
} from '@muster/contracts';
import type { LedgerView } from '../ledger/view.ts';
import { freeOf, neededSpan, rejections } from './eligibility.ts';
import { distanceKm } from './travel.ts';

type Near = { km: number; hasSpare: boolean };

/**
 * The nearest forces whose adverts fit the line. Those that have nothing free above their reserve floors come
 * last: their declared policy declines, and a person there may decide otherwise.
 */
const nearestForces = (
  line: RequestLine,
  host: string,
  count: number,
  view: LedgerView,
  now: string,
): string[] => {
  const nearest = new Map<string, Near>();
  for (const advert of view.adverts(line.capabilityCode)) {
    if (rejections(advert, line, host, now).length > 0) continue;
    const { force, base, reserveFloor } = advert.data;
    const known = nearest.get(force);
    const km = Math.min(distanceKm(base, line.reportTo), known?.km ?? Number.POSITIVE_INFINITY);
    const hasSpare =
      known?.hasSpare || freeOf(view, advert, neededSpan(line, advert, now), now) > reserveFloor;
    nearest.set(force, { km, hasSpare });
  }
  return [...nearest]
    .sort(
      ([a, aNear], [b, bNear]) =>
        Number(bNear.hasSpare) - Number(aNear.hasSpare) || aNear.km - bNear.km || (a < b ? -1 : 1),
    )
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
