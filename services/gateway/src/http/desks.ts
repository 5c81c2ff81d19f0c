import { createHash } from 'node:crypto';
import { orgId, token } from '@muster/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { takeDesk } from '../desk/take.ts';
import { RETRY_AFTER_SECONDS } from '../limits.ts';
import { keyHeaders, keyOf } from './commands.ts';
import { type Acting, actorOf, modeOf, noStore } from './guard.ts';
import { inputSchema, outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { refuseIfMatch } from './precondition.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';
import { traceOf } from './trace.ts';

const AS = { as: { type: 'string' } };
/** Longest name of a desk. */
const DESK_LENGTH_MAX = 120;
/** Characters of the key of a mark. */
const KEY_LENGTH = 40;

const deskName = z.string().min(1).max(DESK_LENGTH_MAX);

const takeBody = z.strictObject({
  /** The desk whose items are taken. */
  from: deskName,
  /** The desk that looks after them from now on. */
  desk: token,
  note: z.string().min(1).max(1_000),
});

const item = z.object({ kind: z.enum(['request', 'deployment', 'claim']), owner: orgId, id: z.string() });
const takeAnswer = z.object({
  /** False: something was refused, or it is not known what became of it. */
  complete: z.boolean(),
  items: z.array(
    z.discriminatedUnion('outcome', [
      item.extend({ outcome: z.literal('taken') }),
      item.extend({ outcome: z.enum(['refused', 'unknown']), because: z.string() }),
    ]),
  ),
});

const mark = z.object({ seq: z.int().min(0), at: z.string() });
const markAnswer = z.object({ mark: mark.optional() });
const markBody = z.strictObject({
  /** One of the organisation's desks; none: all of them. */
  desk: deskName.optional(),
  /** `lastSeq` of the handover that was read; none: everything that has happened by now. */
  seq: z.int().min(0).optional(),
});

const problems = { '4xx': problemAnswer, 503: problemAnswer };

const TAKE = {
  tags: ['commands'],
  summary: 'Take over, or hand over, all that a desk looks after',
  operationId: 'desk-take',
  description:
    'One command for each request and deployment, whose ids follow from the Idempotency-Key; sent again, it takes what is left.',
  params: modeParameter,
  querystring: { type: 'object', properties: AS },
  headers: keyHeaders,
  body: inputSchema(takeBody),
  response: { 200: { description: 'What became of each.', ...outputSchema(takeAnswer) }, ...problems },
};

const READ_MARK = {
  tags: ['you'],
  summary: 'How far you had read when your last duty at a desk ended',
  operationId: 'handover-mark',
  params: modeParameter,
  querystring: { type: 'object', properties: { ...AS, desk: { type: 'string' } } },
  response: {
    200: { description: 'Your mark, if you have made one.', ...outputSchema(markAnswer) },
    ...problems,
  },
};

const SET_MARK = {
  tags: ['you'],
  summary: 'Say that your duty at a desk ends here',
  operationId: 'handover-mark-set',
  description:
    'The handover with sinceSeq then tells what has changed since. An exercise that begins anew forgets it.',
  params: modeParameter,
  querystring: { type: 'object', properties: AS },
  body: inputSchema(markBody),
  response: { 200: { description: 'Your mark.', ...outputSchema(markAnswer) }, ...problems },
};

/** The same for a person and desk, and nothing from which either could be told. */
const markKey = ({ session, duty }: Acting, desk: string | undefined): string =>
  createHash('sha256')
    .update([session.person.id, duty.org, desk ?? ''].join('\0'))
    .digest('hex')
    .slice(0, KEY_LENGTH);

const readBody = <T>(schema: z.ZodType<T>, request: FastifyRequest, otherwise: string): T => {
  const read = schema.safeParse(request.body ?? {});
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), because: message }));
  throw new Problem('invalid', otherwise, fields);
};

const deskOf = (request: FastifyRequest): string | undefined => {
  const read = deskName.optional().safeParse((request.query as Record<string, unknown>).desk);
  if (read.success) return read.data;
  throw new Problem('invalid', `a desk has a name of 1 to ${DESK_LENGTH_MAX} characters`, [
    { path: 'desk', because: `must have 1 to ${DESK_LENGTH_MAX} characters` },
  ]);
};

/** A change of shift: all that a desk has goes over in one action, and each person's own mark of where they left. */
export const deskRoutes = (app: FastifyInstance, parts: Parts): void => {
  app.post('/v1/:mode/desks/take', { schema: TAKE }, async (request, reply) => {
    const mode = modeOf(request);
    const acting = parts.guard.acting(request, 'desk-take');
    const key = keyOf(request);
    refuseIfMatch(request.headers['if-match']);
    const body = readBody(
      takeBody,
      request,
      'name the desk whose items go, the desk that takes them, and a note',
    );
    if (body.from === body.desk) {
      throw new Problem('invalid', 'a desk has what it has', [{ path: 'desk', because: 'is the same' }]);
    }
    const taking = { ...body, mode, org: acting.duty.org, key, actor: actorOf(acting) };
    const outcome = await takeDesk(parts.caller, taking, traceOf(request));
    if (outcome.kind === 'unavailable' && outcome.items.length === 0) {
      throw new Problem('unavailable', `${outcome.because}; send the same again`);
    }
    const { items } = outcome;
    const complete = outcome.kind === 'done' && items.every(({ outcome: each }) => each === 'taken');
    if (!complete) reply.header('retry-after', String(RETRY_AFTER_SECONDS));
    return noStore(reply).send({ complete, items });
  });

  app.get('/v1/:mode/handover/mark', { schema: READ_MARK }, async (request, reply) => {
    const mode = modeOf(request);
    const acting = parts.guard.acting(request, 'handover-mark');
    const key = markKey(acting, deskOf(request));
    const found = await parts
      .marksOf(mode)
      .read(acting.duty.org, key)
      .catch((error: unknown) => {
        request.log.warn({ err: error }, 'a mark cannot be read');
        throw new Problem('unavailable', 'the mesh does not tell at the moment; try again');
      });
    return noStore(reply).send(found ? { mark: found } : {});
  });

  app.post('/v1/:mode/handover/mark', { schema: SET_MARK }, async (request, reply) => {
    const mode = modeOf(request);
    const acting = parts.guard.acting(request, 'handover-mark');
    const { desk, seq } = readBody(
      markBody,
      request,
      'a mark holds a desk and a place in the ledger, or neither',
    );
    const here = parts.viewOf(mode).seq();
    if (seq !== undefined && seq > here) {
      throw new Problem('invalid', 'that has not happened yet', [
        { path: 'seq', because: `is after ${here}` },
      ]);
    }
    const made = { seq: seq ?? here, at: new Date(parts.clock.now()).toISOString() };
    const isStored = await parts.marksOf(mode).write(acting.duty.org, markKey(acting, desk), made);
    if (!isStored) throw new Problem('unavailable', 'the mark is not known to be stored; send it again');
    return noStore(reply).send({ mark: made });
  });
};
