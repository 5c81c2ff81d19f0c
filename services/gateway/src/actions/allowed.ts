import {
  COMMAND_NAMES,
  COMMANDS,
  type Command,
  type CommandName,
  isRefusal,
  type Refusal,
  type RefusalCode,
} from '@muster/contracts';
import {
  type ClaimState,
  type DeploymentState,
  decide,
  type LedgerView,
  type RequestState,
} from '@muster/domain';
import { inputSchema } from '../http/parameters.ts';
import { denialOf } from '../policy/denial.ts';
import type { Policy } from '../policy/policy.ts';
import type { Duty, PersonRole } from '../session/person.ts';
import { type BodySchema, sampleOf } from './sample.ts';
import {
  claimTargets,
  deploymentTargets,
  isAboutClaim,
  isAboutDeployment,
  isAboutRequest,
  requestTargets,
  type Target,
} from './targets.ts';

/** Why something is not allowed: a refusal code, or `policy` when it is not for these roles. */
export type Reason = { code: RefusalCode | 'policy'; because: string };

/** Whether a person may send a command about something now. */
export type ActionView = { command: CommandName | 'home-decide'; target: Record<string, unknown> } & (
  | {
      allowed: true;
      role: PersonRole;
      /** Fields that this choice needs, though the command as such can do without. */
      needs?: string[];
    }
  | { allowed: false; because: Reason[] }
);

export type ActionParts = {
  policy: Policy;
  duty: Duty;
  view: LedgerView;
  now: string;
  /** Hears of a command that could not be tried out. */
  onFault(command: CommandName, error: unknown): void;
};

const MINUTE_MS = 60_000;
/** What is tried out has no id that a command could have been sent under. */
const TRIED = 'tried-out-and-never-sent';
/** These rest on what the person has yet to write, so they say nothing about whether they may. */
const OF_WHAT_IS_WRITTEN: readonly RefusalCode[] = ['invalid', 'bad-time'];

/** Whom else to ask is chosen later; any choice that fits will do. */
const ANY_RECIPIENTS = { kind: 'nearest', count: 1 };

const schemas = new Map<CommandName, BodySchema>(
  COMMAND_NAMES.map((name) => [name, inputSchema(COMMANDS[name]) as BodySchema]),
);
const schemaOf = (name: CommandName): BodySchema => schemas.get(name) ?? {};

/** Whether a refusal says nothing about whether the person may, since it rests on what they have yet to write. */
const isOfWhatIsWritten = ({ refused, fields }: Refusal, chosen: string | undefined): boolean =>
  OF_WHAT_IS_WRITTEN.includes(refused) &&
  !(chosen !== undefined && fields?.every(({ path }) => path === chosen));

/** Asks the domain itself what it would answer; undefined when it would go through as far as can be told. */
const refusalOf = (
  parts: ActionParts,
  name: CommandName,
  { ids, tried, chosen }: Target,
  role: PersonRole,
): Reason | undefined => {
  const { duty, view, now } = parts;
  const soon = new Date(Date.parse(now) + MINUTE_MS).toISOString();
  const known = {
    recipients: ANY_RECIPIENTS,
    ...tried,
    ...ids,
    commandId: TRIED,
    actor: { role, id: duty.post },
  };
  const read = COMMANDS[name].safeParse(sampleOf(schemaOf(name), known, soon));
  if (!read.success) return undefined;
  try {
    const decision = decide({ name, org: duty.org, body: read.data } as Command, view, now);
    if (!isRefusal(decision) || isOfWhatIsWritten(decision, chosen)) return undefined;
    return { code: decision.refused, because: decision.because };
  } catch (error) {
    // What was made up may be what no person could send; then only the policy is known.
    parts.onFault(name, error);
    return undefined;
  }
};

const actionOf = (parts: ActionParts, command: CommandName, about: Target): ActionView => {
  const { ids: target, missing } = about;
  const { policy, duty } = parts;
  const roles = policy.rolesFor(duty, command);
  if (roles.length === 0) {
    const because = denialOf(policy, duty, command);
    return { command, target, allowed: false, because: [{ code: 'policy', because }] };
  }
  if (missing !== undefined) {
    return { command, target, allowed: false, because: [{ code: 'not-found', because: missing }] };
  }
  const because: Reason[] = [];
  for (const role of roles) {
    const reason = refusalOf(parts, command, about, role);
    if (reason === undefined) return { command, target, allowed: true, role };
    if (!because.some(({ code }) => code === reason.code)) because.push(reason);
  }
  return { command, target, allowed: false, because };
};

const namesOf = (isAbout: (schema: BodySchema) => boolean): CommandName[] =>
  COMMAND_NAMES.filter((name) => isAbout(schemaOf(name)));

/** Everything that could be done about a request, whether the person may, and why not. */
export const requestActions = (parts: ActionParts, request: RequestState): ActionView[] =>
  namesOf(isAboutRequest).flatMap((name) =>
    requestTargets(schemaOf(name), request, parts.duty.org, parts.view).map((target) =>
      actionOf(parts, name, target),
    ),
  );

export const deploymentActions = (parts: ActionParts, row: DeploymentState): ActionView[] =>
  namesOf(isAboutDeployment).flatMap((name) =>
    deploymentTargets(schemaOf(name), row).map((target) => actionOf(parts, name, target)),
  );

/** Everything that could be done about the claim of a deployment; none yet: it can be opened. */
export const claimActions = (
  parts: ActionParts,
  name: Pick<ClaimState, 'donor' | 'claimId'>,
  claim: ClaimState | undefined,
): ActionView[] =>
  namesOf(isAboutClaim).flatMap((command) =>
    claimTargets(schemaOf(command), name, claim).map((target) => actionOf(parts, command, target)),
  );

const isAboutOne = (schema: BodySchema): boolean =>
  isAboutRequest(schema) || isAboutDeployment(schema) || isAboutClaim(schema);

/** What may be done about a request of which a person was told outside the mesh. */
const toldOf = (schema: BodySchema): Record<string, unknown> =>
  schema.properties?.unsolicited ? { unsolicited: true } : {};

/**
 * What is about no one request, deployment or claim, or about a request that cannot be seen: the policy alone
 * decides before it is written.
 */
export const generalActions = ({ policy, duty }: ActionParts): ActionView[] =>
  namesOf((schema) => !isAboutOne(schema) || schema.properties?.unsolicited !== undefined).map(
    (command): ActionView => {
      const target = toldOf(schemaOf(command));
      const [role] = policy.rolesFor(duty, command);
      if (role !== undefined) return { command, target, allowed: true, role };
      const because = denialOf(policy, duty, command);
      return { command, target, allowed: false, because: [{ code: 'policy', because }] };
    },
  );
