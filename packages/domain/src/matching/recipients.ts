import {
  RECIPIENTS_MAX,
  type Recipient,
  type RecipientChoice,
  type Refusal,
  type RequestLine,
  refuse,
  TIER_MAX,
  tierAt,
} from '@muster/contracts';
import { regionOf } from '../access/visibility.ts';
import type { LedgerView } from '../ledger/view.ts';
import { freeOf, neededSpan, rejections } from './eligibility.ts';
import { distanceKm } from './travel.ts';

/** Whether a force lies within the reach of a tier for this host. */
export const isWithin = (tier: number, host: string, force: string): boolean => {
  switch (tierAt(tier).reach) {
    case 'named':
      return false;
    case 'region':
      return regionOf(force) === regionOf(host);
    case 'national':
      return true;
  }
};

type Near = { km: number; hasSpare: boolean };

/**
 * The nearest forces whose adverts fit the line. Those that have nothing free above their reserve floors come
 * last: their declared policy declines, and a person there may decide otherwise.
 */
export const nearestForces = (
  line: RequestLine,
  host: string,
  view: LedgerView,
  now: string,
  mayAsk: (force: string) => boolean = () => true,
): string[] => {
  const nearest = new Map<string, Near>();
  for (const advert of view.adverts(line.capabilityCode)) {
    if (rejections(advert, line, host, now).length > 0) continue;
    const { force, base, reserveFloor } = advert.data;
    if (!mayAsk(force)) continue;
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
    .map(([force]) => force);
};

const chooseNearest = (
  count: number,
  host: string,
  lines: readonly RequestLine[],
  view: LedgerView,
  now: string,
  mayAsk?: (force: string) => boolean,
): Recipient[] | Refusal => {
  const asked = new Map<string, string[]>();
  for (const [index, line] of lines.entries()) {
    const forces = nearestForces(line, host, view, now, mayAsk).slice(0, count);
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

/**
 * Whom to ask for which lines: the forces named, for all lines; or the nearest that fit, line by line, of the
 * tier's reach where they are asked in waves.
 */
export const chooseRecipients = (
  choice: RecipientChoice,
  host: string,
  lines: readonly RequestLine[],
  view: LedgerView,
  now: string,
  tier = TIER_MAX,
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
    case 'waves':
      return chooseNearest(choice.size, host, lines, view, now, (force) => isWithin(tier, host, force));
  }
};
