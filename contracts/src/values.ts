import { z } from 'zod';
import { actorRole, costCategory } from './codes.ts';
import { NAME_LENGTH_MAX, QUANTITY_MAX, TEXT_LENGTH_MAX } from './limits.ts';
import { isAdvertisable } from './reference/capabilities.ts';
import { isForce, isOrg } from './reference/organisations.ts';
import { instant } from './time.ts';
import { commandId, token } from './tokens.ts';

/** Id of a force in the reference data, such as `kent`. */
export const forceId = token.refine(isForce, 'is not a force in the reference data');

/** Id of an organisation: a force, `npocc` or `ricc-<region>`. */
export const orgId = token.refine(isOrg, 'is not an organisation in the reference data');

/** A capability code that may be advertised and asked for, such as `CY.FCCU`; covert and restricted codes are refused. */
export const capabilityCode = z
  .string()
  .max(32)
  .refine(isAdvertisable, 'is not a capability code that may be shared on the mesh');

/** A whole number of units, people or items a week. */
export const quantity = z.int().min(1).max(QUANTITY_MAX);

/** Free text that a person wrote. */
export const text = z.string().max(TEXT_LENGTH_MAX);

/** A short name: of a place, a desk, a scheme. */
export const name = z.string().min(1).max(NAME_LENGTH_MAX);

/** A point on the ground, WGS 84 degrees. */
export const point = z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
export type Point = z.infer<typeof point>;

/** A named place. */
export const place = point.extend({ name });
export type Place = z.infer<typeof place>;

/** Accreditation scheme, such as `PO-L2`. */
export const scheme = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]*$/, 'use A-Z, 0-9 and "-"')
  .max(40);

/**
 * Who acts, within the organisation that the subject names: a role, and the pseudonymous id of a desk or
 * post. Never a person's name.
 */
export const actor = z.object({ role: actorRole, id: token });
export type Actor = z.infer<typeof actor>;

/** The five elements of the National Decision Model, each in a person's own words. */
export const rationale = z.object({
  information: text.min(1),
  threatAndRisk: text.min(1),
  powersAndPolicy: text.min(1),
  options: text.min(1),
  actionAndReview: text.min(1),
});
export type Rationale = z.infer<typeof rationale>;

/** On what a decision rests. */
export const approval = z.discriminatedUnion('basis', [
  z.object({ basis: z.literal('policy'), policy: name }),
  /** A person decided within a delegation that was valid at that moment. */
  z.object({
    basis: z.literal('person'),
    post: token,
    role: actorRole,
    org: orgId,
    delegationId: commandId,
    authorityRank: name.optional(),
    rationale,
    at: instant,
  }),
  /** A person said so by word of mouth; the written approval is due by `retrospectiveBy`. */
  z.object({
    basis: z.literal('oral'),
    post: token,
    role: actorRole,
    org: orgId,
    delegationId: commandId,
    at: instant,
    reason: text.min(1),
    recordedBy: token,
    retrospectiveBy: instant,
  }),
  /** A person decided, within a delegation; why is on record with that person's own organisation. */
  z.object({
    basis: z.literal('delegated'),
    post: token,
    role: actorRole,
    org: orgId,
    delegationId: commandId,
    at: instant,
  }),
  /** Nobody has decided yet. */
  z.object({ basis: z.literal('awaited'), requestedBy: token }),
]);
export type Approval = z.infer<typeof approval>;

/** An amount in pence sterling, at most 100 million pounds (our assumption). */
export const amountPence = z.int().min(0).max(100_000_000_00);

/** An estimate, how it was reached, and the charging regime under which it is given where that is not the request's. */
export const costEstimate = z.object({ amountPence, basis: name, costCategory: costCategory.optional() });
export type CostEstimate = z.infer<typeof costEstimate>;

/** The cost that host and donor go by from the acceptance on: the donor's estimate, in proportion to what was taken. */
export const agreedCost = z.object({ amountPence, basis: name });
export type AgreedCost = z.infer<typeof agreedCost>;
