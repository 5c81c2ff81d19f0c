import { orgKind } from '@muster/contracts';
import type { Person, PersonRole } from '../session/person.ts';

/** The roles of demo people at a force, and the post from which each acts. */
const FORCE_POSTS: Readonly<Partial<Record<PersonRole, string>>> = {
  requester: 'duty-desk',
  approver: 'gold',
  'donor-desk': 'resources',
  'donor-approver': 'resources-chief',
  'unit-commander': 'unit-lead',
  finance: 'finance-desk',
  auditor: 'audit-desk',
  'force-ict': 'ict-desk',
};

const RICC_POST = 'ricc-desk';

const rolesAt = (org: string): [PersonRole, string][] => {
  switch (orgKind(org)?.kind) {
    case 'force':
      return Object.entries(FORCE_POSTS) as [PersonRole, string][];
    case 'region':
      return [['ricc', RICC_POST]];
    case 'national':
      return [['national-centre', 'national-desk']];
    case undefined:
      return [];
  }
};

/** What one finance post of a force has checked, another agrees to, so that a force has a second one. */
const FINANCE_LEAD = 'finance-lead';

const financeLead = (org: string): Person[] =>
  orgKind(org)?.kind === 'force'
    ? [
        {
          id: `${org}-${FINANCE_LEAD}`,
          name: `Demo ${FINANCE_LEAD} of ${org}`,
          duties: [{ org, post: FINANCE_LEAD, roles: ['finance'] }],
        },
      ]
    : [];

/** Organisations that have demo people unless others are named: those of the first scenario and their centres. */
export const DEMO_ORGS: readonly string[] = [
  'kent',
  'essex',
  'surrey',
  'sussex',
  'durham',
  'merseyside',
  'npocc',
  'ricc-south-east',
  'ricc-eastern',
];

/**
 * Invented people: one for each role of each organisation, `<org>-<role>`, a second of finance, and for each regional
 * centre someone who serves a force of it too. Named after what they do, not after anyone.
 */
export const demoPeople = (orgs: readonly string[] = DEMO_ORGS): Person[] =>
  orgs.flatMap((org) => [
    ...rolesAt(org).map(([role, post]) => ({
      id: `${org}-${role}`,
      name: `Demo ${role} of ${org}`,
      duties: [{ org, post, roles: [role] }],
    })),
    ...financeLead(org),
  ]);

const regionOf = (org: string): string | undefined => {
  const of = orgKind(org);
  return of?.kind === 'force' ? of.force.region : undefined;
};

/** For each regional centre someone who asks for help at the first force of its region too: a person with two duties. */
export const demoPeopleOfTwoDesks = (orgs: readonly string[] = DEMO_ORGS): Person[] =>
  orgs.flatMap((centre) => {
    const of = orgKind(centre);
    const force = of?.kind === 'region' ? orgs.find((org) => regionOf(org) === of.region) : undefined;
    if (force === undefined) return [];
    return [
      {
        id: `${force}-and-${centre}`,
        name: `Demo requester of ${force} and ricc of ${centre}`,
        duties: [
          { org: force, post: FORCE_POSTS.requester ?? 'duty-desk', roles: ['requester'] },
          { org: centre, post: RICC_POST, roles: ['ricc'] },
        ],
      },
    ];
  });
