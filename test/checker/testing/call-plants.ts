import type { Story } from './history.ts';
import { draft, type Plant } from './plant.ts';

type Reserving = { kind: string; bookingId: string; called?: string };

/** The reservation of surrey's third offer, wherever the hub or the home ledger tells of it. */
const tellings = ({ ledger, home }: Story): Reserving[] =>
  [...ledger, ...home]
    .flatMap(({ data }) => [data.changes, data.entries].flat() as { changes?: Reserving[] }[])
    .flatMap((item) => [item, ...(item?.changes ?? [])] as Reserving[])
    .filter((item) => item?.kind === 'reserved' && item.bookingId === 'o3');

/** Turns the acceptance of surrey's third offer into a call, as the story of a coordinator would tell it. */
const call = (story: Story, data: object): void => {
  const accepted = draft(story.ledger, 'kent.a2.1');
  accepted.type = 'muster.offer.called.v1';
  accepted.subject = 'actual.request.kent.r1.offer-called.surrey';
  Object.assign(accepted.data, data);
  for (const change of tellings(story)) change.called = 'plan';
};

/** Faults in reservations that nobody offered. */
export const callPlants: readonly Plant[] = [
  {
    name: 'units are called under a direction that is not on record',
    kinds: ['direction-unrecorded'],
    story: (story) => call(story, { legalBasis: 'DIRECTED', because: { kind: 'plan' } }),
  },
  {
    name: 'a direction is told of by another than the national centre',
    kinds: ['direction-unrecorded', 'not-entitled'],
    story: (story) => call(story, { legalBasis: 'DIRECTED', because: { kind: 'direction' } }),
  },
  {
    name: 'a call is told of as if an offer had been accepted',
    kinds: ['half-told'],
    story: (story) => {
      call(story, { legalBasis: 'PA96-S24', because: { kind: 'plan' } });
      for (const change of tellings(story)) delete change.called;
    },
  },
];
