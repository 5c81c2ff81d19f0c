import { z } from 'zod';
import { deploymentStatus, threatCategory, urgency } from '../codes.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { capabilityCode, forceId, name, orgId, text } from '../values.ts';

/** Rows of each list that a board shows unless told otherwise. */
const BOARD_ROWS_DEFAULT = 50;
/** Most rows of each list: with fifty lines a request, an answer stays well below what one message may hold. */
export const BOARD_ROWS_MAX = 200;
/** Requests that a page of a board may begin after, at most. */
export const BOARD_SKIP_MAX = 100_000;
/** Characters of the words that requests are found by. */
const FIND_LENGTH_MAX = 200;

/** What a request or a deployment can wait for. Each is ended by a command of the organisation that it waits for. */
export const BOARD_ACTIONS = [
  'submit',
  'approve',
  'approve-in-writing',
  'answer',
  'approve-offer',
  'choose-offers',
  'meet-condition',
  'confirm',
  'answer-lapse',
  'ask-further',
  'accept-escalation',
  'acknowledge-unfilled',
  'report-status',
  'confirm-control',
  'answer-recall',
  'settle-recall',
  'settle-shortfall',
  'release',
  'report-return',
  'debrief',
  'answer-extension',
  'answer-welfare',
  'review-secondment',
  'estimate-costs',
  'record-costs',
  'submit-claim',
  'judge-claim',
  'answer-claim',
  'pay-claim',
  'agree-waiver',
] as const;

export const boardAction = z.object({
  kind: z.enum(BOARD_ACTIONS),
  /** Any one of these may do it; for an answer, each of them is to. */
  waitsFor: z.array(orgId),
  /**
   * Of what waits for the asking organisation: the same for as long as it waits, and another when the same is
   * to be done again, so that a person need be told of each only once.
   */
  id: z.string().optional(),
  /** The desk of the asking organisation that looks after it, where one does. */
  desk: name.optional(),
  /** True when the asking organisation is among them. */
  isMine: z.boolean(),
  /** What it is about: `owner` is the host of a request, the donor of a deployment or claim. */
  item: z.object({ kind: z.enum(['request', 'deployment', 'claim']), owner: orgId, id: commandId }),
  host: orgId,
  requestId: commandId,
  lineIds: z.array(token),
  /** The offer to be confirmed. */
  offerId: commandId.optional(),
  /** One line of what is to be done. */
  about: z.string(),
  /** By when; absent when nothing sets a time. */
  by: instant.optional(),
  /** True when its time has passed. */
  isLate: z.boolean(),
});
export type BoardAction = z.infer<typeof boardAction>;

/** How a line is filled. Quantities are units; `asked` to `silent` count forces, each in one of the last four. */
export const boardLine = z.object({
  lineId: token,
  code: capabilityCode,
  from: instant,
  to: instant,
  wanted: z.int(),
  minimum: z.int(),
  committed: z.int(),
  reserved: z.int(),
  offered: z.int(),
  unfilled: z.int(),
  /** Units that neither what is taken nor what is on offer covers. */
  missing: z.int(),
  asked: z.int(),
  waiting: z.int(),
  offering: z.int(),
  declined: z.int(),
  silent: z.int(),
  /** Forces that offer although they were not asked; they are not among those above. */
  unsolicited: z.int().optional(),
  /** Reserved or committed units that are expected after the line begins, and when the last of them arrives. */
  lateArrivals: z.object({ quantity: z.int(), last: instant }).optional(),
  /** Units that the host took and went without, where it let the minimum suffice and the line is still short. */
  leftOut: z.int().optional(),
  /** Not filled although its window has begun. */
  isLate: z.boolean(),
  /** Nobody is left to ask. */
  exhausted: z.object({ since: instant, isAcknowledged: z.boolean() }).optional(),
});
export type BoardLine = z.infer<typeof boardLine>;

/** A time at which the broker acts by itself. */
const boardDeadline = z.object({ name: z.string(), at: instant });

export const boardRequest = z.object({
  host: orgId,
  requestId: commandId,
  status: z.string(),
  /** False for an asked force, whose counts tell of its own answers and offers only. */
  isWhole: z.boolean(),
  urgency,
  threatCategory,
  reason: text,
  desk: name.optional(),
  tier: z.int(),
  submittedAt: instant,
  answerBy: instant,
  /** Earliest first. */
  deadlines: z.array(boardDeadline),
  lines: z.array(boardLine),
});
export type BoardRequest = z.infer<typeof boardRequest>;

/** How units are behind: not at work when their window began, away after it ended, or wanted back by their force. */
export const LATENESS_KINDS = ['not-arrived', 'not-released', 'not-returned', 'wanted-back'] as const;

export const boardLate = z.object({
  donor: forceId,
  deploymentId: commandId,
  host: orgId,
  requestId: commandId,
  lineId: token,
  capabilityId: token,
  quantity: z.int(),
  status: deploymentStatus,
  kind: z.enum(LATENESS_KINDS),
  /** When they were due. */
  due: instant,
});
export type BoardLate = z.infer<typeof boardLate>;

const totals = z.object({
  requests: z.int(),
  lines: z.int(),
  /** Lines of which neither what is taken nor what is on offer covers all. */
  linesShort: z.int(),
  unitsMissing: z.int(),
  linesLate: z.int(),
  deployments: z.int(),
  deploymentsLate: z.int(),
  mine: z.int(),
  mineLate: z.int(),
  others: z.int(),
});

/** Everything open that an organisation looks after, or is asked for: what is short, late, and waits for whom. */
export const boardAnswer = z.object({
  asOf: instant,
  org: orgId,
  /** Where to wait for news: an `events` query after this sequence tells when a board may have changed. */
  lastSeq: z.int().min(0),
  /** Counts of everything, also of what the lists leave out. */
  totals,
  /** What waits for the asking organisation first; then what is late, then what is due soonest. */
  actions: z.array(boardAction),
  /** Those that need most attention first. */
  requests: z.array(boardRequest),
  /** Open requests that have the words asked for, on this page or not. */
  found: z.int().optional(),
  /** Longest overdue first. */
  late: z.array(boardLate),
  /** Of the requests: those that come after, of those with the words asked for. */
  leftOut: z.object({ actions: z.int(), requests: z.int(), late: z.int() }),
});
export type Board = z.infer<typeof boardAnswer>;

export const BOARD_ASKS = {
  board: {
    service: 'request-broker',
    query: z.object({
      /** Most rows of each list. */
      limit: z.int().min(1).max(BOARD_ROWS_MAX).default(BOARD_ROWS_DEFAULT),
      /** Requests of the list that are left out at its beginning: those of the pages before. */
      skip: z.int().min(0).max(BOARD_SKIP_MAX).optional(),
      /** Words that each request of the list has: of its force, id, reason, codes, urgency, threat or status. */
      find: z.string().max(FIND_LENGTH_MAX).optional(),
    }),
    answer: boardAnswer,
  },
} as const;
