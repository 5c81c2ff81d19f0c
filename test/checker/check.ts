import { checkApprovals } from './approvals.ts';
import { checkClaims } from './claims.ts';
import { checkCounterparts } from './counterparts.ts';
import { checkDeployments } from './deployments.ts';
import { checkEntitled } from './entitled.ts';
import { checkExtensions } from './extensions.ts';
import { type Fact, type KnownType, type RawRecord, readFact } from './facts.ts';
import { replayHome } from './home.ts';
import { type HubCapability, replayHub } from './hub.ts';
import { checkAcks, checkDense, checkIds, checkSubjects, checkWhole } from './identity.ts';
import { checkOffers } from './offers.ts';
import { checkMatchingPolicy } from './policy.ts';
import { checkPreparations } from './preparations.ts';
import { checkReach } from './reach.ts';
import type { CheckOptions, Finding, Note, Report } from './report.ts';
import { checkRequests } from './requests.ts';
import { checkOverrides } from './rest.ts';
import { checkSolicited } from './solicited.ts';
import { moved } from './spans.ts';
import { checkAppends, checkDirections, checkTerms } from './told.ts';
import { checkWithinApproval } from './within.ts';

/** Streams from which nothing is ever removed. */
const isLedger = (stream: string): boolean => !stream.startsWith('CAPABILITY_');

const ofType = <T extends KnownType>(facts: readonly Fact[], ...types: readonly T[]): Fact<T>[] =>
  facts.filter((fact): fact is Fact<T> => types.some((type) => type === fact.type));

const readAll = (records: readonly RawRecord[], note: Note): Fact[] =>
  records.flatMap((raw) => {
    const fact = readFact(raw);
    if (!('unreadable' in fact)) return [fact];
    note('unreadable', `${raw.stream} ${raw.subject}`, raw.seq, fact.unreadable);
    return [];
  });

/** Capabilities that lend items a week, as far as their adverts can still be read. */
const queuesAmong = (facts: readonly Fact[]): Set<string> =>
  new Set(
    ofType(facts, 'muster.capability.advertised.v1')
      .filter((fact) => fact.data.kind === 'queue')
      .map(({ data }) => `${data.force}/${data.capabilityId}`),
  );

/** A reservation must rely on what the force really advertised, where that advert can still be read. */
const checkReliance = (facts: readonly Fact[], note: Note): void => {
  const adverts = new Map(
    ofType(facts, 'muster.capability.advertised.v1').map(({ data }) => [
      `${data.force}/${data.capabilityId} ${data.revision}`,
      data.quantity,
    ]),
  );
  for (const fact of ofType(facts, 'muster.booking.changed.v1')) {
    for (const change of fact.data.changes) {
      if (change.kind !== 'reserved') continue;
      const name = `${fact.data.donor}/${fact.data.capabilityId}`;
      const advertised = adverts.get(`${name} ${change.reliedOn.revision}`);
      if (advertised !== undefined && change.reliedOn.quantity > advertised)
        note(
          'reliance-unfounded',
          `booking ${name} ${change.bookingId}`,
          fact.seq,
          `relied on ${change.reliedOn.quantity}, but revision ${change.reliedOn.revision} offers ${advertised}`,
        );
    }
  }
};

const countAll = (
  facts: readonly Fact[],
  hub: ReadonlyMap<string, HubCapability>,
  requests: number,
): Record<string, number> => {
  const bookings = [...hub.values()].flatMap((of) => [...of.bookings.values()]);
  const perStream = Object.fromEntries(
    [...Map.groupBy(facts, (fact) => fact.stream)].map(([stream, of]) => [stream, of.length]),
  );
  return {
    ...perStream,
    requests,
    capabilities: hub.size,
    reservations: bookings.length,
    commitments: bookings.filter((booking) => booking.path.includes('confirmed')).length,
    lapsing: bookings.filter((booking) => booking.state === 'lapsing').length,
    returned: bookings.filter((booking) => booking.state === 'returned').length,
  };
};

/**
 * Judges a history by itself: one array of records for each stream, in stream order. Pure; it knows nothing
 * of the code that wrote the history.
 */
export const check = (history: readonly (readonly RawRecord[])[], options: CheckOptions): Report => {
  const findings: Finding[] = [];
  const note: Note = (kind, where, seq, detail) => findings.push({ kind, where, seq, detail });
  const settledBefore = moved(options.now, -options.settleMs);
  const facts = history.flatMap((records) => readAll(records, note));
  for (const records of history) {
    if (records.some((record) => isLedger(record.stream))) checkDense(records, note);
  }
  const events = facts.filter((fact) => fact.stream.startsWith('ASSISTANCE_'));
  checkSubjects(facts, note);
  checkIds(facts, note);
  checkWhole(events, note);
  checkEntitled(facts, note);
  const queues = queuesAmong(facts);
  const hub = replayHub(
    ofType(events, 'muster.booking.opened.v1', 'muster.booking.changed.v1', 'muster.booking.shortfall.v1'),
    queues,
    note,
  );
  const home = replayHome(
    ofType(facts, 'muster.home.opened.v1', 'muster.home.recorded.v1'),
    hub,
    queues,
    note,
  );
  checkReliance(facts, note);
  checkAppends(events, note);
  checkDirections(events, note);
  checkOverrides(events, note);
  checkApprovals(events, note);
  checkMatchingPolicy(events, note);
  checkReach(events, note);
  checkOffers(events, note);
  checkPreparations(events, note);
  checkSolicited(events, note);
  checkWithinApproval(events, note);
  checkTerms(events, hub, note);
  checkExtensions(events, { hub, home, settledBefore, note });
  checkCounterparts(events, { hub, home, settledBefore, note });
  checkDeployments(events, settledBefore, note);
  checkClaims(events, note);
  const requests = checkRequests(events, hub, settledBefore, note);
  checkAcks(events, options.acks ?? [], note);
  return { findings, counts: { ...countAll(facts, hub, requests), acknowledged: options.acks?.length ?? 0 } };
};
