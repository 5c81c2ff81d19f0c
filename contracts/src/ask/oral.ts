import { z } from 'zod';
import { PAGE_ROWS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId, token } from '../tokens.ts';
import { orgId, text } from '../values.ts';
import { rowCursor } from './cursor.ts';

/** An approval by word of mouth, and what came of it in writing. */
export const oralApproval = z.object({
  host: orgId,
  requestId: commandId,
  /** The event that records it. */
  eventId: z.string(),
  /** The post that approved, and the delegation under which it did. */
  post: token,
  delegationId: commandId,
  /** When it was said, and in what words. */
  saidAt: instant,
  words: text,
  /** When it was recorded, and by which post; the request went out then. */
  recordedAt: instant,
  recordedBy: token,
  /** By when it had to be decided in writing. */
  dueBy: instant,
  written: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('awaited') }),
    z.object({ kind: z.enum(['approved', 'refused']), by: token, at: instant }),
  ]),
  /** Decided after it was due, or not decided although it is due. */
  isLate: z.boolean(),
});

/**
 * Every approval by word of mouth of a period, by when it was recorded, latest first, made of events alone: of its own
 * for a force, of its region for a regional centre, of all for the national centre.
 */
export const ORAL_ASKS = {
  'oral-approvals': {
    service: 'request-broker',
    query: z.object({
      from: instant.optional(),
      /** Not itself in the period. */
      to: instant.optional(),
      host: orgId.optional(),
      /** Only those that are late. */
      late: z.literal(true).optional(),
      limit: z.int().min(1).max(PAGE_ROWS_MAX).default(100),
      cursor: rowCursor.optional(),
    }),
    answer: z.object({
      asOf: instant,
      /** Of the whole period, also of what is on other pages. */
      totals: z.object({ all: z.int(), inTime: z.int(), late: z.int(), awaited: z.int(), refused: z.int() }),
      items: z.array(oralApproval),
      cursor: z.string().optional(),
    }),
  },
} as const;
