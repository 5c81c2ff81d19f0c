/** What can be wrong with a history. Kinds that mean a unit was lent twice start with `over-committed`. */
export type FindingKind =
  | 'over-committed-hub'
  | 'over-committed-home'
  | 'reliance-unfounded'
  | 'reservation-unsettled'
  | 'lapsing-unanswered'
  | 'commitment-without-home'
  | 'answer-without-home'
  | 'home-confirmation-without-commitment'
  | 'home-answer-not-taken'
  | 'commitment-differs'
  | 'half-told'
  | 'direction-unrecorded'
  | 'rest-unheeded'
  | 'override-untold'
  | 'self-approved'
  /** An offer was accepted that was provisional, past its time, taken back or turned down. */
  | 'accepted-not-open'
  /** An offer above the rule of its donor was made that no other post of that donor had approved. */
  | 'offer-unapproved'
  /** An offer came from a force that was not asked and does not say so, or says so of one that was. */
  | 'offer-unasked'
  /** More was taken for a request than was approved: units of a line, or cost in all. */
  | 'accepted-beyond-approval'
  /** Units were left out of what a host took although its line has less than its minimum without them. */
  | 'left-out-below-minimum'
  | 'issued-unapproved'
  /** A version of the matching policy that nobody set, or that did not follow the one before it. */
  | 'policy-unfounded'
  | 'escalated-unaccepted'
  | 'unfilled-incomplete'
  | 'deployment-step-illegal'
  | 'control-one-sided'
  | 'recall-unraised'
  | 'extension-unsettled'
  | 'secondment-unraised'
  | 'claim-step-illegal'
  | 'claim-total-wrong'
  | 'claim-agreed-alone'
  | 'claim-paid-unagreed'
  | 'version-out-of-order'
  | 'token-wrong'
  | 'booking-step-illegal'
  | 'home-decision-illegal'
  | 'home-saw-other'
  | 'asked-without-end'
  | 'asked-not-told'
  | 'request-without-end'
  | 'acknowledged-lost'
  | 'not-entitled'
  | 'subject-mismatch'
  | 'duplicate-id'
  | 'command-torn'
  | 'sequence-gap'
  | 'unreadable';

/** One fault: what kind, where (stream and aggregate), at which sequence of that stream (0: nowhere), and the facts. */
export type Finding = { kind: FindingKind; where: string; seq: number; detail: string };

/** Takes a finding down. */
export type Note = (kind: FindingKind, where: string, seq: number, detail: string) => void;

export type Report = { findings: Finding[]; counts: Record<string, number> };

/** A stored answer that a caller kept: the command, and the ids of the events that it was told are stored. */
export type Ack = { org: string; commandId: string; eventIds: readonly string[] };

export type CheckOptions = {
  /** When the history was read, as an instant in UTC with milliseconds. */
  now: string;
  /** How long the other side is given to answer before its silence is a finding, in milliseconds. */
  settleMs: number;
  acks?: readonly Ack[];
};
