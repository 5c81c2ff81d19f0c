import { z } from 'zod';
import { deploymentSide } from '../deployment/reasons.ts';
import { PAGE_ROWS_MAX } from '../limits.ts';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { name, orgId } from '../values.ts';

/** One event of an item, as a handover names it. */
const change = z.object({
  seq: z.int().min(1),
  id: z.string(),
  type: z.string(),
  time: instant,
  actor: z.string(),
});

/** Something open that a desk looks after, with what has changed about it and what is due. */
export const handoverItem = z.object({
  kind: z.enum(['request', 'deployment', 'claim']),
  /** Host of a request, donor of a deployment or claim. */
  owner: orgId,
  id: commandId,
  /** On which side of it the asking organisation stands. */
  side: deploymentSide,
  desk: name,
  status: z.string(),
  /** One line of what it is about. */
  about: z.string(),
  /** Open deadlines, earliest first; those that have passed await a decision. */
  deadlines: z.array(z.object({ name: z.string(), at: instant })),
  changes: z.array(change),
});
export type HandoverItem = z.infer<typeof handoverItem>;

export const HANDOVER_ASKS = {
  handover: {
    service: 'request-broker',
    query: z.object({
      /** Only what this desk looks after. */
      desk: name.optional(),
      /** Changes after this sequence of the ledger; with neither, no changes are told. */
      sinceSeq: z.int().min(0).optional(),
      /** Changes since this instant. */
      since: instant.optional(),
      /** Most changes told in all; the newest. */
      limit: z.int().min(1).max(PAGE_ROWS_MAX).default(500),
    }),
    answer: z.object({
      asOf: instant,
      /** Where the next handover may go on from. */
      lastSeq: z.int().min(0),
      items: z.array(handoverItem),
      /** Older changes that were left out. */
      changesLeftOut: z.int().min(0),
    }),
  },
} as const;
