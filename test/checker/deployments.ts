import type { Fact, KnownType } from './facts.ts';
import type { Note } from './report.ts';

/** One deployment as its events leave it. */
type Deployment = {
  name: string;
  status: string;
  /** Where a recall met the units, or where they have got to since. */
  before: string;
  recall: { raiseAt: string; isRaised: boolean; seq: number } | undefined;
  /** The proposal of control that stands. */
  proposed: { id: string; to: string; by: string } | undefined;
  hasDonorDebriefed: boolean;
  from: string;
  end: string;
  /** An ask for longer that stands open. */
  asked: { id: string; newEnd: string; answerBy: string; isReserved: boolean; seq: number } | undefined;
  isWelfareOpen: boolean;
  isReviewed: boolean;
  /** A recall was answered or settled with release, and the release is not told yet: at which sequence. */
  owesRelease: number | undefined;
};

const EARLY = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED'];
const OUT = [...EARLY, 'ON_TASK'];

/** From where units may be reported to have got to each place. */
const REPORTED: Readonly<Record<string, readonly string[]>> = {
  MOBILISING: ['COMMITTED', 'MOBILISING'],
  EN_ROUTE: ['MOBILISING', 'EN_ROUTE'],
  STAGED: ['EN_ROUTE', 'STAGED'],
  ON_TASK: ['EN_ROUTE', 'STAGED', 'ON_TASK'],
  RETURNING: ['RELEASED', 'RETURNING'],
};

/** From which statuses each event may come; those left out may come at any time before the end. */
const FROM: Partial<Record<KnownType, readonly string[]>> = {
  'muster.return.requested.v1': OUT,
  'muster.extension.requested.v1': OUT,
  'muster.extension.answered.v1': [...OUT, 'RECALL_PENDING'],
  'muster.extension.confirmed.v1': [...OUT, 'RECALL_PENDING'],
  'muster.extension.ended.v1': [...OUT, 'RECALL_PENDING'],
  'muster.deployment.welfare_answered.v1': ['RETURNED'],
  'muster.return.answered.v1': ['RECALL_PENDING'],
  'muster.return.withdrawn.v1': ['RECALL_PENDING'],
  'muster.return.raised.v1': ['RECALL_PENDING'],
  'muster.return.settled.v1': ['RECALL_PENDING'],
  'muster.resource.released.v1': [...OUT, 'RECALL_PENDING'],
  'muster.deployment.forfeited.v1': EARLY,
  'muster.deployment.aborted.v1': EARLY,
  'muster.deployment.returned.v1': ['RELEASED', 'RETURNING', 'ABORTED'],
  'muster.deployment.handed_on.v1': ['RELEASED', 'RETURNING'],
  'muster.deployment.debriefed.v1': ['RETURNED'],
  'muster.deployment.closed.v1': ['RETURNED', 'ABORTED'],
};

type OfDeployment = Extract<Fact, { data: { deploymentId: string } }>;

const isOfDeployment = (fact: Fact): fact is OfDeployment =>
  'deploymentId' in fact.data && fact.type !== 'muster.commitment.made.v1';

/** An extension is answered, confirmed and ended only as it was asked for. */
const extensionFault = ({ asked, end }: Deployment, fact: OfDeployment): string | undefined => {
  switch (fact.type) {
    case 'muster.extension.answered.v1':
      return asked?.id === fact.data.extensionId && asked.newEnd === fact.data.newEnd
        ? undefined
        : 'answers what nobody asked';
    case 'muster.extension.confirmed.v1': {
      const { extensionId, from, to } = fact.data;
      const isAsked = asked?.id === extensionId && asked.isReserved && asked.newEnd === to;
      return isAsked && from === end ? undefined : `moves the end from ${from} to ${to} unasked`;
    }
    case 'muster.extension.ended.v1':
      return asked?.id === fact.data.extensionId ? undefined : 'ends an extension that nobody asked for';
    default:
      return undefined;
  }
};

/** Why the event cannot come now, or undefined. */
const faultOf = (of: Deployment, fact: OfDeployment): string | undefined => {
  if (fact.type === 'muster.deployment.opened.v1') return 'opened a second time';
  if (of.owesRelease !== undefined && fact.type !== 'muster.resource.released.v1')
    return `the release told of at ${of.owesRelease} is missing`;
  if (fact.type === 'muster.deployment.status.v1') {
    const at = of.status === 'RECALL_PENDING' ? of.before : of.status;
    return REPORTED[fact.data.status]?.includes(at) ? undefined : `${fact.data.status} after ${at}`;
  }
  if (FROM[fact.type]?.includes(of.status) === false) return `${fact.type} after ${of.status}`;
  if (fact.type === 'muster.return.settled.v1' && !of.recall?.isRaised) return 'settled before it was raised';
  if (fact.type === 'muster.return.settled.v1' && fact.data.decision === 'stay' && !fact.data.consentedBy)
    return 'kept without the consent of the donor';
  const unasked = extensionFault(of, fact);
  if (unasked) return unasked;
  if (fact.type === 'muster.deployment.welfare_answered.v1' && !of.isWelfareOpen)
    return 'the welfare of its people was answered already';
  if (fact.type === 'muster.deployment.secondment_review.v1' && of.isReviewed) return 'reviewed twice';
  if (fact.type === 'muster.deployment.closed.v1' && of.isWelfareOpen)
    return 'closed before anybody said how its people are';
  if (fact.type === 'muster.deployment.closed.v1' && of.status === 'RETURNED') {
    const isDebriefed = fact.data.because === 'debriefed-and-settled';
    if (isDebriefed && !of.hasDonorDebriefed) return 'closed before the donor debriefed';
  }
  return undefined;
};

const endRecall = (of: Deployment, status: string): void => {
  of.status = status;
  of.recall = undefined;
  of.owesRelease = undefined;
};

const applyStay = (of: Deployment, fact: OfDeployment): void => {
  switch (fact.type) {
    case 'muster.extension.requested.v1': {
      const { extensionId: id, newEnd, answerBy } = fact.data;
      of.asked = { id, newEnd, answerBy, isReserved: false, seq: fact.seq };
      return;
    }
    case 'muster.extension.answered.v1':
      if (fact.data.answer === 'decline') of.asked = undefined;
      else if (fact.data.answer === 'accept' && of.asked) of.asked.isReserved = true;
      return;
    case 'muster.extension.confirmed.v1':
      of.end = fact.data.to;
      of.asked = undefined;
      return;
    case 'muster.extension.ended.v1':
    case 'muster.resource.released.v1':
    case 'muster.deployment.forfeited.v1':
    case 'muster.deployment.aborted.v1':
      of.asked = undefined;
      return;
    case 'muster.deployment.handed_on.v1':
      of.isWelfareOpen = true;
      return;
    case 'muster.deployment.returned.v1':
      of.isWelfareOpen = fact.data.welfareOpen === true;
      return;
    case 'muster.deployment.welfare_answered.v1':
      of.isWelfareOpen = false;
      return;
    case 'muster.deployment.secondment_review.v1':
      of.isReviewed = true;
      return;
    default:
  }
};

const apply = (of: Deployment, fact: OfDeployment): void => {
  applyStay(of, fact);
  switch (fact.type) {
    case 'muster.deployment.status.v1':
      if (of.status === 'RECALL_PENDING') of.before = fact.data.status;
      else of.status = fact.data.status;
      return;
    case 'muster.return.requested.v1':
      of.before = of.status;
      of.status = 'RECALL_PENDING';
      of.recall = { raiseAt: fact.data.raiseAt, isRaised: false, seq: fact.seq };
      return;
    case 'muster.return.answered.v1':
      if (fact.data.answer === 'release') of.owesRelease = fact.seq;
      return;
    case 'muster.return.raised.v1':
      if (of.recall) of.recall.isRaised = true;
      return;
    case 'muster.return.withdrawn.v1':
      endRecall(of, of.before);
      return;
    case 'muster.return.settled.v1':
      if (fact.data.decision === 'release') of.owesRelease = fact.seq;
      else endRecall(of, of.before);
      return;
    case 'muster.resource.released.v1':
      endRecall(of, 'RELEASED');
      return;
    case 'muster.deployment.forfeited.v1':
    case 'muster.deployment.aborted.v1':
      endRecall(of, 'ABORTED');
      return;
    case 'muster.deployment.returned.v1':
    case 'muster.deployment.handed_on.v1':
      of.status = 'RETURNED';
      return;
    case 'muster.deployment.debriefed.v1':
      if (fact.data.by === fact.data.donor) of.hasDonorDebriefed = true;
      return;
    case 'muster.deployment.closed.v1':
      of.status = 'CLOSED';
      return;
    default:
  }
};

/** Control moves only when one side has proposed exactly that and the other has confirmed it. */
const checkControl = (of: Deployment, fact: OfDeployment, note: Note): void => {
  if (fact.type === 'muster.deployment.control_proposed.v1') {
    const { proposalId: id, to, proposedBy: by } = fact.data;
    of.proposed = { id, to, by };
  }
  if (fact.type !== 'muster.deployment.control_transferred.v1') return;
  const { proposalId, to, toForce, confirmedBy, donor, host } = fact.data;
  const { proposed } = of;
  const isProposed = proposed?.id === proposalId && proposed.to === to;
  const isMeant = toForce === (to === 'host' ? host : donor);
  if (!isProposed || !isMeant || proposed.by === confirmedBy)
    note(
      'control-one-sided',
      of.name,
      fact.seq,
      `to ${toForce}, confirmed by ${confirmedBy}, proposed by ${proposed?.by ?? 'nobody'}`,
    );
  of.proposed = undefined;
};

const DAY_MS = 86_400_000;
/** Eight weeks. */
const AWAY_DAYS_MAX = 56;

/** An ask that nobody answers ends by itself, and units that are to be away for long are looked at. */
const checkStay = (of: Deployment, settledBefore: string, note: Note): void => {
  const { name, asked, from, end, isReviewed } = of;
  if (asked && !asked.isReserved && asked.answerBy < settledBefore)
    note('extension-unsettled', name, asked.seq, `was to be answered by ${asked.answerBy}`);
  if (from === '' || isReviewed || (Date.parse(end) - Date.parse(from)) / DAY_MS <= AWAY_DAYS_MAX) return;
  note('secondment-unraised', name, 0, `lent from ${from} to ${end}, and nobody was told to look at it`);
};

/** Replays every deployment and judges each of its steps; a recall that nobody answers must have been raised. */
export const checkDeployments = (facts: readonly Fact[], settledBefore: string, note: Note): void => {
  const all = new Map<string, Deployment>();
  for (const fact of facts) {
    if (!isOfDeployment(fact)) continue;
    const name = `deployment ${fact.data.donor}/${fact.data.deploymentId}`;
    const of = all.get(name);
    if (!of) {
      // One that was never opened is missing beside its commitment, where it is found.
      const fresh = { before: '', recall: undefined, proposed: undefined, owesRelease: undefined };
      const { from, to: end } =
        fact.type === 'muster.deployment.opened.v1'
          ? { ...fact.data, from: fact.data.continues?.since ?? fact.data.from }
          : { from: '', to: '' };
      const stay = { from, end, asked: undefined, isWelfareOpen: false, isReviewed: false };
      all.set(name, { name, status: 'COMMITTED', hasDonorDebriefed: false, ...fresh, ...stay });
      continue;
    }
    const fault = faultOf(of, fact);
    if (fault !== undefined) note('deployment-step-illegal', name, fact.seq, fault);
    checkControl(of, fact, note);
    apply(of, fact);
  }
  for (const of of all.values()) checkStay(of, settledBefore, note);
  for (const { name, recall, owesRelease } of all.values()) {
    if (owesRelease !== undefined)
      note('deployment-step-illegal', name, owesRelease, 'a release is told of that never came');
    else if (recall && !recall.isRaised && recall.raiseAt < settledBefore)
      note('recall-unraised', name, recall.seq, `was to be raised at ${recall.raiseAt}`);
  }
};
