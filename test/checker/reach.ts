import { coordinatorsOf } from './entitled.ts';
import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

/** From this tier on a centre has to agree (tiers.csv). */
const NATIONAL_TIER = 3;

const nameOf = ({ host, requestId }: { host: string; requestId: string }): string => `${host}/${requestId}`;

/** Nothing goes national without a centre, and a line is unfilled only with everyone named who was asked for it. */
export const checkReach = (facts: readonly Fact[], note: Note): void => {
  const asked = new Map<string, Set<string>>();
  for (const fact of facts) {
    switch (fact.type) {
      case 'muster.request.issued.v1':
        for (const { force, lineIds } of fact.data.recipients) {
          for (const lineId of lineIds) {
            const line = `${nameOf(fact.data)}/${lineId}`;
            asked.set(line, (asked.get(line) ?? new Set()).add(force));
          }
        }
        break;
      case 'muster.request.escalated.v1': {
        const { host, toTier, acceptedBy } = fact.data;
        const centres = coordinatorsOf(host).filter((org) => org !== host);
        if (toTier >= NATIONAL_TIER && !centres.includes(acceptedBy?.org ?? ''))
          note(
            'escalated-unaccepted',
            `request ${nameOf(fact.data)}`,
            fact.seq,
            `tier ${toTier} by ${acceptedBy?.org ?? 'nobody'}`,
          );
        break;
      }
      case 'muster.request.unfilled.v1': {
        const named = new Set(fact.data.asked);
        const line = `${nameOf(fact.data)}/${fact.data.lineId}`;
        const left = [...(asked.get(line) ?? [])].filter((force) => !named.has(force));
        if (left.length > 0)
          note('unfilled-incomplete', `line ${line}`, fact.seq, `${left.join(', ')} not named`);
        break;
      }
      default:
        break;
    }
  }
};
