import type { MusterEvent } from '@muster/contracts';
import type { Parties } from './visibility.ts';

/** A request that its host has written down and not sent is nobody else's business. */
const DRAFTED = 'drafted';

/**
 * Reads the parties from the subject of a ledger event: a request belongs to its host, a booking, a
 * deployment or an offer that is being prepared to its donor, and the last token of the wider ones names the one force it is for.
 */
export const partiesOf = (subject: string): Parties => {
  const [, kind, owner, , event, addressee] = subject.split('.');
  const parties: Parties = kind === 'request' ? { host: owner } : { donor: owner };
  if (kind === 'request' && event === DRAFTED && owner !== undefined) parties.privateTo = owner;
  // What a force has not approved yet is nobody else's business either.
  if (kind === 'offer' && owner !== undefined) parties.privateTo = owner;
  if (addressee !== undefined && addressee !== '_') parties.addressee = addressee;
  return parties;
};

/** The capability that the event belongs to, for a booking or a home record. */
export const capabilityOf = (event: MusterEvent): string | undefined => {
  switch (event.type) {
    case 'muster.booking.opened.v1':
    case 'muster.booking.changed.v1':
    case 'muster.booking.shortfall.v1':
    case 'muster.home.opened.v1':
    case 'muster.home.recorded.v1':
      return event.data.capabilityId;
    default:
      return undefined;
  }
};
