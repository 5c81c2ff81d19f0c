import type { Approval } from '@muster/contracts';

const policy = (name: string): Approval => ({ basis: 'policy', policy: name });

/** The declared policies on which decisions rest until people's approvals arrive with the request lifecycle. */
export const HOST_REQUEST = policy('host force sends its own requests');
export const HOST_ACCEPTANCE = policy('host force accepts within its own request');
export const DONOR_OFFER = policy('donor force offers its own capability');
export const DONOR_DECLINE = policy('donor force declines for itself');
export const HOME_AUTOMATIC = policy('home force confirms automatically when it has room');
export const HOME_DESK = policy('home force desk confirms');
export const PLAN_APPROVAL = policy('coordinator approves a plan; the home force decides');
export const AGREEMENT = policy('host records what was agreed with the donor force; the home force confirms');
