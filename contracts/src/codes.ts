import { z } from 'zod';

/** Live running or an exercise. Same code path, separate streams and users. */
export const MODES = ['actual', 'exercise'] as const;
export const mode = z.enum(MODES);
export type Mode = z.infer<typeof mode>;

/** The power under which aid is given. Police Act 1996 unless another Act is named. */
export const legalBasis = z.enum([
  'PA96-S24',
  'PA96-S98',
  'PA96-S26',
  'PA96-S22A',
  'EA04-S55B',
  'MDPA87-S2B',
  'ATCSA01-RTSA03',
  'CCA13-NCA',
  'DIRECTED',
]);
export type LegalBasis = z.infer<typeof legalBasis>;

/** Which charging regime applies; headings of the NPCC guide on mutual aid cost recovery, and two of ours. */
export const costCategory = z.enum([
  'EMERGENCY_SPONTANEOUS',
  'PLANNED_EVENT',
  'SPECIALIST_STAFF',
  'SECONDMENT',
  'NIL_PAYBACK',
  'NATIONAL_FUNDED',
]);
export type CostCategory = z.infer<typeof costCategory>;

/** The seven national threats of the Strategic Policing Requirement 2023, and local demand. */
export const threatCategory = z.enum([
  'VAWG',
  'TERRORISM',
  'SOC',
  'CYBER',
  'CSA',
  'PUBLIC_DISORDER',
  'CIVIL_EMERGENCY',
  'OTHER_LOCAL',
]);
export type ThreatCategory = z.infer<typeof threatCategory>;

/** How soon help is needed, in the words of CAP 1.2. */
export const urgency = z.enum(['IMMEDIATE', 'EXPECTED', 'FUTURE']);
export type Urgency = z.infer<typeof urgency>;

/** Why a donor force offers nothing for a line. */
export const declineReason = z.enum([
  'no-capacity',
  'own-demand',
  'not-accredited',
  'distance',
  'welfare-rest',
  'policy',
  'other',
]);
export type DeclineReason = z.infer<typeof declineReason>;

/** Why a donor takes back an offer that nobody has accepted. */
export const offerWithdrawReason = z.enum([
  'no-capacity',
  'own-demand',
  'not-accredited',
  'welfare-rest',
  'condition-not-met',
  'entered-in-error',
  'other',
]);
export type OfferWithdrawReason = z.infer<typeof offerWithdrawReason>;

/** Why the home force does not confirm a reserved booking. */
export const homeRefusalReason = z.enum([
  'no-capacity',
  'own-demand',
  'confirm-time-passed',
  'not-accredited',
  'welfare-rest',
  'unknown-capability',
  'policy',
  'other',
]);
export type HomeRefusalReason = z.infer<typeof homeRefusalReason>;

/** Why a host takes a request back. */
export const cancelReason = z.enum([
  'resolved',
  'filled-elsewhere',
  'raised-in-error',
  'superseded',
  'other',
]);
export type CancelReason = z.infer<typeof cancelReason>;

/** Why a reservation lost its line before the home force answered. */
export const lapseReason = z.enum([
  'confirm-time-passed',
  'request-cancelled',
  'minimum-not-met',
  'request-expired',
  'validity-passed',
  'accepted-in-error',
]);
export type LapseReason = z.infer<typeof lapseReason>;

/** Why a deployment ends on the host's side. */
export const releaseReason = z.enum([
  'task-complete',
  'request-cancelled',
  'minimum-not-met',
  'confirmed-too-late',
  'stood-down',
  'request-expired',
  'recalled',
  'forfeited',
  'aborted',
  'made-in-error',
]);
export type ReleaseReason = z.infer<typeof releaseReason>;

/** Why a force takes an advert back. */
export const withdrawReason = z.enum(['gone-from-roster', 'own-demand', 'not-accredited', 'policy', 'other']);
export type WithdrawReason = z.infer<typeof withdrawReason>;

/** Where a deployed unit is, in the order in which a deployment passes through them; ABORTED leads from the early ones to CLOSED. */
export const DEPLOYMENT_STATUSES = [
  'COMMITTED',
  'MOBILISING',
  'EN_ROUTE',
  'STAGED',
  'ON_TASK',
  'RECALL_PENDING',
  'RELEASED',
  'RETURNING',
  'RETURNED',
  'ABORTED',
  'CLOSED',
] as const;
export const deploymentStatus = z.enum(DEPLOYMENT_STATUSES);
export type DeploymentStatus = z.infer<typeof deploymentStatus>;

/** Our deployment statuses in the words of NIEM 4.1, where it has one. */
export const NIEM_DEPLOYMENT_STATUS: Readonly<Partial<Record<DeploymentStatus, string>>> = {
  COMMITTED: 'Accepted',
  MOBILISING: 'Mobilized',
  EN_ROUTE: 'En-route',
  STAGED: 'Staging',
  ON_TASK: 'On Scene',
};

/** Government Security Classification carried by an event; nothing higher may enter the mesh. */
export const classification = z.enum(['OFFICIAL', 'OFFICIAL-SENSITIVE']);
export type Classification = z.infer<typeof classification>;

/** What a quantity counts: one indivisible unit, members of a pool, or items a week through a queue. */
export const capacityKind = z.enum(['unit', 'pool', 'queue']);
export type CapacityKind = z.infer<typeof capacityKind>;

/** The part that an actor plays when a command is sent. */
export const actorRole = z.enum([
  'requester',
  'approver',
  'donor-desk',
  'donor-approver',
  'unit-commander',
  'ricc',
  'national-centre',
  'finance',
  'auditor',
  'force-ict',
  'adapter',
  'broker',
]);
export type ActorRole = z.infer<typeof actorRole>;

/** Stages of response: 1 local, 2 regional, 3 national. */
export const TIER_MIN = 1;
export const TIER_MAX = 3;
export const tier = z.int().min(TIER_MIN).max(TIER_MAX);
