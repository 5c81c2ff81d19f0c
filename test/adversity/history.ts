import type { EventData, EventType, StoredEventView } from '@muster/contracts';
import { eventually } from '@muster/testkit';
import type { Desk } from './desk.ts';

/** Longest wait for something to be in the ledger, in milliseconds. */
const UNTIL_MS = 30_000;
/** Wait of the broker for news in one look, in milliseconds. */
const NEWS_MS = 250;
const PAGE = 1_000;

/** Names one booking. */
export type BookingName = { donor: string; capabilityId: string; bookingId: string };

/** The ledger as `npocc` may read it, which is all of it. */
export type History = {
  /** Bodies of all events of a type, in order, as read so far. */
  of<T extends EventType>(type: T): EventData<T>[];
  /** The steps that a booking took, such as reserved, lapsing, void. */
  path(booking: BookingName): string[];
  /** Reads on until `look` finds something, and returns it. */
  until<T>(what: string, look: (history: History) => T): Promise<NonNullable<T>>;
  /** Reads on until the booking has taken exactly these steps. @throws when it takes others. */
  untilPath(booking: BookingName, steps: readonly string[]): Promise<void>;
  /** Reads whatever there is now. */
  catchUp(): Promise<void>;
};

/** @param national the desk of an organisation that may read everything. */
export const createHistory = (national: Desk): History => {
  const events: StoredEventView[] = [];
  let readTo = 0;

  const read = async (waitMs: number): Promise<boolean> => {
    const page = await national.answer('events', { afterSeq: readTo, waitMs, limit: PAGE });
    events.push(...page.events);
    const before = readTo;
    readTo = Math.max(readTo, page.lastSeq);
    return readTo > before;
  };
  const of: History['of'] = <T extends EventType>(type: T) =>
    // The broker has parsed each against the table before it answered.
    events.filter(({ envelope }) => envelope.type === type).map(({ data }) => data as EventData<T>);

  const history: History = {
    of,
    path: ({ donor, capabilityId, bookingId }) =>
      of('muster.booking.changed.v1')
        .filter((data) => data.donor === donor && data.capabilityId === capabilityId)
        .flatMap(({ changes }) => changes)
        .filter((change) => change.bookingId === bookingId)
        .map(({ kind }) => kind),
    until: (what, look) =>
      eventually(
        async () => {
          await read(NEWS_MS);
          return look(history);
        },
        { deadlineMs: UNTIL_MS, everyMs: 1, what },
      ),
    async untilPath(booking, steps) {
      const whole = history.until(`${booking.bookingId} goes ${steps.join(', ')}`, () => {
        const path = history.path(booking);
        const isElsewhere = path.some((step, index) => step !== steps[index]);
        return path.length >= steps.length || isElsewhere ? path : undefined;
      });
      const seen = await whole.catch((cause: unknown) => {
        const soFar = history.path(booking).join(', ');
        throw new Error(`${booking.bookingId} went ${soFar}, and no further to ${steps.at(-1)}`, { cause });
      });
      if (seen.join() !== steps.join())
        throw new Error(`${booking.bookingId} went ${seen.join(', ')}, not ${steps.join(', ')}`);
    },
    async catchUp() {
      while (await read(0));
    },
  };
  return history;
};
