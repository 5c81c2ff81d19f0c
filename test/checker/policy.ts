import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

const WHERE = 'policy npocc/matching';

/**
 * Versions of the matching policy count up without a gap, each replaces the one before it, and whoever names
 * one in an acceptance or a reservation names one that had been set by then. The committed default, which no
 * event tells of, is a whole number; what the centre sets has a dot and its count behind it.
 */
export const checkMatchingPolicy = (facts: readonly Fact[], note: Note): void => {
  const set = new Set<string>();
  let last: string | undefined;
  const isKnown = (version: string): boolean => /^\d+$/.test(version) || set.has(version);
  const mustBeKnown = (version: string | undefined, where: string, seq: number): void => {
    if (version !== undefined && !isKnown(version))
      note('policy-unfounded', where, seq, `names version ${version}, which nobody has set`);
  };
  for (const fact of facts) {
    switch (fact.type) {
      case 'muster.policy.matching_set.v1': {
        const { version, revision, replaces } = fact.data;
        if (revision !== set.size + 1 || !version.endsWith(`.${revision}`))
          note('policy-unfounded', WHERE, fact.seq, `version ${version} is number ${set.size + 1}`);
        // The first replaces a default, and which one that was is not in the record.
        if (last === undefined ? !isKnown(replaces) : replaces !== last)
          note('policy-unfounded', WHERE, fact.seq, `replaces ${replaces}, in force was ${last}`);
        set.add(version);
        last = version;
        break;
      }
      case 'muster.offer.accepted.v1':
        mustBeKnown(fact.data.policyVersion, `offer ${fact.data.offerId}`, fact.seq);
        break;
      case 'muster.booking.changed.v1':
        for (const change of fact.data.changes) {
          if (change.kind === 'reserved' && change.called !== 'plan')
            mustBeKnown(change.policyVersion, `booking ${change.bookingId}`, fact.seq);
        }
        break;
      default:
        break;
    }
  }
};
