import type { ClaimView, DeploymentView, OfferView, RequestView } from '@muster/contracts';
import { CliError, notFound, usage } from '../errors.ts';
import { type Match, matchId } from '../output/ids.ts';
import type { Session } from './session.ts';

/** Pages read when looking for the beginning of an id; what lies beyond needs the whole id. */
const PAGES_MAX = 400;
/** Requests asked for at a time: one with all its answers and offers can be large, and an answer has a limit. */
export const REQUESTS_PER_PAGE = 25;
/** Matches named when the beginning of an id means several. */
const NAMED_MAX = 5;

type Page<T> = { items: T[]; cursor?: string | undefined };

/** Every row of a paged query, up to {@link PAGES_MAX} pages. */
export const readPages = async <T>(page: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> => {
  const rows: T[] = [];
  let cursor: string | undefined;
  for (let n = 0; n < PAGES_MAX; n += 1) {
    const found = await page(cursor);
    rows.push(...found.items);
    cursor = found.cursor;
    if (cursor === undefined) break;
  }
  return rows;
};

const only = <T>(
  match: Match<T>,
  what: string,
  written: string,
  idOf: (item: T) => string,
  where: string,
): T => {
  switch (match.kind) {
    case 'one':
      return match.item;
    case 'none':
      throw notFound(`There is no ${what} "${written}" that you may see`, where);
    case 'several': {
      const named = match.items.slice(0, NAMED_MAX).map(idOf);
      const more = match.items.length - named.length;
      throw usage(
        `"${written}" could be ${match.items.length} ${what}s: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}; write more of the id`,
      );
    }
  }
};

const asHost = async (session: Session, written: string, host: string): Promise<RequestView | undefined> => {
  try {
    return await session.ask('request-show', { host, requestId: written });
  } catch (error) {
    if (error instanceof CliError && error.fault.code === 'not-found') return undefined;
    throw error;
  }
};

/** The request that an id, or the unique beginning of one, means. */
export const findRequest = async (session: Session, written: string, host?: string): Promise<RequestView> => {
  const exact = await asHost(session, written, host ?? session.org);
  if (exact) return exact;
  const requests = await readPages((cursor) =>
    session.ask('request-list', {
      limit: REQUESTS_PER_PAGE,
      ...(host === undefined ? {} : { host }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  );
  const idOf = (request: RequestView): string => request.requestId;
  return only(
    matchId(written, requests, idOf),
    'request',
    written,
    (request) => `${request.requestId} (${request.host})`,
    'muster request list shows those that there are.',
  );
};

/** The offer of a request that an id, or the unique beginning of one, means. */
export const findOffer = (request: RequestView, written: string): OfferView =>
  only(
    matchId(written, request.offers, (offer) => offer.offerId),
    'offer',
    written,
    (offer) => `${offer.offerId} (${offer.donor})`,
    `muster request show ${request.requestId} shows its offers.`,
  );

/** The deployment that an id, or the unique beginning of one, means. */
export const findDeployment = async (session: Session, written: string): Promise<DeploymentView> => {
  const deployments = await readPages((cursor) =>
    session.ask('deployment-list', cursor === undefined ? {} : { cursor }),
  );
  return only(
    matchId(written, deployments, (deployment) => deployment.deploymentId),
    'deployment',
    written,
    (deployment) => `${deployment.deploymentId} (${deployment.donor})`,
    'muster deployment list shows those that there are.',
  );
};

/** The claim that an id, or the unique beginning of one, means. */
export const findClaim = async (session: Session, written: string): Promise<ClaimView> => {
  const claims = await readPages((cursor) =>
    session.ask('claim-list', cursor === undefined ? {} : { cursor }),
  );
  return only(
    matchId(written, claims, (claim) => claim.claimId),
    'claim',
    written,
    (claim) => `${claim.claimId} (${claim.donor})`,
    'muster claim list shows those that there are; muster claim estimate opens one.',
  );
};
