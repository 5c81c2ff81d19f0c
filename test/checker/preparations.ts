import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

type Prepared = { by: string; quantity: number; stands: 'prepared' | 'approved' | 'refused' };
/** From a place in the ledger on, the units above which people decide; null: never. */
type Rule = { seq: number; personAbove: number | null };
type Made = Fact<'muster.offer.made.v1'>;

const offerOf = ({ donor, offerId }: { donor: string; offerId: string }): string =>
  `offer ${donor}/${offerId}`;
const requestOf = ({ host, requestId }: { host: string; requestId: string }): string =>
  `${host}/${requestId}`;

/**
 * The rules that a decision can have known: that which stood when the request was last written, which whoever
 * decides about it has read, and any that came since.
 */
const knownRules = (rules: readonly Rule[], readTo: number): (number | null)[] => {
  const before = rules.filter(({ seq }) => seq <= readTo).at(-1)?.personAbove ?? null;
  return [before, ...rules.filter(({ seq }) => seq > readTo).map(({ personAbove }) => personAbove)];
};

/** An offer above the rule of its donor is made by what another post of that donor has approved, or not at all. */
export const checkPreparations = (facts: readonly Fact[], note: Note): void => {
  const prepared = new Map<string, Prepared>();
  const rules = new Map<string, Rule[]>();
  const lastOf = new Map<string, number>();

  const checkMade = (fact: Made): void => {
    const { donor, quantity, approval } = fact.data;
    const where = offerOf(fact.data);
    const of = prepared.get(where);
    if (approval.basis === 'delegated') {
      if (of?.stands !== 'approved')
        note('offer-unapproved', where, fact.seq, `made when it was ${of?.stands ?? 'not prepared'}`);
      else if (of.quantity !== quantity)
        note('offer-unapproved', where, fact.seq, `${of.quantity} were approved, ${quantity} are offered`);
      return;
    }
    const known = knownRules(rules.get(donor) ?? [], lastOf.get(requestOf(fact.data)) ?? 0);
    if (known.every((above) => above !== null && quantity > above))
      note('offer-unapproved', where, fact.seq, `${quantity} by policy, which ends at ${known.join(' or ')}`);
  };

  for (const fact of facts) {
    switch (fact.type) {
      case 'muster.approval_rules.set.v1': {
        const { org } = fact.data;
        const { personAbove } = fact.data.rules.offers;
        rules.set(org, [...(rules.get(org) ?? []), { seq: fact.seq, personAbove }]);
        break;
      }
      case 'muster.offer.prepared.v1': {
        const { preparedBy: by, quantity } = fact.data;
        prepared.set(offerOf(fact.data), { by, quantity, stands: 'prepared' });
        break;
      }
      case 'muster.offer.refused.v1':
      case 'muster.offer.approved.v1': {
        const of = prepared.get(offerOf(fact.data));
        const where = offerOf(fact.data);
        if (of?.stands !== 'prepared')
          note('offer-unapproved', where, fact.seq, `decided on when it was ${of?.stands ?? 'not prepared'}`);
        if (of) of.stands = fact.type === 'muster.offer.approved.v1' ? 'approved' : 'refused';
        if (fact.type === 'muster.offer.refused.v1') break;
        const { post, role, org } = fact.data.approval;
        if (post === of?.by) note('self-approved', where, fact.seq, `${post} prepared and approved`);
        if (role !== 'donor-approver' || org !== fact.data.donor)
          note('offer-unapproved', where, fact.seq, `by a ${role} of ${org}`);
        break;
      }
      case 'muster.offer.made.v1':
        checkMade(fact);
        break;
      default:
        break;
    }
    if ('requestId' in fact.data && fact.subject.includes('.request.'))
      lastOf.set(requestOf(fact.data), fact.seq);
  }
};
