import type { Envelope, EventData } from '@muster/contracts';
import type { HomePolicy } from '@muster/domain';
import type { StoredEvent, Verdict } from '@muster/mesh';
import { match } from 'ts-pattern';
import { type ForceLink, isoNow, type Taken, writerOf } from '../force/link.ts';
import { derivedId } from '../ids.ts';
import type { Advertiser } from '../publish/advertiser.ts';
import { retryLater } from '../verdicts.ts';
import type { HomeBook } from './book.ts';
import { missingBookings, type Parked } from './gap.ts';
import { type HomeWrite, writeHome } from './write.ts';

export type BookingContext = {
  link: ForceLink;
  book: HomeBook;
  advertiser: Pick<Advertiser, 'advert'>;
  policy: HomePolicy;
  parked: Parked;
  /** Called when the streams turn out to be new. */
  onNewEpoch: () => void;
};

type Change = { data: EventData<'muster.booking.changed.v1'>; envelope: Envelope };

/** The record's id follows from the hub's event, so a redelivery changes nothing. */
const record = (
  { link, book, advertiser, policy }: BookingContext,
  { data, envelope }: Change,
  traceparent: string,
): Promise<HomeWrite> =>
  writeHome(link, book, {
    capabilityId: data.capabilityId,
    input: { kind: 'hub', event: data },
    writer: writerOf(link, derivedId('seen', envelope.id), {
      causationId: envelope.id,
      correlationId: envelope.correlationId,
      traceparent,
    }),
    facts: () => ({ advert: advertiser.advert(data.capabilityId), now: isoNow(link.clock), policy }),
  });

/** The home ledger takes the hub's changes in order only, and says so when one is missing. */
const isGap = (written: HomeWrite): boolean =>
  written.kind === 'refused' && written.refusal.refused === 'contention';

const verdictOf = (written: HomeWrite, { onNewEpoch }: BookingContext, deliveries: number): Verdict =>
  match(written)
    .returnType<Verdict>()
    .with({ kind: 'stored' }, { kind: 'nothing' }, () => ({ do: 'ack' }))
    .with({ kind: 'refused' }, ({ refusal }) => retryLater(deliveries, refusal.because))
    .with({ kind: 'later' }, ({ because }) => retryLater(deliveries, because))
    .with({ kind: 'new-epoch' }, () => {
      onNewEpoch();
      return retryLater(deliveries, 'the streams were made anew');
    })
    .exhaustive();

/** Parks the capability: its later changes become dead letters, and the others of the force go on. */
const park = ({ link, parked }: BookingContext, change: Change, seenVersion: number): Verdict => {
  const { capabilityId, bookingVersion } = change.data;
  const because =
    `version ${bookingVersion} of ${capabilityId} came after ${seenVersion}, and the ledger does not show those between; ` +
    'replay their dead letters in order';
  const since = parked.get(capabilityId)?.since ?? isoNow(link.clock);
  parked.set(capabilityId, { since, because, seenVersion });
  link.log.error({ capabilityId, bookingVersion, seenVersion }, 'capability is parked for want of an event');
  return { do: 'dead', reason: 'version-gap', because };
};

/** Records what was missed, from the hub's ledger, and then the change that showed the gap. */
const closeGap = async (context: BookingContext, change: Change, message: Taken): Promise<Verdict> => {
  const { link, book, parked } = context;
  const { capabilityId, bookingVersion } = change.data;
  const { deliveries, traceparent, seq } = message;
  const seenVersion = book.record(capabilityId)?.state.seenVersion ?? 0;
  // Looked for already, and nothing of the capability was recorded since.
  if (parked.get(capabilityId)?.seenVersion === seenVersion) return park(context, change, seenVersion);
  const between = { capabilityId, after: seenVersion, before: bookingVersion, beforeSeq: seq, traceparent };
  const missing = await missingBookings(link, between);
  if (typeof missing === 'string') return retryLater(deliveries, missing);
  for (const each of [...missing, change]) {
    const written = await record(context, each, traceparent);
    if (isGap(written)) return park(context, change, seenVersion);
    if (written.kind !== 'stored' && written.kind !== 'nothing') {
      return verdictOf(written, context, deliveries);
    }
  }
  parked.delete(capabilityId);
  return { do: 'ack' };
};

/**
 * Records what the hub's ledger says of one of the force's capabilities, and confirms or refuses what it
 * reserved, by the force's policy.
 */
export const onBookingChanged = async (
  context: BookingContext,
  { event, envelope }: StoredEvent<'muster.booking.changed.v1'>,
  message: Taken,
): Promise<Verdict> => {
  const change = { data: event.data, envelope };
  const written = await record(context, change, message.traceparent);
  if (isGap(written)) return closeGap(context, change, message);
  if (written.kind === 'stored') context.parked.delete(event.data.capabilityId);
  return verdictOf(written, context, message.deliveries);
};
