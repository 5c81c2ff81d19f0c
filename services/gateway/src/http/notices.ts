import type { FastifyInstance } from 'fastify';
import { noticesAnswer, noticesFor } from '../notices/notices.ts';
import { sendTagged } from './asks.ts';
import { modeOf } from './guard.ts';
import { outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { notReadYet } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';

const description = {
  tags: ['you'],
  summary: 'What waits for you',
  operationId: 'notices',
  description:
    'Each has an id that stays the same while it waits and never comes again, so that it is shown once. The stream tells the same as it changes, with notices=true.',
  params: modeParameter,
  querystring: { type: 'object', properties: { as: { type: 'string' } } },
  response: {
    200: { description: 'All that waits for you now.', ...outputSchema(noticesAnswer) },
    304: { description: 'As you have it (If-None-Match).', type: 'null' },
    '4xx': problemAnswer,
    503: problemAnswer,
  },
};

/** What waits for the person who has signed in. */
export const noticeRoutes = (app: FastifyInstance, parts: Parts): void => {
  app.get('/v1/:mode/notices', { schema: description }, async (request, reply) => {
    const mode = modeOf(request);
    const { duty } = parts.guard.acting(request, 'notices');
    const view = parts.viewOf(mode);
    if (!(await view.catchUp())) throw notReadYet();
    const now = new Date(parts.clock.now()).toISOString();
    return sendTagged(request, reply, duty.org, noticesFor(parts.policy, duty, view.ledger, now));
  });
};
