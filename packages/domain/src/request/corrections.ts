import type { RequestEvent } from './evolve.ts';

/** Something on record that was put right, by what, and what it was about. */
export type Corrected = {
  at: string;
  /** Type of the event that puts it right. */
  event: RequestEvent['type'];
  /** Offer, event or force that was wrong. */
  of: string;
  /** The force that it concerns, where that is one. */
  donor?: string | undefined;
  reason?: string | undefined;
};

/** What an event puts right; undefined for one that is no correction. */
export const correctionBy = (event: RequestEvent, at: string): Corrected | undefined => {
  switch (event.type) {
    case 'muster.request.amended.v1': {
      const { recall, reason } = event.data;
      return recall && { at, event: event.type, of: recall.corrects.eventId, reason };
    }
    case 'muster.request.cancelled.v1': {
      const { reasonCode, requestId: of, reason } = event.data;
      return reasonCode === 'raised-in-error' ? { at, event: event.type, of, reason } : undefined;
    }
    case 'muster.request.ask_withdrawn.v1': {
      const { force, reason } = event.data;
      return { at, event: event.type, of: force, donor: force, reason };
    }
    case 'muster.offer.withdrawn.v1': {
      const { reasonCode, offerId: of, donor, reason } = event.data;
      return reasonCode === 'entered-in-error' ? { at, event: event.type, of, donor, reason } : undefined;
    }
    case 'muster.offer.made.v1': {
      const { corrects: of, donor } = event.data;
      return of === undefined ? undefined : { at, event: event.type, of, donor };
    }
    case 'muster.offer.lapsed.v1': {
      const { reasonCode, offerId: of, donor, reason } = event.data;
      return reasonCode === 'accepted-in-error' ? { at, event: event.type, of, donor, reason } : undefined;
    }
    case 'muster.deployment.aborted.v1': {
      const { reasonCode, deploymentId: of, donor, reason } = event.data;
      return reasonCode === 'made-in-error' ? { at, event: event.type, of, donor, reason } : undefined;
    }
    default:
      return undefined;
  }
};
