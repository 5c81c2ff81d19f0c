import { z } from 'zod';
import { alert } from '../alert/v1.ts';
import { PAGE_ROWS_MAX } from '../limits.ts';
import { commandId } from '../tokens.ts';

export const ALERT_ASKS = {
  alerts: {
    service: 'alerter',
    query: z.object({
      /** Only this one. */
      alertId: commandId.optional(),
      /** Also those that have ended or are acknowledged. */
      includeEnded: z.boolean().default(false),
      limit: z.int().min(1).max(PAGE_ROWS_MAX).default(100),
    }),
    /** Newest first. */
    answer: z.object({ alerts: z.array(alert), leftOut: z.int().min(0) }),
  },
} as const;
