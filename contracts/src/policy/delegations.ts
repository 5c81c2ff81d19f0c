import { z } from 'zod';
import { actorRole, legalBasis } from '../codes.ts';
import { QUANTITY_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { orgId, quantity, text } from '../values.ts';

/** Codes or dotted prefixes that one delegation may name. */
export const DELEGATED_CODES_MAX = 64;

/** The one register of an organisation: who may decide what. */
export const DELEGATIONS = 'delegations';
const ofRegister = { org: orgId, policyId: z.literal(DELEGATIONS) };

/** Roles whose decisions rest on a delegation. */
export const delegatedRole = actorRole.extract([
  'approver',
  'donor-approver',
  'finance',
  'ricc',
  'national-centre',
]);
export type DelegatedRole = z.infer<typeof delegatedRole>;

/** What a delegation reaches to. */
export const delegationScope = z.object({
  /** Capability codes or dotted prefixes such as `CY`; `*` is every code. */
  codes: z
    .array(z.string().regex(/^(\*|[A-Z0-9]+(\.[A-Z0-9]+)*)$/, 'is a code, a prefix of one, or *'))
    .min(1)
    .max(DELEGATED_CODES_MAX),
  /** Units in all that one decision may be about. */
  maxQuantity: quantity,
  /** Estimated cost of one decision, in pence sterling; none: no limit by cost. */
  maxCostPence: z.int().min(0).max(100_000_000_00).optional(),
  /** None: under any legal basis. */
  legalBases: z.array(legalBasis).min(1).optional(),
  /** May approve by word of mouth first and in writing within the hour. */
  emergencies: z.boolean(),
});
export type DelegationScope = z.infer<typeof delegationScope>;

const delegation = {
  delegationId: commandId,
  post: token,
  role: delegatedRole,
  scope: delegationScope,
  validFrom: instant,
  validTo: instant,
};

/** A post may decide for its organisation, within a scope and a time. */
export const delegationGranted = z.object({
  ...ofRegister,
  ...delegation,
  grantedBy: token,
  reason: text.min(1),
});

export const delegationRevoked = z.object({
  ...ofRegister,
  delegationId: commandId,
  revokedBy: token,
  reason: text.min(1),
});

/** Units in all above which a person decides and not a policy: 0 always, null never. */
const personAbove = z.int().min(0).max(QUANTITY_MAX).nullable();

/** From which size on people decide for the organisation. */
export const approvalRules = z.object({
  requests: z.object({ personAbove }),
  offers: z.object({ personAbove }),
});
export type ApprovalRules = z.infer<typeof approvalRules>;

export const approvalRulesSet = z.object({
  ...ofRegister,
  rules: approvalRules,
  setBy: token,
  reason: text.min(1),
});
