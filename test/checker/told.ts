import type { Change, Fact } from './facts.ts';
import { bookingKey, capabilityKey, type HubCapability } from './hub.ts';
import type { Note } from './report.ts';

/** What one append says of one booking, in the words of a booking change. */
type Told = { step: Change['kind']; bookingId: string; seq: number; by: string } & Partial<{
  isCalled: boolean;
  reasonCode: string | undefined;
  /** Released and returned in one step: units that never left. */
  neverLeft: boolean;
}>;

const STEP_OF = {
  'muster.offer.accepted.v1': 'reserved',
  'muster.offer.called.v1': 'reserved',
  'muster.commitment.made.v1': 'confirmed',
  'muster.commitment.refused.v1': 'refused',
  'muster.offer.lapsed.v1': 'lapsing',
  'muster.deployment.opened.v1': 'confirmed',
  'muster.resource.released.v1': 'released',
  'muster.deployment.forfeited.v1': 'released',
  'muster.deployment.aborted.v1': 'released',
  'muster.deployment.returned.v1': 'returned',
  'muster.deployment.handed_on.v1': 'handed-on',
  'muster.deployment.closed.v1': 'returned',
  'muster.extension.answered.v1': 'extending',
  'muster.extension.confirmed.v1': 'extended',
  'muster.extension.ended.v1': 'extension-ended',
} as const;

/** Who else must speak of a booking change in the same append. */
const SPEAKERS: Partial<Record<Change['kind'], readonly (keyof typeof STEP_OF)[]>> = {
  reserved: ['muster.offer.accepted.v1'],
  confirmed: ['muster.commitment.made.v1', 'muster.deployment.opened.v1'],
  released: ['muster.resource.released.v1'],
  returned: ['muster.deployment.returned.v1'],
  'handed-on': ['muster.deployment.handed_on.v1'],
  extending: ['muster.extension.answered.v1'],
  extended: ['muster.extension.confirmed.v1'],
  'extension-ended': ['muster.extension.ended.v1'],
};

/** Releases that the end of the deployment itself tells of. */
const ENDED_BY: Readonly<Record<string, string>> = {
  forfeited: 'muster.deployment.forfeited.v1',
  aborted: 'muster.deployment.aborted.v1',
  'made-in-error': 'muster.deployment.aborted.v1',
};

const speakersOf = ({ step, isCalled, reasonCode = '', neverLeft }: Told): readonly string[] => {
  if (isCalled) return ['muster.offer.called.v1'];
  if (neverLeft) return ['muster.deployment.closed.v1'];
  const endedBy = ENDED_BY[reasonCode];
  return endedBy === undefined ? (SPEAKERS[step] ?? []) : [endedBy];
};

const isReleased = (changes: readonly Change[], bookingId: string): boolean =>
  changes.some((change) => change.kind === 'released' && change.bookingId === bookingId);

const toldBy = (fact: Fact): Told[] => {
  const { seq, type: by } = fact;
  switch (fact.type) {
    case 'muster.booking.changed.v1':
      return fact.data.changes.map((change) => ({
        ...{ step: change.kind, bookingId: change.bookingId, seq, by },
        isCalled: change.kind === 'reserved' && change.called !== undefined,
        reasonCode: change.kind === 'released' ? change.reasonCode : undefined,
        neverLeft: change.kind === 'returned' && isReleased(fact.data.changes, change.bookingId),
      }));
    case 'muster.offer.accepted.v1':
    case 'muster.offer.called.v1':
    case 'muster.commitment.made.v1':
    case 'muster.commitment.refused.v1':
    case 'muster.offer.lapsed.v1':
      // Nothing is reserved for an offer that ran out before anybody accepted it.
      if (fact.type === 'muster.offer.lapsed.v1' && fact.data.reasonCode === 'validity-passed') return [];
      return [{ step: STEP_OF[fact.type], bookingId: fact.data.offerId, seq, by }];
    case 'muster.deployment.opened.v1':
    case 'muster.resource.released.v1':
    case 'muster.deployment.forfeited.v1':
    case 'muster.deployment.aborted.v1':
    case 'muster.deployment.returned.v1':
    case 'muster.deployment.handed_on.v1':
      return [{ step: STEP_OF[fact.type], bookingId: fact.data.deploymentId, seq, by }];
    case 'muster.extension.answered.v1':
      return fact.data.answer === 'accept'
        ? [{ step: STEP_OF[fact.type], bookingId: fact.data.deploymentId, seq, by }]
        : [];
    case 'muster.extension.ended.v1':
      // Nothing is reserved for an ask that nobody has answered.
      return fact.data.because === 'answer-time-passed'
        ? []
        : [{ step: STEP_OF[fact.type], bookingId: fact.data.deploymentId, seq, by }];
    case 'muster.extension.confirmed.v1':
      return [{ step: STEP_OF[fact.type], bookingId: fact.data.deploymentId, seq, by }];
    case 'muster.deployment.closed.v1':
      return fact.data.because === 'ended-before-task'
        ? [{ step: STEP_OF[fact.type], bookingId: fact.data.deploymentId, seq, by }]
        : [];
    default:
      return [];
  }
};

const BOOKING = 'muster.booking.changed.v1';

const checkAppend = (command: string, told: readonly Told[], note: Note): void => {
  const says = (by: string, { step, bookingId }: Told): boolean =>
    told.some((each) => each.by === by && each.step === step && each.bookingId === bookingId);
  for (const each of told) {
    const missing = each.by === BOOKING ? speakersOf(each) : [BOOKING];
    for (const by of missing.filter((other) => !says(other, each)))
      note(
        'half-told',
        `command ${command}`,
        each.seq,
        `${each.bookingId} ${each.step} by ${each.by}, but not by ${by}`,
      );
  }
};

/** What one append did must be told alike by the request, the booking and the deployment. */
export const checkAppends = (facts: readonly Fact[], note: Note): void => {
  const byCommand = Map.groupBy(facts, (fact) => `${fact.org}.${fact.commandId}`);
  for (const [command, of] of byCommand) {
    // Units whose people were asked after later came home earlier; their deployment closes by itself.
    const isAnswered = of.some(({ type }) => type === 'muster.deployment.welfare_answered.v1');
    const told = of.filter(({ type }) => !isAnswered || type !== 'muster.deployment.closed.v1');
    checkAppend(command, told.flatMap(toldBy), note);
  }
};

/** A reservation under a direction must stand beside the record of that direction, for the same units. */
export const checkDirections = (facts: readonly Fact[], note: Note): void => {
  const recorded = new Set(
    facts.flatMap((fact) =>
      fact.type === 'muster.direction.recorded.v1' ? [`${fact.commandId} ${unitsOf(fact.data)}`] : [],
    ),
  );
  for (const fact of facts) {
    if (fact.type !== 'muster.offer.called.v1') continue;
    const { because, legalBasis, donor, offerId } = fact.data;
    const isDirected = because.kind === 'direction';
    if (isDirected && recorded.has(`${fact.commandId} ${unitsOf(fact.data)}`) && legalBasis === 'DIRECTED')
      continue;
    if (!isDirected && legalBasis !== 'DIRECTED') continue;
    note(
      'direction-unrecorded',
      `offer ${donor} ${offerId}`,
      fact.seq,
      `${legalBasis} because of a ${because.kind}`,
    );
  }
};

const unitsOf = (of: { lineId: string; donor: string; capabilityId: string; quantity: number }): string =>
  [of.lineId, of.donor, of.capabilityId, of.quantity].join(' ');

/** Acceptances, commitments and deployments must be of what was reserved, under its token. */
export const checkTerms = (
  facts: readonly Fact[],
  hub: ReadonlyMap<string, HubCapability>,
  note: Note,
): void => {
  for (const fact of facts) {
    if (
      fact.type !== 'muster.offer.accepted.v1' &&
      fact.type !== 'muster.offer.called.v1' &&
      fact.type !== 'muster.commitment.made.v1' &&
      fact.type !== 'muster.deployment.opened.v1'
    )
      continue;
    const { data } = fact;
    const bookingId = 'bookingId' in data ? data.bookingId : data.offerId;
    const where = `booking ${capabilityKey(data)} ${bookingId}`;
    const booking = hub.get(capabilityKey(data))?.bookings.get(bookingKey({ bookingId, token: data.token }));
    if (!booking)
      note(
        'token-wrong',
        where,
        fact.seq,
        `${fact.type} cites token ${data.token}, under which nothing was reserved`,
      );
    else if (data.quantity !== booking.quantity || data.from !== booking.from || data.to !== booking.to)
      note('commitment-differs', where, fact.seq, `${fact.type} is not of what was reserved`);
  }
};
