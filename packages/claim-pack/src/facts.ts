import { eventRow, type MusterEvent, type StoredEventView } from '@muster/contracts';

/** One stored event, with where it stands and who caused it. */
export type Fact = {
  seq: number;
  id: string;
  /** When it was decided. */
  time: string;
  /** `org/role/post`. */
  actor: string;
  event: MusterEvent;
};

/** As much of a stored event as a pack is made of. */
export type PackEvent = Pick<StoredEventView, 'seq' | 'data'> & {
  envelope: Pick<StoredEventView['envelope'], 'type' | 'id' | 'time' | 'actor'>;
};

/** A stored event as the contracts have it. */
export const factOf = ({ seq, envelope, data }: PackEvent): Fact => {
  const { type, id, time, actor } = envelope;
  return { seq, id, time, actor, event: { type, data: eventRow(type).schema.parse(data) } as MusterEvent };
};
