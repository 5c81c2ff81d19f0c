import type { MusterEvent } from '@muster/contracts';
import type { Booking, HomeState } from '@muster/domain';
import { showTime } from '../input/times.ts';
import { shortener } from './ids.ts';
import type { Output } from './print.ts';
import { typeName } from './stored.ts';
import { type Cell, details, table } from './table.ts';

const isEnded = (status: Booking['status']): boolean =>
  status === 'returned' || status === 'handed-on' || status === 'refused' || status === 'void';

/** What a person of the force needs to know about a booking. */
const standingOf = (state: HomeState, booking: Booking): string => {
  const verdict = state.verdicts.get(booking.bookingId)?.verdict;
  if (verdict === undefined && booking.status === 'reserved') {
    return `waits for you until ${showTime(booking.confirmBy)}`;
  }
  return verdict === undefined || isEnded(booking.status) ? booking.status : `${verdict} (${booking.status})`;
};

const bookingsTable = (states: readonly HomeState[], all: boolean, color: boolean): string => {
  const rows = states.flatMap((state) =>
    [...state.bookings.values()]
      .filter((booking) => all || !isEnded(booking.status))
      .map((booking) => ({ state, booking })),
  );
  const short = shortener(rows.map(({ booking }) => booking.bookingId));
  return table(
    ['booking', 'capability', 'host', 'units', 'from', 'to', 'standing'],
    rows.map(({ state, booking }): Cell[] => [
      short(booking.bookingId),
      state.capabilityId,
      booking.host,
      booking.quantity,
      showTime(booking.from),
      showTime(booking.to),
      standingOf(state, booking),
    ]),
    { empty: 'Nothing is booked.', color },
  );
};

const usesTable = (states: readonly HomeState[], all: boolean, color: boolean): string => {
  const rows = states.flatMap((state) =>
    [...state.uses.values()]
      .filter((use) => all || use.returnedAt === undefined)
      .map((use) => ({ capabilityId: state.capabilityId, use })),
  );
  const short = shortener(rows.map(({ use }) => use.useId));
  return table(
    ['own use', 'capability', 'units', 'from', 'to', 'returned'],
    rows.map(({ capabilityId, use }): Cell[] => [
      short(use.useId),
      capabilityId,
      use.quantity,
      showTime(use.from),
      showTime(use.to),
      use.returnedAt && showTime(use.returnedAt),
    ]),
    { empty: 'Nothing is in own use.', color },
  );
};

/** The home ledger of a force; ended bookings and uses only when all are wanted. */
export const homeOutput = (states: ReadonlyMap<string, HomeState>, all: boolean, color: boolean): Output => {
  const list = [...states.values()];
  const json = list.map(({ bookings, verdicts, uses, ...state }) => ({
    ...state,
    bookings: [...bookings.values()].map((booking) => ({
      ...booking,
      verdict: verdicts.get(booking.bookingId)?.verdict,
    })),
    uses: [...uses.values()],
  }));
  return {
    json: { items: json },
    text: `${bookingsTable(list, all, color)}\n\n${usesTable(list, all, color)}`,
  };
};

export type WrittenHome = {
  done: string;
  ids: Readonly<Record<string, string>>;
  commandId: string;
  repeated: boolean;
  events: readonly MusterEvent[];
  next: readonly string[];
};

/** What a change of the home ledger prints. */
export const writtenOutput = ({ done, ids, commandId, repeated, events, next }: WrittenHome): Output => {
  const again = repeated ? ' (the ledger said so already)' : '';
  const stored = events.map((event) => `  ${typeName(event.type)}`).join('\n');
  const text = [
    `${done}${again}`,
    details([...Object.entries(ids), ['command id', commandId]]),
    ...(stored === '' ? [] : [`stored\n${stored}`]),
    ...(next.length === 0 ? [] : [`Next:\n${next.map((line) => `  ${line}`).join('\n')}`]),
  ];
  return { json: { ok: true, commandId, repeated, ids, events }, text: text.join('\n\n') };
};
