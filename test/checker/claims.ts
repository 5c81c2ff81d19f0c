import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

type Line = { lineId: string; amountPence: number };
type Status = 'ESTIMATED' | 'ACCRUING' | 'SUBMITTED' | 'QUERIED' | 'AGREED' | 'PAID' | 'WAIVED';
type Claim = {
  status: Status;
  /** Pence by line: of the estimate while ESTIMATED, after that of what is recorded or claimed. */
  lines: Map<string, number>;
  round: number;
  agreedPence?: number;
  /** Post of the host that checked the present round. */
  checkedBy?: string | undefined;
  queriedBy: Set<string>;
  waiver?: { basis: string; by: string };
};

const OPEN: readonly Status[] = ['ESTIMATED', 'ACCRUING', 'SUBMITTED', 'QUERIED', 'AGREED'];

/** From where each step of a claim may be taken; an estimate opens it and has no row. */
const FROM = {
  'muster.cost.recorded.v1': ['ESTIMATED', 'ACCRUING'],
  'muster.claim.submitted.v1': ['ACCRUING', 'QUERIED'],
  'muster.claim.checked.v1': ['SUBMITTED'],
  'muster.claim.queried.v1': ['SUBMITTED'],
  'muster.claim.agreed.v1': ['SUBMITTED'],
  'muster.claim.paid.v1': ['AGREED'],
  'muster.claim.waiver_proposed.v1': OPEN,
  'muster.claim.waived.v1': OPEN,
  'muster.claim.overdue.v1': OPEN,
} as const satisfies Record<string, readonly Status[]>;

type StepType = keyof typeof FROM;
type Step = Fact<StepType>;
type OfClaim = Step | Fact<'muster.cost.estimated.v1'>;

const isOfClaim = (fact: Fact): fact is OfClaim =>
  fact.type === 'muster.cost.estimated.v1' || Object.hasOwn(FROM, fact.type);

const put = (lines: Map<string, number>, more: readonly Line[]): void => {
  for (const { lineId, amountPence } of more) lines.set(lineId, amountPence);
};

const sum = (lines: ReadonlyMap<string, number>): number => [...lines.values()].reduce((a, b) => a + b, 0);

const checkTotal = (claim: Claim, fact: OfClaim, note: Note): void => {
  if (!('totalPence' in fact.data)) return;
  const pence = sum(claim.lines);
  if (fact.data.totalPence !== pence)
    note(
      'claim-total-wrong',
      `claim ${fact.data.donor}/${fact.data.claimId}`,
      fact.seq,
      `${fact.type} says ${fact.data.totalPence} pence, its lines are ${pence}`,
    );
};

const takeLines = (claim: Claim, fact: Step): void => {
  if (fact.type === 'muster.cost.recorded.v1') {
    // What was expected is not what came up.
    if (claim.status === 'ESTIMATED') claim.lines.clear();
    put(claim.lines, fact.data.lines);
  }
  if (fact.type === 'muster.claim.submitted.v1') {
    claim.lines.clear();
    put(claim.lines, fact.data.lines);
  }
};

/** What is wrong with who agreed: another post than the one that checked, and that did not query, must have. */
const agreementFault = (claim: Claim, { data }: Fact<'muster.claim.agreed.v1'>): string | undefined => {
  if (claim.checkedBy === undefined) return 'agreed before anybody checked it';
  if (claim.checkedBy !== data.checkedBy)
    return `says that ${data.checkedBy} checked it, ${claim.checkedBy} did`;
  if (data.agreedBy === data.checkedBy) return `${data.agreedBy} checked and agreed`;
  if (claim.queriedBy.has(data.agreedBy)) return `${data.agreedBy} queried and agreed`;
  return undefined;
};

const roundFault = (claim: Claim, fact: Step): string | undefined => {
  if (!('round' in fact.data)) return undefined;
  const expected = claim.round + (fact.type === 'muster.claim.submitted.v1' ? 1 : 0);
  return fact.data.round === expected ? undefined : `round ${fact.data.round} in place of ${expected}`;
};

const waiverFault = (claim: Claim, { data }: Fact<'muster.claim.waived.v1'>): string | undefined => {
  if (data.agreedBy === data.proposedBy) return `${data.agreedBy} waived it alone`;
  const isAsProposed = claim.waiver?.by === data.proposedBy && claim.waiver.basis === data.basis;
  return isAsProposed ? undefined : `${data.proposedBy} did not propose to waive it for ${data.basis}`;
};

const move = (claim: Claim, fact: Step): void => {
  switch (fact.type) {
    case 'muster.cost.recorded.v1':
      claim.status = 'ACCRUING';
      return;
    case 'muster.claim.submitted.v1':
      Object.assign(claim, { status: 'SUBMITTED', round: fact.data.round, checkedBy: undefined });
      return;
    case 'muster.claim.checked.v1':
      claim.checkedBy = fact.data.checkedBy;
      return;
    case 'muster.claim.queried.v1':
      claim.status = 'QUERIED';
      claim.queriedBy.add(fact.data.queriedBy);
      return;
    case 'muster.claim.agreed.v1':
      Object.assign(claim, { status: 'AGREED', agreedPence: fact.data.totalPence });
      return;
    case 'muster.claim.paid.v1':
      claim.status = 'PAID';
      return;
    case 'muster.claim.waiver_proposed.v1':
      claim.waiver = { basis: fact.data.basis, by: fact.data.proposedBy };
      return;
    case 'muster.claim.waived.v1':
      claim.status = 'WAIVED';
      return;
    case 'muster.claim.overdue.v1':
      return;
  }
};

const checkStep = (claim: Claim, fact: Step, note: Note): void => {
  const where = `claim ${fact.data.donor}/${fact.data.claimId}`;
  const froms: readonly Status[] = FROM[fact.type];
  if (!froms.includes(claim.status))
    note('claim-step-illegal', where, fact.seq, `${fact.type} while ${claim.status}`);
  const round = roundFault(claim, fact);
  if (round) note('claim-step-illegal', where, fact.seq, round);
  if (fact.type === 'muster.claim.agreed.v1') {
    const fault = agreementFault(claim, fact);
    if (fault) note('claim-agreed-alone', where, fact.seq, fault);
  }
  if (fact.type === 'muster.claim.waived.v1') {
    const fault = waiverFault(claim, fact);
    if (fault) note('claim-step-illegal', where, fact.seq, fault);
  }
  if (fact.type === 'muster.claim.paid.v1' && fact.data.amountPence !== claim.agreedPence)
    note(
      'claim-paid-unagreed',
      where,
      fact.seq,
      `${fact.data.amountPence} pence were paid, ${claim.agreedPence ?? 'none'} agreed`,
    );
};

/** Totals add up, another post than the one that checked agrees, and nothing is paid but what was agreed. */
export const checkClaims = (facts: readonly Fact[], note: Note): void => {
  const claims = new Map<string, Claim>();
  for (const fact of facts) {
    if (!isOfClaim(fact)) continue;
    const key = `${fact.data.donor}/${fact.data.claimId}`;
    const before = claims.get(key);
    if (fact.type === 'muster.cost.estimated.v1') {
      if (before) note('claim-step-illegal', `claim ${key}`, fact.seq, `opened while ${before.status}`);
      const claim: Claim = { status: 'ESTIMATED', lines: new Map(), round: 0, queriedBy: new Set() };
      put(claim.lines, fact.data.lines);
      checkTotal(claim, fact, note);
      if (!before) claims.set(key, claim);
      continue;
    }
    if (!before) {
      note('claim-step-illegal', `claim ${key}`, fact.seq, `${fact.type} before its estimate`);
      continue;
    }
    takeLines(before, fact);
    checkTotal(before, fact, note);
    checkStep(before, fact, note);
    move(before, fact);
  }
};
