import { eventRow, isEventType, type MusterEvent, type StoredEventView } from '@muster/contracts';

/** One stored event of a known type, with where it stands and who caused it. */
export type Fact = {
  seq: number;
  id: string;
  /** When it was decided. */
  time: string;
  /** `org/role/post`. */
  actor: string;
  event: MusterEvent;
};

/** The event that was stored; undefined for a type that this version does not know. */
export const factOf = ({ seq, envelope, data }: StoredEventView): Fact | undefined => {
  const { type, id, time, actor } = envelope;
  if (!isEventType(type)) return undefined;
  const event = { type, data: eventRow(type).schema.parse(data) } as MusterEvent;
  return { seq, id, time, actor, event };
};
