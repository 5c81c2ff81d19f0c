import { openPreparations } from '../request/prepared.ts';
import type { RequestState } from '../request/state.ts';
import { maySee } from './visibility.ts';

/** Whether the organisation sees all of a request, or only what the forces that it speaks for have to do with. */
export const seesAll = (org: string, { host, phase }: Pick<RequestState, 'host' | 'phase'>): boolean =>
  maySee(org, { host, ...(phase.kind === 'draft' && { privateTo: host }) });

/** Whether the organisation may see what a force does about a request. */
export const speaksFor = (org: string, request: RequestState, force: string): boolean =>
  seesAll(org, request) || maySee(org, { addressee: force });

/**
 * Whether the organisation may see the request at all: the host, a force that was asked or has offered, and their
 * centres; and a force whose own post still has to approve an offer that it prepared unsolicited.
 */
export const maySeeRequest = (org: string, request: RequestState): boolean =>
  seesAll(org, request) ||
  request.recipients.some(({ force }) => maySee(org, { addressee: force })) ||
  openPreparations(request, org).length > 0;

/** The same request with the offers only that the organisation may see. */
export const narrowed = (org: string, request: RequestState): RequestState =>
  seesAll(org, request)
    ? request
    : {
        ...request,
        offers: new Map([...request.offers].filter(([, offer]) => speaksFor(org, request, offer.donor))),
      };
