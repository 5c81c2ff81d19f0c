import { z } from 'zod';

// Written from the catalogue of events, not from the contracts package: a mistake there must not hide here.

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const id = z.string().min(1);
const count = z.number().int().min(0);
const ofBooking = { bookingId: id, token: count };
const ofExtension = { ...ofBooking, extensionId: id, extensionToken: count };
const span = { quantity: count, from: instant, to: instant };

/** The booking from which units go on, and since when they are away. */
const continues = z.object({ bookingId: id, since: instant }).optional();

/** Rules of rest that were passed over: which, why and by whom. */
const override = z
  .object({ breached: z.array(z.object({ rule: id })).min(1), reason: id, by: id })
  .optional();

const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reserved'),
    ...ofBooking,
    ...span,
    host: id,
    requestId: id,
    lineId: id,
    confirmBy: instant,
    reliedOn: z.object({ revision: count, quantity: count, minRestMinutes: count.optional() }),
    called: z.enum(['plan', 'direction', 'agreement']).optional(),
    override,
    continues,
    policyVersion: id.optional(),
  }),
  z.object({ kind: z.enum(['confirmed', 'refused', 'void']), ...ofBooking, homeVersion: count }),
  z.object({ kind: z.enum(['lapsing', 'released']), ...ofBooking, reasonCode: z.string().optional() }),
  z.object({ kind: z.literal('returned'), ...ofBooking, at: instant }),
  z.object({ kind: z.literal('handed-on'), ...ofBooking, next: id, at: instant }),
  z.object({
    ...{ kind: z.literal('extending'), ...ofExtension, to: instant, confirmBy: instant },
    ...{ reliedOn: z.object({ revision: count, quantity: count }), override },
  }),
  z.object({ kind: z.literal('extended'), ...ofExtension, to: instant, homeVersion: count }),
  z.object({ kind: z.literal('extension-ended'), ...ofExtension, homeVersion: count.optional() }),
]);
export type Change = z.infer<typeof change>;
export type Reserved = Extract<Change, { kind: 'reserved' }>;

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('seen'), bookingVersion: count, changes: z.array(change) }),
  z.object({ kind: z.literal('confirmed'), ...ofBooking, ...span, gross: count, continues }),
  z.object({ kind: z.enum(['refused', 'void']), ...ofBooking }),
  z.object({ kind: z.literal('extension-confirmed'), ...ofExtension, ...span, gross: count }),
  z.object({ kind: z.literal('extension-refused'), ...ofExtension }),
  z.object({ kind: z.literal('used'), useId: id, ...span, gross: count }),
  z.object({ kind: z.literal('use-returned'), useId: id, at: instant }),
]);
export type Entry = z.infer<typeof entry>;

const ofRequest = { host: id, requestId: id };
const ofOffer = { ...ofRequest, offerId: id, lineId: id, donor: id };
const ofPreparation = { ...ofRequest, offerId: id, donor: id };
const ofCommitment = { ...ofOffer, capabilityId: id, token: count, homeVersion: count };
const ofDonor = { donor: id, capabilityId: id };
const ofDeployment = { donor: id, deploymentId: id, host: id };
const ofClaim = { donor: id, claimId: id, host: id };
const lines = z.array(z.object({ lineId: id, amountPence: count })).min(1);
const waiver = { ...ofClaim, basis: z.enum(['payback', 'nil-charge']), totalPence: count, proposedBy: id };
const line = z.object({ lineId: id, quantity: count, minimumQuantity: count.optional(), to: instant });
const asked = z.array(z.object({ force: id, lineIds: z.array(id) }));

const event = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(`muster.${type}.v1`), data: z.object(shape) });

/** The fields of each event that a check looks at; all else is left alone. */
const known = z.discriminatedUnion('type', [
  event('capability.advertised', {
    ...{ force: id, capabilityId: id, revision: count },
    ...{ quantity: count, kind: z.enum(['unit', 'pool', 'queue']) },
  }),
  event('capability.withdrawn', { force: id, capabilityId: id }),
  event('request.submitted', {
    ...ofRequest,
    lines: z.array(line),
    requestedBy: id.optional(),
    costLimitPence: count.optional(),
    approval: z.object({ basis: z.string(), post: id.optional() }).optional(),
  }),
  event('request.drafted', ofRequest),
  event('request.approved', {
    ...ofRequest,
    approval: z.object({ basis: z.string(), post: id.optional() }),
    retrospective: z.boolean(),
    costLimitPence: count.optional(),
  }),
  event('request.refused', { ...ofRequest, refusedBy: id, retrospective: z.boolean() }),
  event('request.approval_overdue', ofRequest),
  event('request.amended', {
    ...ofRequest,
    lines: z.array(line),
    answerBy: instant,
    costLimitPence: count.optional(),
  }),
  event('delegation.granted', { org: id, policyId: id, delegationId: id, post: id, grantedBy: id }),
  event('delegation.revoked', { org: id, policyId: id, delegationId: id }),
  event('approval_rules.set', {
    ...{ org: id, policyId: id },
    rules: z.object({ offers: z.object({ personAbove: count.nullable() }) }),
  }),
  event('policy.matching_set', { org: id, policyId: id, version: id, revision: count, replaces: id }),
  event('request.issued', { ...ofRequest, recipients: asked, answerBy: instant }),
  event('request.escalation_asked', { ...ofRequest, fromTier: count, toTier: count }),
  event('request.escalation_overdue', { ...ofRequest, toTier: count }),
  event('request.escalated', {
    ...{ ...ofRequest, fromTier: count, toTier: count },
    acceptedBy: z.object({ org: id }).optional(),
  }),
  event('request.unfilled', { ...ofRequest, lineId: id, asked: z.array(id) }),
  event('request.unfilled_acknowledged', { ...ofRequest, lineId: id, by: z.object({ org: id }) }),
  event('request.acknowledged', { ...ofRequest, force: id }),
  event('request.ask_withdrawn', { ...ofRequest, force: id }),
  event('request.notice', { ...ofRequest, force: id, notice: z.object({ kind: z.string() }) }),
  event('request.answer_time_expired', { ...ofRequest, silent: asked }),
  event('request.cancelled', ofRequest),
  event('request.expired', ofRequest),
  event('request.closed', ofRequest),
  event('offer.prepared', { ...ofOffer, quantity: count, preparedBy: id }),
  event('offer.approved', {
    ...ofPreparation,
    approval: z.object({ basis: z.literal('person'), post: id, role: id, org: id }),
  }),
  event('offer.refused', { ...ofPreparation, refusedBy: id }),
  event('offer.made', {
    ...{ ...ofOffer, quantity: count },
    approval: z.object({ basis: z.string(), post: id.optional(), org: id.optional() }),
    continues: id.optional(),
    condition: z.string().optional(),
    validUntil: instant.optional(),
    unsolicited: z.literal(true).optional(),
  }),
  event('offer.condition_met', ofOffer),
  event('offer.withdrawn', ofOffer),
  event('offer.declined', { ...ofRequest, donor: id, lineIds: z.array(id) }),
  event('offer.accepted', {
    ...{ ...ofOffer, ...span, capabilityId: id, token: count, override },
    policyVersion: id.optional(),
    agreedCost: z.object({ amountPence: count }).optional(),
  }),
  event('offer.called', {
    ...{ ...ofOffer, ...span, capabilityId: id, token: count, legalBasis: id },
    because: z.object({ kind: z.enum(['plan', 'direction', 'agreement']) }),
    override,
  }),
  event('plan.approved', ofRequest),
  event('direction.recorded', { ...ofRequest, lineId: id, donor: id, capabilityId: id, quantity: count }),
  event('offer.not_selected', ofOffer),
  event('offer.left_out', { ...ofOffer, named: count, reserved: count }),
  event('offer.lapsed', { ...ofOffer, reasonCode: z.string().optional() }),
  event('commitment.made', { ...ofCommitment, ...span, outcome: z.enum(['used', 'released']).optional() }),
  event('commitment.refused', ofCommitment),
  event('booking.opened', { ...ofDonor, bookingVersion: count }),
  event('booking.changed', { ...ofDonor, bookingVersion: count, changes: z.array(change).min(1) }),
  event('booking.shortfall', { ...ofDonor, bookingVersion: count }),
  event('deployment.opened', {
    ...{ ...ofDeployment, ...span, bookingId: id, capabilityId: id, token: count },
    continues,
  }),
  event('deployment.handed_on', { ...ofDeployment, nextDeploymentId: id, at: instant }),
  event('deployment.status', { ...ofDeployment, status: id }),
  event('deployment.control_proposed', { ...ofDeployment, proposalId: id, to: id, proposedBy: id }),
  event('deployment.control_transferred', {
    ...{ ...ofDeployment, proposalId: id, to: id, toForce: id },
    ...{ proposedBy: id, confirmedBy: id },
  }),
  event('return.requested', { ...ofDeployment, raiseAt: instant }),
  event('return.answered', { ...ofDeployment, answer: z.enum(['release', 'keep']) }),
  event('return.withdrawn', ofDeployment),
  event('return.raised', ofDeployment),
  event('return.settled', {
    ...{ ...ofDeployment, decision: z.enum(['release', 'stay']) },
    consentedBy: id.optional(),
  }),
  event('resource.released', { ...ofDeployment, reasonCode: id.optional() }),
  event('deployment.forfeited', ofDeployment),
  event('deployment.aborted', { ...ofDeployment, abortedBy: id }),
  event('deployment.debriefed', { ...ofDeployment, by: id }),
  event('deployment.closed', {
    ...ofDeployment,
    because: z.enum(['debriefed-and-settled', 'ended-before-task']),
  }),
  event('deployment.status_requested', { ...ofDeployment, askedBy: id }),
  event('deployment.desk_taken', { ...ofDeployment, side: z.enum(['host', 'donor']) }),
  event('request.desk_taken', ofRequest),
  event('extension.requested', {
    ...ofDeployment,
    extensionId: id,
    end: instant,
    newEnd: instant,
    answerBy: instant,
  }),
  event('extension.answered', {
    ...{ ...ofDeployment, extensionId: id, answer: z.enum(['accept', 'decline', 'provisional']) },
    ...{ newEnd: instant, token: count.optional(), confirmBy: instant.optional(), override },
  }),
  event('extension.confirmed', {
    ...ofDeployment,
    extensionId: id,
    from: instant,
    to: instant,
    token: count,
    homeVersion: count,
  }),
  event('extension.ended', { ...ofDeployment, extensionId: id, because: id }),
  event('deployment.welfare_answered', ofDeployment),
  event('deployment.secondment_review', { ...ofDeployment, since: instant, until: instant }),
  event('deployment.secondment_reviewed', { ...ofDeployment, outcome: id, reviewedBy: id }),
  event('deployment.returned', { ...ofDeployment, welfareOpen: z.literal(true).optional() }),
  event('cost.estimated', { ...ofClaim, requestId: id, lines, totalPence: count, dueBy: instant }),
  event('cost.recorded', { ...ofClaim, lines, totalPence: count, dueBy: instant }),
  event('claim.submitted', { ...ofClaim, round: count, lines, totalPence: count, dueBy: instant }),
  event('claim.checked', { ...ofClaim, round: count, totalPence: count, checkedBy: id }),
  event('claim.queried', { ...ofClaim, round: count, queriedBy: id, dueBy: instant }),
  event('claim.agreed', {
    ...{ ...ofClaim, round: count, totalPence: count },
    ...{ checkedBy: id, agreedBy: id, dueBy: instant },
  }),
  event('claim.paid', { ...ofClaim, amountPence: count, paidAt: instant }),
  event('claim.waiver_proposed', waiver),
  event('claim.waived', { ...waiver, agreedBy: id }),
  event('claim.overdue', { ...ofClaim, status: id, dueBy: instant }),
  event('home.opened', { ...ofDonor, homeVersion: count }),
  event('home.recorded', { ...ofDonor, homeVersion: count, entries: z.array(entry).min(1) }),
]);
export type Known = z.infer<typeof known>;
export type KnownType = Known['type'];

/** A stored record after parsing. */
export type Fact<T extends KnownType = KnownType> = Extract<Known, { type: T }> & {
  stream: string;
  seq: number;
  subject: string;
  /** When the server stored it. */
  storedAt: string;
  /** Event id: `<org>.<commandId>.<n>`. */
  id: string;
  org: string;
  commandId: string;
  n: number;
  /** When the writer decided it. */
  time: string;
  actor: string;
};

/** One message of a stream as it was read, before any judgement. */
export type RawRecord = {
  stream: string;
  seq: number;
  subject: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Instant in UTC with milliseconds. */
  storedAt: string;
};

const percentDecoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const parsedJson = (text: string): { ok: true; value: unknown } | { ok: false; because: string } => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, because: error instanceof Error ? error.message : String(error) };
  }
};

const EVENT_ID = /^([^.]+)\.([^.]+)\.(\d+)$/;

/** Reads one record, or says why it cannot be read. */
export const readFact = (raw: RawRecord): Fact | { unreadable: string } => {
  const header = (name: string): string => percentDecoded(raw.headers[name] ?? '');
  const [, org, commandId, n] = EVENT_ID.exec(header('ce-id')) ?? [];
  if (org === undefined || commandId === undefined) return { unreadable: `ce-id "${header('ce-id')}"` };
  const time = instant.safeParse(header('ce-time'));
  if (!time.success) return { unreadable: `ce-time "${header('ce-time')}"` };
  if (header('ce-commandid') !== commandId)
    return { unreadable: `ce-commandid "${header('ce-commandid')}" is not that of ${header('ce-id')}` };
  const json = parsedJson(raw.body);
  if (!json.ok) return { unreadable: json.because };
  const parsed = known.safeParse({ type: header('ce-type'), data: json.value });
  if (!parsed.success) return { unreadable: z.prettifyError(parsed.error) };
  const { stream, seq, subject, storedAt } = raw;
  return {
    ...parsed.data,
    ...{ stream, seq, subject, storedAt },
    ...{ id: header('ce-id'), org, commandId, n: Number(n), time: time.data, actor: header('ce-actor') },
  };
};
