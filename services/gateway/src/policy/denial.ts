import { type Duty, personRole } from '../session/person.ts';
import type { Action, Policy } from './policy.ts';

/** For whom an action is, whatever the organisation. */
export const forWhom = (policy: Policy, action: Action): string => {
  const roles = policy.rolesFor({ org: 'npocc', post: 'any', roles: [...personRole.options] }, action);
  return roles.length === personRole.options.length ? 'For every role.' : `For ${roles.join(', ')}.`;
};

/** Whom one may turn to for something that the policy does not permit to oneself. */
const whoMay = (policy: Policy, duty: Duty, action: Action): string => {
  const roles = policy.rolesFor({ ...duty, roles: [...personRole.options] }, action);
  return roles.length === 0 ? '' : `; it is for ${roles.join(', ')}`;
};

/** Why the policy denies something to a person, and to whom it does not. */
export const denialOf = (policy: Policy, duty: Duty, action: Action): string =>
  `${action} is not for ${duty.roles.join(', ')} of ${duty.org}${whoMay(policy, duty, action)}`;

/** The same for a request that was refused; `held` is the role in which it was asked. */
export const refusedTo = (policy: Policy, duty: Duty, action: Action, held: string): string =>
  `${action} is not permitted to ${held} of ${duty.org}${whoMay(policy, duty, action)}`;
