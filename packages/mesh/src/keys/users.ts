import { MODES, type Mode, ORGS } from '@muster/contracts';

/** The users of the hub's own account, and of the server's system account. */
export const HUB_USERS = [
  'hub-admin',
  'hub-broker',
  'hub-registry',
  'hub-gateway',
  'hub-alerter',
  'hub-auditor',
] as const;
export type HubUser = (typeof HUB_USERS)[number];

export const SYSTEM_USER = 'sys';

/** The user under which an organisation acts in a mode, such as `kent.actual`. */
export const orgUser = (org: string, mode: Mode): string => `${org}.${mode}`;

/** The user that only asks for an organisation, such as `kent-reader.actual`; there is one once it has a key. */
export const readerUser = (org: string, mode: Mode): string => `${org}-reader.${mode}`;

/** Every user of a mesh with these organisations. */
export const usersOf = (orgs: readonly string[] = ORGS): string[] => [
  ...HUB_USERS,
  SYSTEM_USER,
  ...orgs.flatMap((org) => MODES.map((mode) => orgUser(org, mode))),
];
