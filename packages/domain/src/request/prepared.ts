import type { MusterEvent } from '@muster/contracts';
import {
  type Answer,
  answerKey,
  type Offer,
  type Preparation,
  preparationKey,
  type RequestState,
} from './state.ts';

const GONE: readonly (Answer['answer'] | undefined)[] = ['declined', 'withdrawn'];

/** What a donor decides about an offer before it is made. */
export type PreparationEvent = MusterEvent<
  'muster.offer.prepared.v1' | 'muster.offer.approved.v1' | 'muster.offer.refused.v1'
>;

const TYPES: readonly string[] = [
  'muster.offer.prepared.v1',
  'muster.offer.approved.v1',
  'muster.offer.refused.v1',
] satisfies PreparationEvent['type'][];

export const isPreparationEvent = (event: MusterEvent): event is PreparationEvent =>
  TYPES.includes(event.type);

/** Takes the event into the preparations of a request, in place. */
export const applyPreparation = (
  { preparations }: { preparations: Map<string, Preparation> },
  event: PreparationEvent,
): void => {
  const key = preparationKey(event.data.donor, event.data.offerId);
  if (event.type === 'muster.offer.prepared.v1') {
    preparations.set(key, { ...event.data, status: 'prepared' });
    return;
  }
  const known = preparations.get(key);
  const status = event.type === 'muster.offer.approved.v1' ? 'approved' : 'refused';
  if (known) preparations.set(key, { ...known, status });
};

/** Whether the force has not declined meanwhile, and is still asked. */
const mayAnswer = (request: RequestState, donor: string, lineId: string): boolean =>
  !GONE.includes(request.answers.get(answerKey(donor, lineId))?.answer);

/** Preparations of a force on which its approver may still decide. */
export const openPreparations = (request: RequestState, donor: string): Preparation[] =>
  request.phase.kind !== 'live'
    ? []
    : [...request.preparations.values()].filter(
        ({ donor: by, status, lineId, unsolicited }) =>
          by === donor &&
          status === 'prepared' &&
          // The answer time is for those who were asked.
          (unsolicited || !request.answerTimePassed) &&
          mayAnswer(request, donor, lineId),
      );

const STANDING: readonly Offer['status'][] = ['made', 'provisional', 'accepted', 'committed'];

/** Units of a force that stand on a request already: one large offer is not made small by cutting it up. */
export const standingUnits = ({ offers }: RequestState, donor: string): number =>
  [...offers.values()]
    .filter((offer) => offer.donor === donor && STANDING.includes(offer.status))
    .reduce((sum, offer) => sum + ('accepted' in offer ? offer.accepted.quantity : offer.quantity), 0);
