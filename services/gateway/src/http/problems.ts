import type { FieldFault, Refusal, RefusalCode } from '@muster/contracts';
import { RETRY_AFTER_SECONDS } from '../limits.ts';

/** Codes of the gateway's own, beside the refusal codes of the mesh. */
export const GATEWAY_CODES = {
  'no-session': 401,
  csrf: 403,
  policy: 403,
  changed: 412,
  'too-many': 429,
  'too-large': 413,
  'unsupported-type': 415,
  'bad-request': 400,
  'no-such-route': 404,
  'sign-in-failed': 403,
  'too-slow': 408,
  fault: 500,
} as const;

/** Status of a refusal; what the ledger stands against is a conflict. */
const STATUS: Partial<Record<RefusalCode, number>> = {
  invalid: 422,
  'not-permitted': 403,
  'wrong-role': 403,
  'same-person': 403,
  'no-delegation': 403,
  'over-scope': 403,
  'approval-needed': 403,
  'not-found': 404,
  'bad-time': 422,
  'clock-skew': 422,
  contention: 503,
  unavailable: 503,
  integrity: 503,
  'bad-reply-subject': 500,
};
const CONFLICT = 409;

export type ProblemCode = RefusalCode | keyof typeof GATEWAY_CODES;

export const statusOf = (code: ProblemCode): number =>
  code in GATEWAY_CODES
    ? GATEWAY_CODES[code as keyof typeof GATEWAY_CODES]
    : (STATUS[code as RefusalCode] ?? CONFLICT);

/** An expected failure of a request: a stable code, and words for the person. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly fields: FieldFault[] | undefined;

  constructor(code: ProblemCode, detail: string, fields?: FieldFault[]) {
    super(detail);
    this.code = code;
    this.fields = fields;
  }

  static of({ refused, because, fields }: Refusal): Problem {
    return new Problem(refused, because, fields);
  }
}

/** Refuses an answer that would be older than what is known to be stored. */
export const notReadYet = (): Problem =>
  new Problem('unavailable', 'the gateway has not read everything yet; try again');

/** Problem details as RFC 9457 has them, with our code beside. */
export type ProblemDetails = {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  fields?: FieldFault[];
};

export const PROBLEM_TYPE = 'application/problem+json';

export const detailsOf = ({ code, message, fields }: Problem): ProblemDetails => ({
  type: `/problems/${code}`,
  title: code.replaceAll('-', ' '),
  status: statusOf(code),
  code,
  detail: message,
  ...(fields ? { fields } : {}),
});

/** Headers that go with a problem. */
export const headersFor = (code: ProblemCode): Record<string, string> => ({
  'content-type': PROBLEM_TYPE,
  'cache-control': 'no-store',
  ...(statusOf(code) === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
});

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'bad-request',
  401: 'no-session',
  404: 'no-such-route',
  408: 'too-slow',
  413: 'too-large',
  414: 'too-large',
  415: 'unsupported-type',
  429: 'too-many',
  431: 'too-large',
};

/** Any error as a problem; what was not expected is told without its words, which may hold what is nobody's business. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  const code = BY_STATUS[status];
  const message = error instanceof Error ? error.message : 'the request cannot be answered';
  if (code !== undefined) return new Problem(code, message);
  return status >= 400 && status < 500
    ? new Problem('bad-request', message)
    : new Problem('fault', 'the gateway failed at this request; it is in its log');
};
