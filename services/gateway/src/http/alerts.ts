import { readFileSync } from 'node:fs';
import { type Alert, alert as alertSchema, isCommandId } from '@muster/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clock } from '../print/times.ts';
import { escaped } from './escape.ts';
import { actorOf, modeOf, noStore } from './guard.ts';
import { inputSchema, outputSchema } from './parameters.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';
import { traceOf } from './trace.ts';

const SCRIPT = readFileSync(new URL('../../pages/acknowledge.js', import.meta.url));
const STYLE = readFileSync(new URL('../../pages/alert.css', import.meta.url));

const sent = z.strictObject({ note: z.string().min(1).max(1_000).optional() });

const idOf = (request: FastifyRequest): string => {
  const { alertId = '' } = request.params as Record<string, string>;
  if (!isCommandId(alertId))
    throw new Problem('invalid', 'that is no id of an alert: GET /v1/<mode>/alerts tells those there are');
  return alertId;
};

const told = ({ mode, org, kind, item, host, by, called, acknowledged, endedAt }: Alert): string[] => [
  ...(mode === 'exercise' ? ['EXERCISE EXERCISE EXERCISE'] : []),
  `${org} has to ${kind.replaceAll('-', ' ')}${by === undefined ? '' : ` by ${clock(by)}`}.`,
  `It is about the ${item.kind} ${item.id} of ${item.owner}${item.owner === host ? '' : `, for ${host}`}.`,
  `Called: ${called.map(({ post, at }) => `${post} at ${clock(at)}`).join(', ')}.`,
  ...(acknowledged ? [`${acknowledged.by} acknowledged it at ${clock(acknowledged.at)}.`] : []),
  ...(endedAt === undefined ? [] : [`It no longer waits since ${clock(endedAt)}.`]),
];

/** What the link in a message leads to. The change is made by a button, since mail servers follow links too. */
const pageOf = (alert: Alert): string => {
  const { mode, org, alertId, acknowledged } = alert;
  const action = `/v1/${mode}/alerts/${alertId}/acknowledge?as=${org}`;
  const button = acknowledged
    ? ''
    : `<p><button type="button" id="acknowledge" data-action="${escaped(action)}">Acknowledge: I see to it</button></p>`;
  return `<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alert – Muster</title><link rel="stylesheet" href="/alerts/alert.css">
<script src="/alerts/acknowledge.js" defer></script></head>
<body><main>
<h1>Somebody is waited for</h1>
${told(alert)
  .map((line) => `<p>${escaped(line)}</p>`)
  .join('\n')}
${button}
<p id="outcome" role="status"></p>
</main></body></html>
`;
};

const description = {
  tags: ['you'],
  summary: 'Acknowledge an alert, so that nobody further is called',
  operationId: 'alert-acknowledge',
  params: {
    ...modeParameter,
    required: ['mode', 'alertId'],
    properties: { ...modeParameter.properties, alertId: { type: 'string' } },
  },
  querystring: { type: 'object', properties: { as: { type: 'string' } } },
  body: inputSchema(sent),
  response: {
    200: { description: 'The alert as it is now.', ...outputSchema(alertSchema) },
    '4xx': problemAnswer,
    503: problemAnswer,
  },
};

/** Alerts that have called somebody out of hours: the page of the link, and the acknowledgement. */
export const alertRoutes = (app: FastifyInstance, parts: Parts): void => {
  const hidden = { schema: { hide: true } };
  app.get('/alerts/acknowledge.js', hidden, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').send(SCRIPT),
  );
  app.get('/alerts/alert.css', hidden, (_, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
  app.get('/alerts/:mode/:alertId', hidden, async (request, reply) => {
    const mode = modeOf(request);
    const alertId = idOf(request);
    if (!parts.guard.hasSession(request)) {
      return reply.redirect(`/auth/login?return=${encodeURIComponent(request.url)}`, 303);
    }
    const { duty } = parts.guard.acting(request, 'alerts');
    const outcome = await parts.caller.ask(mode, duty.org, 'alerts', { alertId });
    if (outcome.kind === 'refused') throw Problem.of(outcome.refusal);
    if (outcome.kind !== 'answer') throw new Problem('unavailable', `${outcome.because}; try again`);
    const [alert] = outcome.answer.alerts;
    if (!alert)
      throw new Problem(
        'not-found',
        `there is no alert ${alertId} that ${duty.org} may see; it may be of an exercise that has begun anew`,
      );
    return noStore(reply).type('text/html; charset=utf-8').send(pageOf(alert));
  });
  app.post('/v1/:mode/alerts/:alertId/acknowledge', { schema: description }, async (request, reply) => {
    const mode = modeOf(request);
    const acting = parts.guard.acting(request, 'alert-acknowledge');
    const alertId = idOf(request);
    const body = sent.safeParse(request.body ?? {});
    if (!body.success) throw new Problem('invalid', 'an acknowledgement holds a note, or nothing');
    const sentOn = { alertId, actor: actorOf(acting), ...body.data };
    const outcome = await parts.caller.alert(
      mode,
      acting.duty.org,
      'alert-acknowledge',
      sentOn,
      traceOf(request),
    );
    switch (outcome.kind) {
      case 'done':
        return noStore(reply).send(outcome.alert);
      case 'refused':
        throw Problem.of(outcome.refusal);
      case 'no-service':
      case 'unknown':
        // Sent again it changes nothing further, so nobody has to find out how this one ended.
        throw new Problem('unavailable', `${outcome.because}; send it again`);
    }
  });
};
