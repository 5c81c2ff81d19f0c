import type { AskName, AskQuery, Mode } from '@muster/contracts';
import { etagOf, names } from './etag.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problems.ts';

/** A command's body; some of its ids say what it is about. */
type Ids = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** @throws Problem when it cannot be told now, or is not for this organisation. */
const etagNow = async <N extends AskName>(
  parts: Parts,
  mode: Mode,
  org: string,
  name: N,
  query: AskQuery<N>,
): Promise<string> => {
  const outcome = await parts.caller.ask(mode, org, name, query);
  switch (outcome.kind) {
    case 'answer':
      return etagOf(org, JSON.stringify(outcome.answer));
    case 'refused':
      throw Problem.of(outcome.refusal);
    case 'no-service':
    case 'unknown':
      throw new Problem('unavailable', `${outcome.because}; nothing was done, send the same again`);
  }
};

/** What the person had in view when they decided, as it is answered to them now; undefined: it has no address. */
const currentEtag = async (parts: Parts, mode: Mode, org: string, body: Ids): Promise<string | undefined> => {
  const [donor, deploymentId, claimId] = [body.donor, body.deploymentId, body.claimId].map(textOf);
  if (donor !== undefined && claimId !== undefined)
    return etagNow(parts, mode, org, 'claim-show', { donor, claimId });
  if (donor !== undefined && deploymentId !== undefined)
    return etagNow(parts, mode, org, 'deployment-show', { donor, deploymentId });
  const requestId = textOf(body.requestId);
  if (requestId === undefined) return undefined;
  return etagNow(parts, mode, org, 'request-show', { host: textOf(body.host) ?? org, requestId });
};

/** Where nothing is shown whose ETag could be meant. @throws Problem `changed`. */
export const refuseIfMatch = (ifMatch: string | undefined): void => {
  if (ifMatch === undefined) return;
  throw new Problem('changed', 'this is about nothing that has an ETag: leave out If-Match');
};

/**
 * With `If-Match`, lets a command through only while what it is about still is what the person saw. What
 * changes after this look is settled by the broker, which decides on the ledger as it is.
 * @throws Problem `changed`, or why it cannot be told.
 */
export const checkUnchanged = async (
  parts: Parts,
  mode: Mode,
  org: string,
  body: Ids,
  ifMatch: string | undefined,
): Promise<void> => {
  if (ifMatch === undefined) return;
  const current = await currentEtag(parts, mode, org, body);
  if (current === undefined) refuseIfMatch(ifMatch);
  else if (!names(ifMatch, current))
    throw new Problem('changed', 'what this is about has changed since you looked; look again, then decide');
};
