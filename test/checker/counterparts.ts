import type { Fact } from './facts.ts';
import type { Decision, HomeCapability } from './home.ts';
import { type Booking, bookingKey, capabilityKey, type HubCapability } from './hub.ts';
import type { Note } from './report.ts';

type Ledgers = {
  hub: ReadonlyMap<string, HubCapability>;
  home: ReadonlyMap<string, HomeCapability>;
  /** Only what was stored, or fell due, before this instant has had its time to be answered. */
  settledBefore: string;
  note: Note;
};

type Cited = { donor: string; capabilityId: string; bookingId: string; token: number; homeVersion: number };

const decisionAt = (home: ReadonlyMap<string, HomeCapability>, cited: Cited): Decision | undefined =>
  home
    .get(capabilityKey(cited))
    ?.decisions.find(
      (each) =>
        each.homeVersion === cited.homeVersion &&
        each.bookingId === cited.bookingId &&
        each.token === cited.token,
    );

/** Every hub record that says what a home force decided must name a home record that says so. */
const checkCited = ({ home, note }: Ledgers, cited: Cited, confirmed: boolean, seq: number): void => {
  const decision = decisionAt(home, cited);
  const where = `booking ${capabilityKey(cited)} ${cited.bookingId}`;
  const cites = `home version ${cited.homeVersion}, token ${cited.token}`;
  if (confirmed && decision?.kind !== 'confirmed')
    note('commitment-without-home', where, seq, `${cites}: ${decision?.kind ?? 'no decision'} there`);
  if (!confirmed && (decision === undefined || decision.kind === 'confirmed'))
    note('answer-without-home', where, seq, `${cites}: ${decision?.kind ?? 'no decision'} there`);
};

const checkFact = (ledgers: Ledgers, fact: Fact): void => {
  if (fact.type === 'muster.booking.changed.v1') {
    for (const change of fact.data.changes) {
      if (change.kind !== 'confirmed' && change.kind !== 'refused' && change.kind !== 'void') continue;
      checkCited(ledgers, { ...fact.data, ...change }, change.kind === 'confirmed', fact.seq);
    }
  } else if (fact.type === 'muster.commitment.made.v1' || fact.type === 'muster.commitment.refused.v1') {
    const confirmed = fact.type === 'muster.commitment.made.v1';
    checkCited(ledgers, { ...fact.data, bookingId: fact.data.offerId }, confirmed, fact.seq);
  }
};

const checkBooking = ({ home, settledBefore, note }: Ledgers, booking: Booking): void => {
  const where = `booking ${capabilityKey(booking)} ${booking.bookingId}`;
  if (booking.state === 'reserved' && booking.confirmBy < settledBefore)
    note(
      'reservation-unsettled',
      where,
      booking.seq,
      `still reserved, to be confirmed by ${booking.confirmBy}`,
    );
  if (booking.state !== 'lapsing') return;
  const of = home.get(capabilityKey(booking));
  const lapsingAt = of?.seen.get(bookingKey(booking))?.lapsingAt;
  const decided = of?.decisions.some(
    (each) => each.bookingId === booking.bookingId && each.token === booking.token,
  );
  // A home that has not seen it is out of reach, which is nobody's fault; one that has seen it owes an answer.
  if (lapsingAt !== undefined && lapsingAt < settledBefore && !decided)
    note('lapsing-unanswered', where, booking.seq, `the home force saw it lapse at ${lapsingAt}`);
};

const checkDecision = (ledgers: Ledgers, key: string, decision: Decision): void => {
  if (decision.storedAt >= ledgers.settledBefore) return;
  const booking = ledgers.hub.get(key)?.bookings.get(bookingKey(decision));
  const where = `home ${key} ${decision.bookingId}`;
  const state = booking?.state ?? 'unknown';
  if (decision.kind === 'confirmed') {
    if (!booking?.path.includes('confirmed'))
      ledgers.note('home-confirmation-without-commitment', where, decision.seq, `the hub has it as ${state}`);
  } else if (state === 'reserved' || state === 'lapsing' || state === 'unknown') {
    ledgers.note(
      'home-answer-not-taken',
      where,
      decision.seq,
      `${decision.kind}, the hub has it as ${state}`,
    );
  }
};

/** Holds the hub's ledger and the home ledgers against each other. */
export const checkCounterparts = (facts: readonly Fact[], ledgers: Ledgers): void => {
  for (const fact of facts) checkFact(ledgers, fact);
  for (const of of ledgers.hub.values()) {
    for (const booking of of.bookings.values()) checkBooking(ledgers, booking);
  }
  for (const [key, of] of ledgers.home) {
    for (const decision of of.decisions) checkDecision(ledgers, key, decision);
  }
};
