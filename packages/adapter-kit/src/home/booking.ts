import type { HomePolicy } from '@muster/domain';
import type { StoredEvent, Verdict } from '@muster/mesh';
import { match } from 'ts-pattern';
import { type ForceLink, isoNow, writerOf } from '../force/link.ts';
import { derivedId } from '../ids.ts';
import type { Advertiser } from '../publish/advertiser.ts';
import { retryLater } from '../verdicts.ts';
import type { HomeBook } from './book.ts';
import { writeHome } from './write.ts';

export type BookingContext = {
  link: ForceLink;
  book: HomeBook;
  advertiser: Pick<Advertiser, 'advert'>;
  policy: HomePolicy;
  /** Called when the streams turn out to be new. */
  onNewEpoch: () => void;
};

/**
 * Records what the hub's ledger says of one of the force's capabilities, and confirms or refuses what it
 * reserved, by the force's policy. The record's id follows from the hub's event, so a redelivery changes nothing.
 */
export const onBookingChanged = async (
  { link, book, advertiser, policy, onNewEpoch }: BookingContext,
  stored: StoredEvent<'muster.booking.changed.v1'>,
  deliveries: number,
): Promise<Verdict> => {
  const { event, envelope } = stored;
  const { capabilityId } = event.data;
  const written = await writeHome(link, book, {
    capabilityId,
    input: { kind: 'hub', event: event.data },
    writer: writerOf(link, derivedId('seen', envelope.id), {
      causationId: envelope.id,
      correlationId: envelope.correlationId,
      traceparent: envelope.traceparent,
    }),
    facts: () => ({ advert: advertiser.advert(capabilityId), now: isoNow(link.clock), policy }),
  });
  return match(written)
    .returnType<Verdict>()
    .with({ kind: 'stored' }, { kind: 'nothing' }, () => ({ do: 'ack' }))
    .with({ kind: 'refused' }, ({ refusal }) => retryLater(deliveries, refusal.because))
    .with({ kind: 'later' }, ({ because }) => retryLater(deliveries, because))
    .with({ kind: 'new-epoch' }, () => {
      onNewEpoch();
      return retryLater(deliveries, 'the streams were made anew');
    })
    .exhaustive();
};
