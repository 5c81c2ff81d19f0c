import { BODY_BYTES_MAX, faultsOf, type Refusal, refusal, refuse, streamName } from '@muster/contracts';
import { z } from 'zod';
import { EXERCISE_RESET_SUBJECT } from '../accounts/permissions.ts';
import type { Mesh } from '../connect/connect.ts';
import { readStreamFacts } from '../project/stream.ts';
import { resetExercise } from '../streams/reset.ts';
import type { Link } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';
import { readBody } from './incoming.ts';
import { type Server, serveLoop } from './loop.ts';

const SERVICE = 'exercise';
/** Streams are deleted and made anew, one after another, in milliseconds. */
const DONE_MS_MAX = 30_000;

const resetBody = z.object({ epoch: z.string().min(1).max(64), by: z.string().min(1).max(200) });
/** Which epoch is to end, and in which post and role the person is who wants it. */
export type ExerciseResetBody = z.infer<typeof resetBody>;

const resetReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), epoch: z.string() }),
  refusal.extend({ ok: z.literal(false) }),
]);

const refused = (of: Refusal): string => JSON.stringify({ ok: false, ...of });

const reset = async (
  mesh: Pick<Mesh, 'jsm' | 'clock' | 'log'>,
  { epoch, by }: ExerciseResetBody,
): Promise<string> => {
  const now = await readStreamFacts(mesh, streamName('ASSISTANCE', 'exercise'));
  if (now.epoch !== epoch) {
    const because = `the exercise is of epoch ${now.epoch}, not ${epoch}: somebody has reset it since`;
    return refused(refuse('wrong-status', because));
  }
  const after = await resetExercise(mesh);
  mesh.log.warn({ service: SERVICE, by, before: epoch, epoch: after.epoch }, 'the exercise begins anew');
  return JSON.stringify({ ok: true, epoch: after.epoch });
};

/**
 * Begins the exercise anew when the gateway says so for the national centre. It needs the administrator's connection: whoever may
 * make streams may make one that writes anything, so that no service that faces people may have that right.
 */
export const serveExerciseReset = (mesh: Pick<Mesh, 'nc' | 'jsm' | 'clock' | 'log'>): Server =>
  serveLoop(mesh, {
    subjects: [EXERCISE_RESET_SUBJECT],
    queue: SERVICE,
    // Two at once would each delete what the other makes.
    inFlightMax: 1,
    answer: async (msg) => {
      const read = readBody(msg, BODY_BYTES_MAX);
      if ('refused' in read) return refused(read);
      const body = resetBody.safeParse(read.body);
      return body.success
        ? reset(mesh, body.data)
        : refused(refuse('invalid', 'the body does not fit', faultsOf(body.error)));
    },
    refused,
  });

export type ExerciseResetOutcome =
  | { kind: 'done'; epoch: string }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'no-service' | 'unknown'; because: string };

/** Asks whoever serves it to begin the exercise anew. Sent again after it was done it is refused, by its epoch. */
export const askForReset = async (
  mesh: Pick<Link, 'nc'>,
  body: ExerciseResetBody,
): Promise<ExerciseResetOutcome> => {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const reply = await muxOf(mesh.nc).request(EXERCISE_RESET_SUBJECT, bytes, undefined, DONE_MS_MAX);
  if (reply === 'no-responders' || reply === 'not-sent')
    return { kind: 'no-service', because: 'nothing here may reset the exercise: use muster exercise reset' };
  if (reply === 'denied')
    return { kind: 'refused', refusal: refuse('not-permitted', 'this user may not reset the exercise') };
  if (typeof reply === 'string')
    return { kind: 'unknown', because: 'whether the exercise was reset is not known: look at its epoch' };
  const read = resetReply.safeParse(reply.json());
  if (!read.success) return { kind: 'unknown', because: 'the answer cannot be read: look at the epoch' };
  if (read.data.ok) return { kind: 'done', epoch: read.data.epoch };
  const { ok: _, ...why } = read.data;
  return { kind: 'refused', refusal: why };
};
