import { z } from 'zod';
import './words.ts';

/**
 * Stable codes with which a command or query is refused. A refusal is not stored; the same command may be
 * answered differently later.
 */
export const REFUSAL_CODES = [
  /** The body does not fit the schema; `fields` names every place at fault. */
  'invalid',
  /** The sender's organisation may not do this. */
  'not-permitted',
  /** No such request, offer, capability or deployment, or none that the sender may see. */
  'not-found',
  /** The same command id was used for another command. */
  'command-id-reused',
  /** The request has ended. */
  'request-ended',
  /** The answer time has passed. */
  'answer-time-passed',
  /** This force was not asked for this line. */
  'not-asked',
  /** This force has already answered for this line. */
  'already-answered',
  /** The offer is not open any more. */
  'offer-not-open',
  /** The line needs no more than it has. */
  'line-full',
  /** Of the units taken so few can be reserved that a line stays below its minimum; `fields` names what stands in the way. */
  'below-minimum',
  /** The capability does not do what the line asks: code, window, accreditation, releasability. */
  'not-eligible',
  /** Not enough is free over the interval. */
  'no-capacity',
  /** The units should rest, or have been on duty for too long; `fields` names each rule, and an override passes it. */
  'duty-breach',
  /** The advert has expired, was withdrawn or is unavailable. */
  'advert-not-current',
  /** The deployment is not in a state that allows this. */
  'wrong-status',
  /** Times that lie in the wrong order or in the past. */
  'bad-time',
  /** What the plan rests on has changed; `fields` names every assignment that no longer holds. */
  'plan-stale',
  /** The actor's role does not do this. */
  'wrong-role',
  /** The same person may not do both. */
  'same-person',
  /** The rules of the organisation leave this to a person. */
  'approval-needed',
  /** No delegation that is valid now lets this post decide. */
  'no-delegation',
  /** The delegation does not reach so far. */
  'over-scope',
  /** More than the approval of the request covers, by units or by cost. */
  'over-approval',
  /** Host and donor do not go by the same cost yet: none was named, or another charging regime. */
  'cost-not-agreed',
  /** Too many others changed the same things at once; send the same command again. */
  'contention',
  /** The ledger looks wrong for this capability; it is not allocated until someone has looked. */
  'integrity',
  /** The service is not ready or is stopping; send the same command again. */
  'unavailable',
  /** The sender's clock is too far ahead. */
  'clock-skew',
  /** The reply subject is not a private inbox. */
  'bad-reply-subject',
] as const;

export const refusalCode = z.enum(REFUSAL_CODES);
export type RefusalCode = z.infer<typeof refusalCode>;

/** One field at fault: its path in the body, and what is wrong with it. */
export const fieldFault = z.object({ path: z.string(), because: z.string() });
export type FieldFault = z.infer<typeof fieldFault>;

/** An expected refusal, as a value. */
export type Refusal = { refused: RefusalCode; because: string; fields?: FieldFault[] | undefined };

export const refusal = z.object({
  refused: refusalCode,
  because: z.string(),
  fields: z.array(fieldFault).optional(),
});

export const refuse = (refused: RefusalCode, because: string, fields?: FieldFault[]): Refusal =>
  fields ? { refused, because, fields } : { refused, because };

export const isRefusal = (value: object): value is Refusal => 'refused' in value;

/** Every fault of a failed parse, with its path as `lines[0].quantity`. */
export const faultsOf = (error: z.ZodError): FieldFault[] =>
  error.issues.map((issue) => ({
    path: issue.path.reduce<string>(
      (path, key) =>
        typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`,
      '',
    ),
    because: issue.message,
  }));
