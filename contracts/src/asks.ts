import { z } from 'zod';
import { ALERT_ASKS } from './ask/alerts.ts';
import { BOARD_ASKS } from './ask/board.ts';
import { CLAIM_ASKS } from './ask/claim.ts';
import { CURSOR_LENGTH_MAX, rowCursor } from './ask/cursor.ts';
import { deploymentMatters } from './ask/deployment.ts';
import { FORECAST_ASKS } from './ask/forecast.ts';
import { HANDOVER_ASKS } from './ask/handover.ts';
import { MATCHING_ASKS, travelEstimate } from './ask/matching.ts';
import { offerView } from './ask/offer.ts';
import { ORAL_ASKS } from './ask/oral.ts';
import { PLAN_ASKS } from './ask/plan.ts';
import { capabilityAdvertised } from './capability/v1.ts';
import { capacityKind, deploymentStatus } from './codes.ts';
import { envelopeSchema } from './envelope.ts';
import { LONG_WAIT_MS_MAX, PAGE_ROWS_MAX } from './limits.ts';
import { approvalRules, delegatedRole, delegationScope } from './policy/delegations.ts';
import { refusal } from './refusals.ts';
import { requestLine, requestTerms } from './request/lines.ts';
import { escalationMode } from './request/reach.ts';
import { instant } from './time.ts';
import { commandId, token } from './tokens.ts';
import { capabilityCode, forceId, name, orgId, point, scheme } from './values.ts';

const limit = z.int().min(1).max(PAGE_ROWS_MAX).default(100);
const cursor = z.string().max(CURSOR_LENGTH_MAX).optional();

/** An advert as the asker may see it. */
export const capabilityView = capabilityAdvertised.extend({
  /** Free over the asked window, or now when none was asked: gross less what is booked and in local use. */
  free: z.int().min(0),
  /** Kilometres in a straight line from the asked point. */
  distanceKm: z.number().min(0).optional(),
  /** When the registry last heard of it. */
  confirmedAt: instant,
  withdrawn: z.boolean().optional(),
});
export type CapabilityView = z.infer<typeof capabilityView>;

/** One span of a calendar. Who it is for is shown to the donor and to the host concerned only. */
export const calendarEntry = z.object({
  from: instant,
  to: instant,
  taken: z.int().min(1),
  kind: z.enum(['booked', 'local']),
  host: orgId.optional(),
  requestId: commandId.optional(),
  state: z.string().optional(),
});
export type CalendarEntry = z.infer<typeof calendarEntry>;

/** How a request stands, in one word. */
export const REQUEST_STATUSES = [
  'draft',
  'awaiting-approval',
  'open',
  'part-filled',
  'filled',
  'unfilled',
  'refused',
  'cancelled',
  'expired',
  'closed',
] as const;

/** One delegation of an organisation, with what is left of it. */
export const delegationView = z.object({
  delegationId: commandId,
  post: token,
  role: delegatedRole,
  scope: delegationScope,
  validFrom: instant,
  validTo: instant,
  grantedBy: token,
  reason: z.string(),
  revokedAt: instant.optional(),
  isValid: z.boolean(),
});
export type DelegationView = z.infer<typeof delegationView>;

export const lineView = z.object({
  line: requestLine,
  offered: z.int(),
  reserved: z.int(),
  committed: z.int(),
  unfilled: z.int(),
});

/** How one force stands for one line: it was asked, or offered unsolicited. The silence of a force is an outcome too. */
export const answerView = z.object({
  force: forceId,
  lineId: token,
  answer: z.enum(['waiting', 'offered', 'declined', 'expired', 'withdrawn']),
  unsolicited: z.literal(true).optional(),
  reasonCode: z.string().optional(),
  /** When the force said that it has the request on its desk. */
  acknowledgedAt: instant.optional(),
});
export type AnswerView = z.infer<typeof answerView>;

export const requestView = z.object({
  host: orgId,
  requestId: commandId,
  status: z.enum(REQUEST_STATUSES),
  terms: requestTerms,
  submittedAt: instant,
  /** The post that asked. */
  requestedBy: token.optional(),
  /** An approval by word of mouth: who gave it, and by when it has to be in writing. */
  oral: z
    .object({ post: token, retrospectiveBy: instant, isOpen: z.boolean(), isOverdue: z.boolean() })
    .optional(),
  answerBy: instant,
  tier: z.int(),
  escalation: escalationMode.optional(),
  nextWaveAt: instant.optional(),
  /** A tier above that waits for a centre to agree. */
  escalationAsked: z.object({ toTier: z.int(), acceptBy: instant, isOverdue: z.boolean() }).optional(),
  /** Lines that stay short with nobody left to ask. */
  unfilled: z
    .array(z.object({ lineId: token, missing: z.int(), since: instant, isAcknowledged: z.boolean() }))
    .optional(),
  lines: z.array(lineView),
  /** For a donor: its own answers and offers only. */
  answers: z.array(answerView),
  offers: z.array(offerView),
  /** What may be agreed with donors in all, and what has been; shown to the host and its centres. */
  costLimitPence: z.int().optional(),
  agreedPence: z.int().optional(),
  /** The desk of the host that looks after it; shown to the host and its centres. */
  desk: name.optional(),
  /** What was put right, in order; for a donor that which concerns it. */
  corrections: z
    .array(
      z.object({
        at: instant,
        /** Type of the event that puts something right. */
        event: z.string(),
        /** Offer, event or force that was wrong. */
        of: z.string(),
        /** The force that it concerns, where that is one. */
        donor: forceId.optional(),
        reason: z.string().optional(),
      }),
    )
    .optional(),
  seq: z.int(),
});
export type RequestView = z.infer<typeof requestView>;

export const deploymentView = z.object({
  donor: forceId,
  deploymentId: commandId,
  host: orgId,
  requestId: commandId,
  lineId: token,
  capabilityId: token,
  /** What the line asks for; not known of a request that the ledger does not hold. */
  capabilityCode: capabilityCode.optional(),
  quantity: z.int(),
  from: instant,
  to: instant,
  token: z.int(),
  status: deploymentStatus,
  since: instant,
  ...deploymentMatters,
});
export type DeploymentView = z.infer<typeof deploymentView>;

/** One term of a candidate's rank, in its named unit. */
export const rankTerm = z.object({
  term: z.string(),
  value: z.number(),
  unit: z.string(),
  weight: z.number(),
});
export type RankTerm = z.infer<typeof rankTerm>;

/** A capability that could fill a line, or could not, and why. */
export const candidateView = z.discriminatedUnion('eligible', [
  z.object({
    eligible: z.literal(true),
    donor: forceId,
    capabilityId: token,
    free: z.int(),
    arrival: instant,
    /** In a straight line. */
    distanceKm: z.number(),
    travel: travelEstimate,
    score: z.number(),
    terms: z.array(rankTerm),
  }),
  z.object({
    eligible: z.literal(false),
    donor: forceId,
    capabilityId: token,
    reasons: z.array(z.object({ code: z.string(), because: z.string() })),
  }),
]);
export type CandidateView = z.infer<typeof candidateView>;

/** A stored event as it may be read back: envelope, body, and where it stands in its stream. */
export const storedEvent = z.object({
  seq: z.int().min(1),
  subject: z.string(),
  envelope: envelopeSchema,
  data: z.unknown(),
});
export type StoredEventView = z.infer<typeof storedEvent>;

const page = <T extends z.ZodType>(row: T) =>
  z.object({ items: z.array(row), cursor: z.string().optional() });

const window = { from: instant.optional(), to: instant.optional() };

/** The query table: subject token, who answers, body and answer. */
export const ASKS = {
  'capability-search': {
    service: 'capability-registry',
    query: z.object({
      /** A code or a dotted prefix, such as `CY`. */
      code: z.string().max(32).optional(),
      region: token.optional(),
      force: forceId.optional(),
      near: point.extend({ withinKm: z.number().positive().max(2_000) }).optional(),
      ...window,
      minimumQuantity: z.int().min(1).optional(),
      accreditation: scheme.optional(),
      /** Adverts past their expiry, and withdrawn ones, of the asking force itself: for an adapter that restarts. */
      includeOwnEnded: z.boolean().optional(),
      limit,
      cursor,
    }),
    answer: page(capabilityView),
  },
  'capability-show': {
    service: 'capability-registry',
    query: z.object({ force: forceId, capabilityId: token }),
    answer: z.object({ capability: capabilityView, calendar: z.array(calendarEntry) }),
  },
  cover: {
    service: 'capability-registry',
    query: z.object({ code: z.string().max(32).optional(), region: token.optional(), ...window }),
    answer: z.object({
      rows: z.array(
        z.object({
          code: capabilityCode,
          region: token,
          kind: capacityKind,
          forces: z.int(),
          capabilities: z.int(),
          advertised: z.int(),
          taken: z.int(),
          free: z.int(),
        }),
      ),
      from: instant,
      to: instant,
    }),
  },
  'request-list': {
    service: 'request-broker',
    query: z.object({
      status: z.enum(REQUEST_STATUSES).optional(),
      host: orgId.optional(),
      limit,
      cursor: rowCursor.optional(),
    }),
    answer: page(requestView),
  },
  'request-show': {
    service: 'request-broker',
    query: z.object({ host: orgId, requestId: commandId }),
    answer: requestView,
  },
  candidates: {
    service: 'request-broker',
    query: z.object({
      /** Whose request it is, for its centres; the asking organisation's own unless told otherwise. */
      host: orgId.optional(),
      requestId: commandId,
      lineId: token,
      limit,
    }),
    answer: z.object({
      line: requestLine,
      candidates: z.array(candidateView),
      rejectedTotal: z.int(),
      /** The version of the matching policy whose weights made the rank. */
      policyVersion: name,
    }),
  },
  delegations: {
    service: 'request-broker',
    query: z.object({ org: orgId.optional() }),
    answer: z.object({
      org: orgId,
      rules: approvalRules,
      delegations: z.array(delegationView),
    }),
  },
  'deployment-list': {
    service: 'request-broker',
    query: z.object({
      status: deploymentStatus.optional(),
      host: orgId.optional(),
      donor: forceId.optional(),
      limit,
      cursor: rowCursor.optional(),
    }),
    answer: page(deploymentView),
  },
  'deployment-show': {
    service: 'request-broker',
    query: z.object({ donor: forceId, deploymentId: commandId }),
    answer: deploymentView,
  },
  events: {
    service: 'request-broker',
    query: z.object({
      /** Events after this sequence of the ledger stream; 0 for all. */
      afterSeq: z.int().min(0),
      requestId: commandId.optional(),
      /** How long to wait when there is none, in milliseconds. */
      waitMs: z.int().min(0).max(LONG_WAIT_MS_MAX).default(0),
      limit,
    }),
    /** `lastSeq` is where to go on from, also when nothing in between may be seen. */
    answer: z.object({ events: z.array(storedEvent), lastSeq: z.int().min(0), epoch: name }),
  },
  ...HANDOVER_ASKS,
  ...ORAL_ASKS,
  ...CLAIM_ASKS,
  ...BOARD_ASKS,
  ...ALERT_ASKS,
  ...MATCHING_ASKS,
  ...PLAN_ASKS,
  ...FORECAST_ASKS,
  home: {
    service: 'request-broker',
    query: z.object({
      afterSeq: z.int().min(0),
      capabilityId: token.optional(),
      /** The answer is given once the broker has read up to this sequence of the home stream. */
      atLeastSeq: z.int().min(0).default(0),
      limit,
    }),
    answer: z.object({
      events: z.array(storedEvent),
      lastSeq: z.int().min(0),
      more: z.boolean(),
      epoch: name,
    }),
  },
};

export type AskName = keyof typeof ASKS;
/** A query as its sender writes it; defaults may be left out. */
export type AskQuery<N extends AskName> = z.input<(typeof ASKS)[N]['query']>;
/** A query after parsing, defaults filled in. */
export type ParsedQuery<N extends AskName> = z.infer<(typeof ASKS)[N]['query']>;
export type AskAnswer<N extends AskName> = z.infer<(typeof ASKS)[N]['answer']>;

export const ASK_NAMES = Object.keys(ASKS).filter((ask): ask is AskName => ask in ASKS);

/** An answer on the wire: the value, or a refusal. */
export const askReply = <T extends z.ZodType>(answer: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), answer }),
    refusal.extend({ ok: z.literal(false) }),
  ]);
