import type { FastifyInstance } from 'fastify';
import { escaped } from './escape.ts';
import { MEANINGS } from './meanings.ts';
import { Problem, type ProblemCode, statusOf } from './problems.ts';

const CODES = Object.keys(MEANINGS) as ProblemCode[];

const told = (code: ProblemCode): string => {
  const { means, remedy } = MEANINGS[code];
  return `<h2 id="${code}">${code} (${statusOf(code)})</h2>
<p>${escaped(means)}</p>
<p>${escaped(remedy)}</p>`;
};

const page = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Muster</title><link rel="stylesheet" href="/alerts/alert.css"></head>
<body><main>
<h1>${title}</h1>
${body}
</main></body></html>
`;

/** What each problem's `type` leads to. */
export const problemPageRoutes = (app: FastifyInstance): void => {
  const hidden = { schema: { hide: true } };
  app.get('/problems', hidden, (_, reply) =>
    reply.type('text/html; charset=utf-8').send(page('Problems', CODES.map(told).join('\n'))),
  );
  app.get<{ Params: { code: string } }>('/problems/:code', hidden, (request, reply) => {
    const code = CODES.find((each) => each === request.params.code);
    if (!code) throw new Problem('no-such-route', 'there is no such problem; /problems has all of them');
    const all = '<p><a href="/problems">Every problem</a></p>';
    return reply.type('text/html; charset=utf-8').send(page('Problem', `${told(code)}\n${all}`));
  });
};
