import {
  type Actor,
  amountPence,
  type CommandBody,
  capabilityCode,
  classification,
  confirmWithinMinutes,
  escalationMode,
  type FieldFault,
  faultsOf,
  place,
  quantity,
  type RequestLine,
  recipientChoice,
  requestLine,
  requestLines,
  requestTerms,
  scheme,
  text,
  tier,
  token,
} from '@muster/contracts';
import { z } from 'zod';
import { headquarters, readPlace } from './places.ts';
import { readTime } from './times.ts';

/** Forces asked when a request names none. */
export const NEAREST_DEFAULT = 10;
/** Time to answer when a request names none, in milliseconds (two hours). */
export const ANSWER_WITHIN_MS_DEFAULT = 2 * 3_600_000;

/** What is known without the person: the moment, who asks, and the id of the command. */
export type RequestContext = { nowMs: number; org: string; commandId: string; actor: Actor };

export type RequestResult =
  | { ok: true; body: CommandBody<'request-create'> }
  | { ok: false; faults: FieldFault[] };

const time = (nowMs: number) =>
  z.string().transform((written, context) => {
    const read = readTime(written, nowMs);
    if (read.ok) return read.instant;
    context.addIssue({ code: 'custom', message: read.because });
    return z.NEVER;
  });

/** A place as text, or in full; what is wrong with either is told in its own words. */
const placeWritten = z.unknown().transform((written, context) => {
  if (typeof written !== 'string') {
    const full = place.safeParse(written);
    if (full.success) return full.data;
    for (const issue of full.error.issues) context.addIssue({ ...issue });
    return z.NEVER;
  }
  const read = readPlace(written);
  if (read.ok) return read.place;
  context.addIssue({ code: 'custom', message: read.because });
  return z.NEVER;
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A rule between fields is told beside the faults of others, where these fields themselves are good. */
const ifGood =
  (...fields: string[]) =>
  ({ value, issues }: { value: unknown; issues: readonly { path?: PropertyKey[] | undefined }[] }): boolean =>
    isRecord(value) && !issues.some(({ path }) => fields.includes(String(path?.[0])));

/** One line as people write it; `reportTo` is left out for the headquarters of the force that asks. */
const lineWritten = (nowMs: number) =>
  z
    .strictObject({
      lineId: token,
      code: capabilityCode,
      quantity,
      minimum: quantity.default(1),
      from: time(nowMs),
      to: time(nowMs),
      reportTo: placeWritten.optional(),
      accreditations: z.array(scheme).default([]),
      function: text.optional(),
    })
    .refine(({ from, to }) => from < to, {
      ...{ path: ['to'], message: 'must end after it starts', when: ifGood('from', 'to') },
    })
    .refine(({ minimum, quantity }) => minimum <= quantity, {
      ...{ path: ['minimum'], message: 'must not exceed the quantity asked' },
      when: ifGood('minimum', 'quantity'),
    });

const termsWritten = z.strictObject({
  ...requestTerms.shape,
  urgency: requestTerms.shape.urgency.default('EXPECTED'),
  legalBasis: requestTerms.shape.legalBasis.default('PA96-S24'),
  costCategory: requestTerms.shape.costCategory.default('EMERGENCY_SPONTANEOUS'),
});

/** A line as people write it, turned into that of the contract. */
const lineAt = ({ nowMs, org }: Pick<RequestContext, 'nowMs' | 'org'>) => {
  const home = headquarters(org);
  return lineWritten(nowMs)
    .refine((written) => written.reportTo !== undefined || home !== undefined, {
      path: ['reportTo'],
      message: `is needed, since ${org} has no headquarters on the mesh`,
    })
    .transform(({ code, minimum, reportTo, ...same }) => ({
      ...same,
      capabilityCode: code,
      minimumQuantity: minimum,
      reportTo: reportTo ?? home,
    }))
    .pipe(requestLine);
};

const approvalWritten = (nowMs: number) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('policy') }),
    z.strictObject({ kind: z.literal('person') }),
    z.strictObject({ kind: z.literal('oral'), post: token, at: time(nowMs), reason: text.min(1) }),
  ]);

/** A request as people write it in a file or as flags; see the help of `request create`. */
const requestWritten = ({ nowMs, org }: RequestContext) => {
  return z.strictObject({
    lines: z.array(lineAt({ nowMs, org })).min(1),
    terms: termsWritten,
    recipients: recipientChoice.default({ kind: 'nearest', count: NEAREST_DEFAULT }),
    answerBy: time(nowMs).default(() => new Date(nowMs + ANSWER_WITHIN_MS_DEFAULT).toISOString()),
    confirmWithinMinutes: confirmWithinMinutes.optional(),
    classification: classification.default('OFFICIAL'),
    tier: tier.optional(),
    costLimitPence: amountPence.optional(),
    escalation: z.union([escalationMode, z.literal('none')]).default('automatic'),
    approval: approvalWritten(nowMs).optional(),
  });
};

/** Contracts and people name a few fields differently; faults are told in the words that were written. */
const WRITTEN_AS: readonly (readonly [RegExp, string])[] = [
  [/\bcapabilityCode$/, 'code'],
  [/\bminimumQuantity$/, 'minimum'],
];

const inWrittenWords = (fault: FieldFault): FieldFault => ({
  ...fault,
  path: WRITTEN_AS.reduce((path, [ours, theirs]) => path.replace(ours, theirs), fault.path),
});

/** Gives each line that has no id the next free one of `line-1`, `line-2` and so on. */
const withLineIds = (raw: unknown): unknown => {
  if (!isRecord(raw) || !Array.isArray(raw.lines)) return raw;
  const taken = new Set(raw.lines.map((line) => (isRecord(line) ? line.lineId : undefined)));
  let next = 1;
  const lines = raw.lines.map((line: unknown) => {
    if (!isRecord(line) || line.lineId !== undefined) return line;
    while (taken.has(`line-${next}`)) next += 1;
    const lineId = `line-${next}`;
    taken.add(lineId);
    return { ...line, lineId };
  });
  return { ...raw, lines };
};

/** Turns what a person wrote into a command, or names every field at fault. */
export const readRequest = (raw: unknown, context: RequestContext): RequestResult => {
  const parsed = requestWritten(context).safeParse(withLineIds(raw));
  if (!parsed.success) return { ok: false, faults: faultsOf(parsed.error).map(inWrittenWords) };
  const lines = requestLines.safeParse(parsed.data.lines);
  if (!lines.success) {
    const faults = faultsOf(lines.error).map((fault) => ({ ...fault, path: `lines${fault.path}` }));
    return { ok: false, faults };
  }
  const { commandId, actor } = context;
  const { escalation, approval, ...same } = parsed.data;
  return {
    ok: true,
    body: {
      ...{ commandId, actor, ...same },
      ...(escalation !== 'none' && { escalation }),
      ...(approval && { approvalRoute: approval }),
    },
  };
};

/** Reads lines that are to take the place of others, or names every field at fault. */
export const readLines = (
  raw: readonly unknown[],
  context: Pick<RequestContext, 'nowMs' | 'org'>,
): { ok: true; lines: RequestLine[] } | { ok: false; faults: FieldFault[] } => {
  const parsed = z.array(lineAt(context)).min(1).safeParse(raw);
  return parsed.success
    ? { ok: true, lines: parsed.data }
    : { ok: false, faults: faultsOf(parsed.error).map(inWrittenWords) };
};
