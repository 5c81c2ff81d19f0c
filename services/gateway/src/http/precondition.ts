import type { Mode } from '@muster/contracts';
import { etagOf, names } from './etag.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problems.ts';

/** A command's body; some of its ids say what it is about. */
type Ids = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What the person had in view when they decided, as it is answered to them now. */
const currentEtag = async (parts: Parts, mode: Mode, org: string, body: Ids): Promise<string | undefined> => {
  const [donor, deploymentId, claimId] = [body.donor, body.deploymentId, body.claimId].map(textOf);
  if (donor !== undefined && claimId !== undefined) {
    const outcome = await parts.caller.ask(mode, org, 'claim-show', { donor, claimId });
    return outcome.kind === 'answer' ? etagOf(org, JSON.stringify(outcome.answer)) : undefined;
  }
  if (donor !== undefined && deploymentId !== undefined) {
    const outcome = await parts.caller.ask(mode, org, 'deployment-show', { donor, deploymentId });
    return outcome.kind === 'answer' ? etagOf(org, JSON.stringify(outcome.answer)) : undefined;
  }
  const requestId = textOf(body.requestId);
  if (requestId === undefined) return undefined;
  const host = textOf(body.host) ?? org;
  const outcome = await parts.caller.ask(mode, org, 'request-show', { host, requestId });
  return outcome.kind === 'answer' ? etagOf(org, JSON.stringify(outcome.answer)) : undefined;
};

/**
 * With `If-Match`, lets a command through only while what it is about still is what the person saw. What
 * changes after this look is settled by the broker, which decides on the ledger as it is.
 * @throws Problem `changed`.
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
  if (current !== undefined && names(ifMatch, current)) return;
  throw new Problem('changed', 'what this is about has changed since you looked; look again, then decide');
};
