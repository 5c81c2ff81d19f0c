import type { Change, Fact } from './facts.ts';
import type { HomeCapability } from './home.ts';
import { type Booking, capabilityKey, type HubCapability } from './hub.ts';
import type { Note } from './report.ts';

export type OfExtension = Extract<Change, { extensionToken: number }>;
export const isOfExtension = (change: Change): change is OfExtension => 'extensionToken' in change;

/** Takes a step of further time in; one that what went before does not allow is said, and counts all the same. */
export const applyExtension = (
  booking: Booking,
  change: OfExtension,
  { bookingVersion, seq }: { bookingVersion: number; seq: number },
  note: Note,
): void => {
  const { pending } = booking;
  const illegal = (detail: string): void =>
    note('booking-step-illegal', `booking ${capabilityKey(booking)} ${change.bookingId}`, seq, detail);
  if (booking.state !== 'confirmed') illegal(`${change.kind} while ${booking.state}`);
  if (change.kind === 'extending') {
    if (pending) illegal('extended twice at once');
    if (change.to <= booking.end) illegal(`extended to ${change.to}, which is not past ${booking.end}`);
    if (change.extensionToken !== bookingVersion)
      illegal(`further time with token ${change.extensionToken} at version ${bookingVersion}`);
    booking.pending = { token: change.extensionToken, to: change.to, confirmBy: change.confirmBy, seq };
    return;
  }
  if (pending?.token !== change.extensionToken)
    illegal(`${change.kind} of token ${change.extensionToken}; ${pending?.token ?? 'nothing'} is pending`);
  if (change.kind === 'extended') {
    if (pending && change.to !== pending.to) illegal(`extended to ${change.to}, not to ${pending.to}`);
    booking.end = change.to;
  }
  booking.pending = undefined;
};

type Ledgers = {
  hub: ReadonlyMap<string, HubCapability>;
  home: ReadonlyMap<string, HomeCapability>;
  settledBefore: string;
  note: Note;
};

/** Every step of further time that names a home record must find it there, and none may hang for ever. */
export const checkExtensions = (
  facts: readonly Fact[],
  { hub, home, settledBefore, note }: Ledgers,
): void => {
  for (const fact of facts) {
    if (fact.type !== 'muster.booking.changed.v1') continue;
    for (const change of fact.data.changes) {
      if (change.kind !== 'extended' && change.kind !== 'extension-ended') continue;
      if (change.homeVersion === undefined) continue;
      const wanted = change.kind === 'extended' ? 'extension-confirmed' : 'extension-refused';
      const decided = home
        .get(capabilityKey(fact.data))
        ?.further.find(
          ({ token, homeVersion }) => token === change.extensionToken && homeVersion === change.homeVersion,
        );
      if (decided?.kind !== wanted)
        note(
          change.kind === 'extended' ? 'commitment-without-home' : 'answer-without-home',
          `booking ${capabilityKey(fact.data)} ${change.bookingId}`,
          fact.seq,
          `${change.kind}, home version ${change.homeVersion}: ${decided?.kind ?? 'no decision'} there`,
        );
    }
  }
  for (const booking of [...hub.values()].flatMap((of) => [...of.bookings.values()])) {
    const { pending, state, bookingId } = booking;
    if (state === 'confirmed' && pending && pending.confirmBy < settledBefore)
      note(
        'extension-unsettled',
        `booking ${capabilityKey(booking)} ${bookingId}`,
        pending.seq,
        `further time is still reserved, to be confirmed by ${pending.confirmBy}`,
      );
  }
};
