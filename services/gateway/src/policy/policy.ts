import { readFileSync } from 'node:fs';
import {
  type CedarValueJson,
  checkParsePolicySet,
  preparsePolicySet,
  preparseSchema,
  type Schema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import { ASK_NAMES, COMMAND_NAMES } from '@muster/contracts';
import { z } from 'zod';
import type { Duty, PersonRole } from '../session/person.ts';

/** What people can do beside the broker's commands, and queries. */
const OWN_ACTIONS = [
  'stream',
  'actions',
  'notices',
  'home-decide',
  'desk-take',
  'handover-mark',
  'results',
  'picture',
  'export',
  'claim-pack',
  'claims-of-month',
  'alert-acknowledge',
  'exercise',
  'exercise-reset',
] as const;

/** A command, a query, or something that only the gateway has. */
export type Action = string;

/** The one place where it is decided what a person may do. */
export type Policy = {
  /** The roles of the duty in which the action is permitted for its organisation; none: it is denied. */
  rolesFor(duty: Duty, action: Action): PersonRole[];
  /** Actions that no group names, so that nobody may do them. */
  unnamed: string[];
};

const groupsSchema = z.record(z.string(), z.array(z.string()));

/** The declared policy: who may (Cedar), and which actions belong together. */
export type PolicySources = { cedar: string; groups: Record<string, string[]> };

export const readPolicySources = (): PolicySources => {
  const read = (name: string): string =>
    readFileSync(new URL(`../../policies/${name}`, import.meta.url), 'utf8');
  return { cedar: read('people.cedar'), groups: groupsSchema.parse(JSON.parse(read('groups.json'))) };
};

const knownActions = (): string[] => [...COMMAND_NAMES, ...ASK_NAMES, ...OWN_ACTIONS];

/** Whether a line of a group stands for the action: its name, or the beginning of it before a star. */
const standsFor = (line: string, action: string): boolean =>
  line.endsWith('*') ? action.startsWith(line.slice(0, -1)) : line === action;

/** Cedar's schema: every group is an action that the actions in it are members of. */
const schemaOf = (groups: PolicySources['groups'], actions: readonly string[]): Schema => ({
  '': {
    entityTypes: {
      Organisation: {},
      Person: {
        shape: {
          type: 'Record',
          attributes: {
            org: { type: 'Entity', name: 'Organisation' },
            role: { type: 'String' },
          },
        },
      },
    },
    actions: {
      ...Object.fromEntries(Object.keys(groups).map((group) => [group, {}])),
      ...Object.fromEntries(
        actions.map((action) => [
          action,
          {
            memberOf: Object.keys(groups)
              .filter((group) => groups[group]?.some((line) => standsFor(line, action)))
              .map((id) => ({ id })),
            appliesTo: { principalTypes: ['Person'], resourceTypes: ['Organisation'] },
          },
        ]),
      ),
    },
  },
});

let rules = 0;
/** Reads policies and schema once, since every question would read them again; the name under which Cedar keeps them. */
const keptRules = (policies: { staticPolicies: string }, schema: Schema): string => {
  rules += 1;
  const name = `rules-${rules}`;
  for (const kept of [preparsePolicySet(name, policies), preparseSchema(name, schema)]) {
    if (kept.type === 'failure') throw new Error(`the policy cannot be read: ${JSON.stringify(kept.errors)}`);
  }
  return name;
};

const isPermitted = (kept: string, org: string, role: string, action: Action): boolean => {
  const person = { type: 'Person', id: `${org}/${role}` };
  const organisation = { type: 'Organisation', id: org };
  const attrs: Record<string, CedarValueJson> = { org: { __entity: organisation }, role };
  const answer = statefulIsAuthorized({
    principal: person,
    action: { type: 'Action', id: action },
    resource: organisation,
    context: {},
    preparsedPolicySetId: kept,
    preparsedSchemaName: kept,
    validateRequest: true,
    entities: [
      { uid: person, attrs, parents: [] },
      { uid: organisation, attrs: {}, parents: [] },
    ],
  });
  // An evaluation that could not be finished is no permission.
  return (
    answer.type === 'success' &&
    answer.response.decision === 'allow' &&
    answer.response.diagnostics.errors.length === 0
  );
};

/**
 * Makes the policy from what is declared.
 * @throws Error when it cannot be read, does not fit the schema, or groups an action that there is not.
 */
export const createPolicy = ({ cedar, groups }: PolicySources): Policy => {
  const actions = knownActions();
  const policies = { staticPolicies: cedar };
  const parsed = checkParsePolicySet(policies);
  if (parsed.type === 'failure')
    throw new Error(`the policy cannot be read: ${JSON.stringify(parsed.errors)}`);
  const schema = schemaOf(groups, actions);
  const checked = validate({ schema, policies });
  const faults = checked.type === 'failure' ? checked.errors : checked.validationErrors;
  if (faults.length > 0) throw new Error(`the policy does not fit its schema: ${JSON.stringify(faults)}`);
  const lines = Object.values(groups).flat();
  const strange = lines.filter((line) => !line.endsWith('*') && !actions.includes(line));
  if (strange.length > 0)
    throw new Error(`the policy groups actions that there are not: ${strange.join(', ')}`);

  const kept = keptRules(policies, schema);
  // What decides is a handful of roles and actions for each organisation, so every question is asked once.
  const known = new Map<string, boolean>();
  const isKnownPermitted = (org: string, role: string, action: Action): boolean => {
    const key = `${org}/${role}/${action}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const permitted = actions.includes(action) && isPermitted(kept, org, role, action);
    known.set(key, permitted);
    return permitted;
  };
  return {
    rolesFor: ({ org, roles }, action) => roles.filter((role) => isKnownPermitted(org, role, action)),
    unnamed: actions.filter((action) => !lines.some((line) => standsFor(line, action))),
  };
};
