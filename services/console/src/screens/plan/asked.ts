import type { PlanAsked } from '../../api/reads.ts';

/** For which requests: the one that is shown, or all that the organisation coordinates. */
export type Scope = 'this' | 'all';

const SCOPE = 'plan';
const WITHOUT = 'without';
const BY = 'by';

/** What the address asks for; nothing until a plan was asked for. */
export const askedOf = (
  search: URLSearchParams,
  requestId: string | undefined,
): { scope: Scope | undefined; asked: PlanAsked } => {
  const named = search.get(SCOPE);
  const scope = named === 'all' || (named === 'this' && requestId !== undefined) ? named : undefined;
  const by = search.get(BY);
  return {
    scope,
    asked: {
      ...(scope === 'this' && requestId !== undefined && { requestIds: [requestId] }),
      without: search.getAll(WITHOUT),
      ...(by !== null && { by }),
    },
  };
};

/** The address that asks for it; all else in it stays. */
export const addressOf = (
  search: URLSearchParams,
  { scope, without, by }: { scope: Scope; without: readonly string[]; by: string | undefined },
): URLSearchParams => {
  const after = new URLSearchParams(search);
  after.set(SCOPE, scope);
  after.delete(WITHOUT);
  for (const force of without) after.append(WITHOUT, force);
  if (by === undefined) after.delete(BY);
  else after.set(BY, by);
  return after;
};
