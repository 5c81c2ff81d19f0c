import type { FieldFault } from '@muster/contracts';

/** A refusal of the API (RFC 9457), or a failure to reach it. */
export type Problem = {
  status: number;
  code: string;
  title: string;
  detail?: string;
  fields?: FieldFault[];
};

/** What a query throws; a caller looks at `problem`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options);
    this.problem = problem;
  }
}

export const unreachable = (cause: unknown): ApiError =>
  new ApiError({ status: 0, code: 'unreachable', title: 'The gateway cannot be reached' }, { cause });

export const problemOf = (error: unknown): Problem =>
  error instanceof ApiError
    ? error.problem
    : { status: 0, code: 'failed', title: error instanceof Error ? error.message : String(error) };

export const isSessionOver = (error: unknown): boolean => problemOf(error).code === 'no-session';

/** Whether the same again may well go through. */
export const isPassing = (error: unknown): boolean => {
  const { status, code } = problemOf(error);
  return code === 'unreachable' || status === 503;
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && 'title' in value;

/** The problem that an answer with an error status holds; one is made for an answer that holds none. */
export const readProblem = async (response: Response): Promise<Problem> => {
  const body: unknown = await response.json().catch(() => undefined);
  return isProblem(body)
    ? body
    : { status: response.status, code: 'failed', title: `The gateway answered ${response.status}` };
};
