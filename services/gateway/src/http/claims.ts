import {
  claimsOfMonth,
  htmlOf,
  linesCsv,
  monthCsv,
  monthFileName,
  type PackEvent,
  packName,
  packOf,
  readMonth,
  stepsCsv,
} from '@muster/claim-pack';
import type { EventType } from '@muster/contracts';
import { maySeeClaim } from '@muster/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EXPORT_EVENTS_MAX } from '../limits.ts';
import type { CloudEvent } from '../views/cloudevent.ts';
import { fits, type Row } from '../views/filter.ts';
import { eventPages } from '../views/pages.ts';
import type { View } from '../views/view.ts';
import { modeOf, noStore } from './guard.ts';
import type { Parts } from './parts.ts';
import { notReadYet, Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';

const CSV = 'text/csv; charset=utf-8';

/** What a pack consists of, and how the name of each file ends. */
const PACK_FILES = {
  html: { type: 'text/html; charset=utf-8', ending: '.html', write: htmlOf },
  lines: { type: CSV, ending: '-lines.csv', write: linesCsv },
  steps: { type: CSV, ending: '-steps.csv', write: stepsCsv },
} as const;
type PackFormat = keyof typeof PACK_FILES;

const formatOf = (request: FastifyRequest): PackFormat => {
  const { format = 'html' } = request.query as Record<string, string>;
  if (Object.hasOwn(PACK_FILES, format)) return format as PackFormat;
  const because = `must be one of ${Object.keys(PACK_FILES).join(', ')}`;
  throw new Problem('invalid', `format ${because}`, [{ path: 'format', because }]);
};

const packEventOf = ({ sequence, type, id, time, actor, data }: CloudEvent): PackEvent => ({
  seq: Number(sequence),
  envelope: { type: type as EventType, id, time, actor },
  data,
});

/** @throws Problem when they are too many for one answer. */
const eventsOf = async (view: View, wanted: (row: Row) => boolean): Promise<PackEvent[]> => {
  const found: PackEvent[] = [];
  for await (const page of eventPages(view, wanted)) {
    found.push(...page.map(packEventOf));
    if (found.length > EXPORT_EVENTS_MAX)
      throw new Problem(
        'too-large',
        `more than ${EXPORT_EVENTS_MAX} events of claims: the command line has them: muster claim export`,
      );
  }
  return found;
};

/** The view of the mode, with all that is known to be stored. */
const caughtUp = async (parts: Parts, request: FastifyRequest): Promise<View> => {
  const view = parts.viewOf(modeOf(request));
  if (await view.catchUp()) return view;
  throw notReadYet();
};

const sendFile = (reply: FastifyReply, name: string, type: string, text: string): FastifyReply =>
  noStore(reply).header('content-disposition', `attachment; filename="${name}"`).type(type).send(text);

const asParameter = { as: { type: 'string' } };
const fileOf = (description: string, ...types: string[]) => ({
  200: {
    description,
    content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])),
  },
  '4xx': problemAnswer,
  503: problemAnswer,
});

const packSchema = {
  tags: ['records'],
  summary: 'The pack of a claim: a page to print, its lines or its steps, made from stored events alone',
  operationId: 'claim-pack',
  params: {
    ...modeParameter,
    required: ['mode', 'donor', 'claimId'],
    properties: {
      ...modeParameter.properties,
      donor: { type: 'string' },
      claimId: { type: 'string' },
    },
  },
  querystring: {
    type: 'object',
    properties: {
      ...asParameter,
      format: { type: 'string', enum: Object.keys(PACK_FILES), default: 'html' },
    },
  },
  response: fileOf('The file.', 'text/html', 'text/csv'),
};

const monthSchema = {
  tags: ['records'],
  summary: 'The claims of a month by UK time as CSV, each as it stood when the month ended',
  operationId: 'claims-of-month',
  params: modeParameter,
  querystring: {
    type: 'object',
    required: ['month'],
    properties: { ...asParameter, month: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' } },
  },
  response: fileOf('One claim a row.', 'text/csv'),
};

const OF_CLAIMS = /^muster\.(cost|claim)\./;

/** Claims to be taken away. */
export const claimRoutes = (app: FastifyInstance, parts: Parts): void => {
  app.get('/v1/:mode/claims/:donor/:claimId/pack', { schema: packSchema }, async (request, reply) => {
    const { duty } = parts.guard.acting(request, 'claim-pack');
    const view = await caughtUp(parts, request);
    const { donor = '', claimId = '' } = request.params as Record<string, string>;
    const format = formatOf(request);
    const name = { donor, claimId };
    const claim = view.ledger.view.claim(donor, claimId);
    const pack =
      claim &&
      maySeeClaim(duty.org, claim) &&
      packOf(await eventsOf(view, (row) => fits(duty.org, { request: [claim.requestId] }, row)), name);
    if (!pack) throw new Problem('not-found', `there is no claim ${claimId} of ${donor} that you may see`);
    const { type, ending, write } = PACK_FILES[format];
    return sendFile(reply, `${packName(view.mode, name)}${ending}`, type, write(pack, view.mode));
  });

  app.get('/v1/:mode/claims-of-month', { schema: monthSchema }, async (request, reply) => {
    const { duty } = parts.guard.acting(request, 'claims-of-month');
    const view = await caughtUp(parts, request);
    const month = readMonth(String((request.query as Record<string, unknown>).month ?? ''));
    if (!month) {
      const because = 'must be a month, such as 2026-11';
      throw new Problem('invalid', `month ${because}`, [{ path: 'month', because }]);
    }
    const events = await eventsOf(view, (row) => OF_CLAIMS.test(row.type) && fits(duty.org, {}, row));
    const text = monthCsv(claimsOfMonth(events, duty.org, month), duty.org, month);
    return sendFile(reply, monthFileName(view.mode, duty.org, month), CSV, text);
  });
};
