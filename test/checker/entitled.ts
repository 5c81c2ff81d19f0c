import { readFileSync } from 'node:fs';
import type { Change, Fact } from './facts.ts';
import type { Note } from './report.ts';

const HUB = 'hub';
const NATIONAL = 'npocc';

/** Region by force, from the same table that the reference data are made of. */
const REGIONS = new Map(
  readFileSync(new URL('../../contracts/src/reference/data/forces.csv', import.meta.url), 'utf8')
    .split('\n')
    .map((row) => row.split(','))
    .map(([force = '', , , region = '']) => [force, region]),
);

/** Who may take offers and call units for a host: itself, its regional centre, the national centre. */
export const coordinatorsOf = (host: string): string[] => [host, `ricc-${REGIONS.get(host)}`, NATIONAL];

/** The donors that have offered for each request: a step of one may move the bookings of the others. */
type Parties = ReadonlyMap<string, ReadonlySet<string>>;
type BookingOwners = ReadonlyMap<string, { host: string; request: string }>;

const requestOf = (data: { host: string; requestId: string }): string => `${data.host}/${data.requestId}`;

const donorsByRequest = (facts: readonly Fact[]): Parties => {
  const donors = new Map<string, Set<string>>();
  for (const fact of facts) {
    if (fact.type !== 'muster.offer.made.v1' && fact.type !== 'muster.offer.called.v1') continue;
    const of = donors.get(requestOf(fact.data)) ?? new Set();
    donors.set(requestOf(fact.data), of.add(fact.data.donor));
  }
  return donors;
};

const bookingOwners = (facts: readonly Fact[]): BookingOwners => {
  const owners = new Map<string, { host: string; request: string }>();
  for (const fact of facts) {
    if (fact.type !== 'muster.booking.changed.v1') continue;
    for (const change of fact.data.changes) {
      if (change.kind === 'reserved')
        owners.set(change.bookingId, { host: change.host, request: requestOf(change) });
    }
  }
  return owners;
};

type Context = { parties: Parties; owners: BookingOwners };

const partiesOf = (request: string, host: string, { parties }: Context): string[] => [
  ...coordinatorsOf(host),
  HUB,
  ...(parties.get(request) ?? []),
];

const mayChange = (
  change: Change,
  donor: string,
  context: Context,
  together: readonly Change[],
): string[] => {
  const owner = context.owners.get(change.bookingId);
  if (!owner) return [HUB];
  switch (change.kind) {
    case 'reserved':
      return coordinatorsOf(owner.host);
    case 'confirmed':
    case 'refused':
    case 'void':
    case 'handed-on':
      return [donor];
    case 'returned': {
      // Units that never left are free in the same step in which their host calls them off.
      const isOneStep = together.some(
        ({ kind, bookingId }) => kind === 'released' && bookingId === change.bookingId,
      );
      return isOneStep ? [donor, owner.host] : [donor];
    }
    case 'extending':
    case 'extended':
      return [donor];
    case 'extension-ended':
      return [donor, HUB];
    case 'lapsing':
      return partiesOf(owner.request, owner.host, context);
    case 'released':
      return [...partiesOf(owner.request, owner.host, context), NATIONAL];
  }
};

/** Every organisation from whose act this event may come; for bookings, one list for each change. */
const mayWrite = (fact: Fact, context: Context): string[][] => {
  switch (fact.type) {
    case 'muster.capability.advertised.v1':
    case 'muster.capability.withdrawn.v1':
      return [[fact.data.force]];
    case 'muster.home.opened.v1':
    case 'muster.home.recorded.v1':
    case 'muster.offer.made.v1':
    case 'muster.offer.declined.v1':
    case 'muster.offer.prepared.v1':
    case 'muster.offer.approved.v1':
    case 'muster.offer.refused.v1':
    case 'muster.offer.condition_met.v1':
    case 'muster.offer.withdrawn.v1':
    case 'muster.commitment.made.v1':
    case 'muster.commitment.refused.v1':
    case 'muster.deployment.opened.v1':
    case 'muster.deployment.returned.v1':
    case 'muster.deployment.handed_on.v1':
      return [[fact.data.donor]];
    case 'muster.request.cancelled.v1':
      return [[fact.data.host, NATIONAL]];
    case 'muster.delegation.granted.v1':
    case 'muster.delegation.revoked.v1':
    case 'muster.approval_rules.set.v1':
      return [[fact.data.org]];
    case 'muster.request.approval_overdue.v1':
      return [[HUB]];
    case 'muster.request.drafted.v1':
    case 'muster.request.approved.v1':
    case 'muster.request.refused.v1':
    case 'muster.request.amended.v1':
    case 'muster.request.submitted.v1':
      return [[fact.data.host]];
    case 'muster.offer.accepted.v1':
    case 'muster.offer.left_out.v1':
    case 'muster.plan.approved.v1':
      return [coordinatorsOf(fact.data.host)];
    case 'muster.offer.called.v1':
      return [fact.data.because.kind === 'direction' ? [NATIONAL] : coordinatorsOf(fact.data.host)];
    case 'muster.policy.matching_set.v1':
    case 'muster.direction.recorded.v1':
      return [[NATIONAL]];
    case 'muster.request.issued.v1':
    case 'muster.request.escalation_asked.v1':
    case 'muster.request.escalated.v1':
    case 'muster.request.unfilled.v1':
      return [[...coordinatorsOf(fact.data.host), HUB]];
    case 'muster.request.unfilled_acknowledged.v1':
      return [coordinatorsOf(fact.data.host)];
    case 'muster.request.acknowledged.v1':
      return [[fact.data.force]];
    case 'muster.request.ask_withdrawn.v1':
      return [[fact.data.host]];
    case 'muster.request.escalation_overdue.v1':
    case 'muster.request.answer_time_expired.v1':
    case 'muster.booking.opened.v1':
      return [[HUB]];
    case 'muster.booking.shortfall.v1':
      return [[HUB, fact.data.donor]];
    case 'muster.request.notice.v1':
    case 'muster.request.expired.v1':
    case 'muster.request.closed.v1':
    case 'muster.offer.not_selected.v1':
    case 'muster.offer.lapsed.v1':
      return [partiesOf(requestOf(fact.data), fact.data.host, context)];
    case 'muster.extension.answered.v1':
    case 'muster.extension.confirmed.v1':
    case 'muster.deployment.welfare_answered.v1':
      return [[fact.data.donor]];
    case 'muster.cost.estimated.v1':
    case 'muster.cost.recorded.v1':
    case 'muster.claim.submitted.v1':
      return [[fact.data.donor]];
    case 'muster.claim.checked.v1':
    case 'muster.claim.queried.v1':
    case 'muster.claim.agreed.v1':
    case 'muster.claim.paid.v1':
      return [[fact.data.host]];
    case 'muster.claim.waiver_proposed.v1':
      return [[fact.data.proposedBy], [fact.data.donor, fact.data.host]];
    case 'muster.claim.waived.v1':
      return [[fact.data.agreedBy], [fact.data.donor, fact.data.host]];
    case 'muster.claim.overdue.v1':
      return [[HUB]];
    case 'muster.extension.requested.v1':
      return [[fact.data.host]];
    case 'muster.extension.ended.v1':
    case 'muster.deployment.secondment_review.v1':
      return [[fact.data.donor, HUB]];
    case 'muster.deployment.secondment_reviewed.v1':
      return [[fact.data.reviewedBy], [fact.data.donor, fact.data.host, NATIONAL]];
    case 'muster.return.requested.v1':
    case 'muster.return.withdrawn.v1':
    case 'muster.deployment.forfeited.v1':
      return [[fact.data.donor]];
    case 'muster.return.answered.v1':
    case 'muster.request.desk_taken.v1':
      return [[fact.data.host]];
    case 'muster.return.raised.v1':
      return [[HUB]];
    case 'muster.return.settled.v1':
      return [[NATIONAL]];
    case 'muster.deployment.control_proposed.v1':
      return [[fact.data.proposedBy], [fact.data.donor, fact.data.host]];
    case 'muster.deployment.control_transferred.v1':
      return [[fact.data.confirmedBy], [fact.data.donor, fact.data.host]];
    case 'muster.deployment.aborted.v1':
      return [[fact.data.abortedBy], [fact.data.donor, fact.data.host]];
    case 'muster.deployment.debriefed.v1':
      return [[fact.data.by], [fact.data.donor, fact.data.host]];
    case 'muster.deployment.desk_taken.v1':
      return [[fact.data[fact.data.side]]];
    case 'muster.deployment.status_requested.v1':
      return [[fact.data.askedBy]];
    case 'muster.deployment.closed.v1':
      return [[fact.data.donor, fact.data.host, HUB]];
    case 'muster.deployment.status.v1':
      return [[fact.data.donor, fact.data.host]];
    case 'muster.resource.released.v1': {
      const owner = context.owners.get(fact.data.deploymentId);
      return [[fact.data.donor, NATIONAL, ...partiesOf(owner?.request ?? '', fact.data.host, context)]];
    }
    case 'muster.booking.changed.v1':
      return fact.data.changes.map((change) =>
        mayChange(change, fact.data.donor, context, fact.data.changes),
      );
  }
};

/** Every event must come from the act of an organisation that may cause it, and name an actor of it or of the hub. */
export const checkEntitled = (facts: readonly Fact[], note: Note): void => {
  const context = { parties: donorsByRequest(facts), owners: bookingOwners(facts) };
  for (const fact of facts) {
    const where = `${fact.stream} ${fact.subject}`;
    for (const orgs of mayWrite(fact, context)) {
      if (!orgs.includes(fact.org))
        note(
          'not-entitled',
          where,
          fact.seq,
          `${fact.type} by ${fact.org}, not by ${[...new Set(orgs)].join(' or ')}`,
        );
    }
    const [actorOrg] = fact.actor.split('/');
    if (actorOrg !== fact.org && actorOrg !== HUB)
      note('not-entitled', where, fact.seq, `${fact.id} names the actor "${fact.actor}"`);
  }
};
