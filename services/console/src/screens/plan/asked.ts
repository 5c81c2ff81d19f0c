import type { PlanAsked } from '../../api/reads.ts';

/** For which requests: the one that is shown, or all that the organisation coordinates. */
export type Scope = 'this' | 'all';

const SECOND_MS = 1_000;

const SCOPE = 'plan';
const WITHOUT = 'without';
const BY = 'by';
const SECONDS = 'seconds';

/** How long a plan may be looked for, in seconds, where the usual time is not enough. */
export const LONGER_SECONDS = [8, 15] as const;
export const USUAL_TIME = 'usual';

/** What a person wants of a plan; `seconds` is a number of them, or the usual time. */
export type Wanted = {
  scope: Scope;
  without: readonly string[];
  by: string | undefined;
  seconds: string;
};

/** What the address asks for; nothing until a plan was asked for. */
export const askedOf = (
  search: URLSearchParams,
  requestId: string | undefined,
): { scope: Scope | undefined; asked: PlanAsked } => {
  const named = search.get(SCOPE);
  const scope = named === 'all' || (named === 'this' && requestId !== undefined) ? named : undefined;
  const by = search.get(BY);
  const seconds = LONGER_SECONDS.find((each) => String(each) === search.get(SECONDS));
  return {
    scope,
    asked: {
      ...(scope === 'this' && requestId !== undefined && { requestIds: [requestId] }),
      without: search.getAll(WITHOUT),
      ...(by !== null && { by }),
      ...(seconds !== undefined && { timeLimitMs: seconds * SECOND_MS }),
    },
  };
};

/** The address that asks for it; all else in it stays. */
export const addressOf = (
  search: URLSearchParams,
  { scope, without, by, seconds }: Wanted,
): URLSearchParams => {
  const after = new URLSearchParams(search);
  after.set(SCOPE, scope);
  after.delete(WITHOUT);
  for (const force of without) after.append(WITHOUT, force);
  if (by === undefined) after.delete(BY);
  else after.set(BY, by);
  if (seconds === USUAL_TIME) after.delete(SECONDS);
  else after.set(SECONDS, seconds);
  return after;
};
