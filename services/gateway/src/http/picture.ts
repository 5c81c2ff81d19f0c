import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PAGE_POLICY, withAge } from '../print/html.ts';
import { type Keeper, PICTURE_FORMATS } from '../print/keeper.ts';
import { ageOf } from '../print/times.ts';
import { modeOf, noStore } from './guard.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';

const query = z.object({ format: z.enum(PICTURE_FORMATS).default('html') });
const TYPES = { html: 'text/html; charset=utf-8', pdf: 'application/pdf' } as const;

const file = (type: string) => ({ [type]: { schema: { type: 'string' } } });

const description = {
  tags: ['records'],
  summary: 'What you may see of the whole, to be printed',
  operationId: 'picture',
  description:
    'Made every few minutes and kept on the disk of the gateway; while the mesh is out of reach the last one is given, with its age. The header muster-made-at says when it was made.',
  params: modeParameter,
  querystring: {
    type: 'object',
    properties: {
      as: { type: 'string' },
      format: { type: 'string', enum: [...PICTURE_FORMATS], default: 'html' },
    },
  },
  response: {
    200: { description: 'The last one.', content: { ...file('text/html'), ...file('application/pdf') } },
    '4xx': problemAnswer,
    503: problemAnswer,
  },
};

/** The printable picture of the organisation, of which the national centre's is the national one. */
export const pictureRoutes = (app: FastifyInstance, parts: Parts, keeper: Keeper | undefined): void => {
  app.get('/v1/:mode/picture', { schema: description }, async (request, reply) => {
    const mode = modeOf(request);
    const { duty } = parts.guard.acting(request, 'picture');
    const read = query.safeParse(request.query);
    if (!read.success) throw new Problem('invalid', `a picture comes as ${PICTURE_FORMATS.join(' or ')}`);
    const { format } = read.data;
    if (!keeper)
      throw new Problem(
        'no-such-route',
        'this gateway keeps no printed pictures; whoever runs it sets MUSTER_PRINT_DIR',
      );
    const kept = await keeper.last(mode, duty.org, format);
    if (!kept)
      throw new Problem(
        'unavailable',
        'no picture of your organisation has been made yet; try again in a few minutes',
      );
    const made = new Date(kept.madeMs).toISOString();
    noStore(reply)
      .type(TYPES[format])
      .header('muster-made-at', made)
      .header('content-disposition', `inline; filename="muster-${mode}-${duty.org}.${format}"`);
    if (format === 'pdf') return reply.send(kept.content);
    const age = `${ageOf(kept.madeMs, parts.clock.now())} old.`;
    const told =
      keeper.failingSince() === undefined
        ? age
        : `THE MESH IS OUT OF REACH. This is the last picture, ${age}`;
    return reply
      .header('content-security-policy', PAGE_POLICY)
      .send(withAge(kept.content.toString('utf8'), told));
  });
};
