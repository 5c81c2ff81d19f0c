import { z } from 'zod';
import { costCategory, legalBasis, threatCategory, urgency } from '../codes.ts';
import {
  ACCREDITATIONS_MAX,
  CONFIRM_WITHIN_MINUTES_MAX,
  CONFIRM_WITHIN_MINUTES_MIN,
  LINES_MAX,
  RECIPIENTS_MAX,
} from '../limits.ts';
import { instant } from '../time.ts';
import { token } from '../tokens.ts';
import { capabilityCode, forceId, name, place, quantity, scheme, text } from '../values.ts';

/** One line of a request: what is needed, how many, when and where. */
export const requestLine = z
  .object({
    lineId: token,
    capabilityCode,
    quantity,
    /** Fewer than this is of no use to the host. */
    minimumQuantity: quantity,
    from: instant,
    to: instant,
    reportTo: place,
    /** Schemes that must be in date over the whole window. */
    accreditations: z.array(scheme).max(ACCREDITATIONS_MAX),
    function: text.optional(),
  })
  .refine((line) => line.from < line.to, { message: 'must end after it starts', path: ['to'] })
  .refine((line) => line.minimumQuantity <= line.quantity, {
    message: 'must not exceed the quantity asked',
    path: ['minimumQuantity'],
  });
export type RequestLine = z.infer<typeof requestLine>;

export const requestLines = z
  .array(requestLine)
  .min(1)
  .max(LINES_MAX)
  .refine((lines) => new Set(lines.map((line) => line.lineId)).size === lines.length, {
    message: 'every line needs its own lineId',
  });

/** What a host states about its need, apart from the lines. */
export const requestTerms = z.object({
  urgency,
  threatCategory,
  legalBasis,
  costCategory,
  /** The special demand on the host's resources (Police Act 1996 s.24). */
  specialDemandReason: text.min(1),
  /** Opaque reference and category; never suspect, victim or case narrative. */
  incident: z.object({ ref: name, category: name }).optional(),
  /** The duty desk that answers for the request; a desk, not a person. */
  contactDesk: name,
});
export type RequestTerms = z.infer<typeof requestTerms>;

/** One force asked, and for which lines. */
export const recipient = z.object({ force: forceId, lineIds: z.array(token).min(1).max(LINES_MAX) });
export type Recipient = z.infer<typeof recipient>;
export const recipients = z.array(recipient).min(1).max(RECIPIENTS_MAX);

/** Minutes that a home force is given to confirm, from each acceptance. */
export const confirmWithinMinutes = z
  .number()
  .min(CONFIRM_WITHIN_MINUTES_MIN)
  .max(CONFIRM_WITHIN_MINUTES_MAX);

/**
 * Whom to ask. `nearest` asks the nearest forces that advertise what a line needs, `count` for each line;
 * `waves` asks the nearest of the tier's reach, a few at a time, for as long as a line is short.
 */
export const recipientChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forces'), forces: z.array(forceId).min(1).max(RECIPIENTS_MAX) }),
  z.object({ kind: z.literal('nearest'), count: z.int().min(1).max(RECIPIENTS_MAX) }),
  z.object({
    kind: z.literal('waves'),
    /** Forces asked for each line in one wave. */
    size: z.int().min(1).max(RECIPIENTS_MAX),
    /** Minutes from one wave to the next; fractions are for drills. */
    everyMinutes: z.number().min(CONFIRM_WITHIN_MINUTES_MIN).max(CONFIRM_WITHIN_MINUTES_MAX),
  }),
]);
export type RecipientChoice = z.infer<typeof recipientChoice>;
